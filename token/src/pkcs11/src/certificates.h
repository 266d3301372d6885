// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"
#include "store/object_store.h"

namespace sealferry::token::pkcs11 {

constexpr std::size_t mostIdBytes = 256;

/// What is on the token now, asked with raw calls: libp11 0.4.12 keeps listing what has been removed.
Result<std::vector<store::RawCertificate>> listCertificates(RawSession& raw);
/// Takes a certificate out of use by one single write, where removing it takes several: with another CKA_ID it belongs
/// to no key pair, and is not listed here any more.
Result<void> retireCertificate(RawSession& raw, ObjectId certificate);
/// Just this certificate among those retired: it is taken back into use rather than written once more.
Result<std::optional<ObjectId>> findRetired(RawSession& raw, ByteView der);
Result<ObjectId> importCertificate(RawSession& raw, ByteView keyId, const std::string& label, ByteView der);

}  // namespace sealferry::token::pkcs11
