// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"

namespace sealferry {

/// SHA-256 (FIPS 180-4), 32 bytes.
Bytes sha256(ByteView data);
/// SM3 (GB/T 32905), 32 bytes.
Bytes sm3(ByteView data);

/// Equal in content and length, in time that does not depend on where they differ.
bool sameBytes(ByteView left, ByteView right);
/// From the operating system's generator, through OpenSSL.
Bytes randomBytes(std::size_t count);

}  // namespace sealferry
