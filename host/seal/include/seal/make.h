// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "seal/seal.h"

namespace sealferry::seal {

/// What a maker puts into a seal.
struct Fields {
  Version version = Version::v4;
  std::string vendor;  ///< ASCII
  std::string id;      ///< ASCII, 1 to 64 characters
  int type = 1;        ///< v1: 1 organisation, 2 person; v4, v5: by business
  std::string name;    ///< UTF-8
  CertificateList::Kind listKind = CertificateList::Kind::certificates;
  std::vector<trust::Certificate> signers;  ///< the signing certificates that may stamp; at least one
  Time created = 0, notBefore = 0, notAfter = 0;
  Picture picture;
  std::vector<Extension> extensions = {};  ///< `critical` is always written out: common readers need it
  trust::Certificate maker;                ///< SM2
};

/// A seal that lacks only the maker's signature (and, in v5, a time stamp over it).
class Draft {
 public:
  const Bytes& toBeSigned() const { return toBeSigned_; }  ///< the exact signed bytes
  const Bytes& digest() const { return digest_; }          ///< e = SM3(Z ‖ toBeSigned): what the key is handed
  /// `signature` is DER SEQUENCE{r,s}; it is checked with the maker's certificate first (seal_invalid, reason
  /// keyMismatch), and the seal is read before it is handed out (a word of seal::read). `timestamp` is DER of a token
  /// over SM3 of the signature; v5 only.
  Result<Bytes> finish(ByteView signature, std::optional<Bytes> timestamp = std::nullopt) const;

 private:
  friend Result<Draft> prepare(const Fields& fields);
  Draft(Seal seal, trust::Certificate maker, Bytes toBeSigned, Bytes digest)
      : seal_(std::move(seal)),
        maker_(std::move(maker)),
        toBeSigned_(std::move(toBeSigned)),
        digest_(std::move(digest)) {}
  Seal seal_;
  trust::Certificate maker_;
  Bytes toBeSigned_, digest_;
};

/// Refuses what our own check would refuse: seal_invalid with detail reason (emptyCertificateList, signerUsage,
/// signerExpired, text, time, a word of inspectPicture, pictureTypeMismatch, pictureSize, criticalExtension,
/// versionUnknown, makerKey, makerUsage, makerExpired). The chain of the maker's certificate is for the caller to
/// check.
Result<Draft> prepare(const Fields& fields);

/// Writes a seal anew from its fields: the received bytes again, for every seal that was made here.
Bytes encode(const Seal& seal);

}  // namespace sealferry::seal
