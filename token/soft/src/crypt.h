// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/bytes.h"
#include "base/secret.h"

namespace sealferry::softkey {

constexpr std::size_t keyBytes = 32;

/// AES-256-GCM: nonce ‖ cipher text ‖ tag. `context` is authenticated with it, so that a record cannot take another's
/// place.
Bytes seal(ByteView key, ByteView context, ByteView plain);
std::optional<Bytes> unseal(ByteView key, ByteView context, ByteView sealed);

/// A key from a PIN: scrypt (RFC 7914) of the PIN, then HMAC with the device's own secret, without which the PIN cannot
/// be searched for.
Secret stretch(ByteView pin, ByteView salt, ByteView deviceSecret, unsigned hardness);
/// HMAC-SHA-256 of a label: one key for each purpose.
Secret derive(ByteView secret, std::string_view purpose);

}  // namespace sealferry::softkey
