// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"
#include "store/object_store.h"

namespace sealferry::token::pkcs11 {

constexpr std::size_t mostIdBytes = 256, mostCertificateBytes = 64U << 10;

/// What is on the token now, asked with raw calls: libp11 0.4.12 keeps listing what has been removed.
Result<std::vector<store::RawCertificate>> listCertificates(const RawSession& raw);
Result<ObjectId> importCertificate(RawSession& raw, ByteView keyId, const std::string& label, ByteView der);

}  // namespace sealferry::token::pkcs11
