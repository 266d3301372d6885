// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"

namespace sealferry::token::pkcs11 {

/// Signs with raw calls: mechanism, parameters, and the form of input and output that the scheme has on PKCS#11.
Result<Bytes> plainSign(RawSession& raw, ByteView keyId, SignatureScheme scheme, ByteView digest);
bool isPss(SignatureScheme scheme);

}  // namespace sealferry::token::pkcs11
