// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <span>

#include "trust/certificate.h"
#include "trust/ocsp.h"

namespace sealferry::trust {

/// A certificate revocation list as it was handed in. Its signature is checked when it is used, with its issuer's key.
class Crl {
 public:
  struct Parsed;
  static Result<Crl> fromDer(ByteView der);  ///< at most 16 MiB, nothing after the end; else certificate_invalid
  const Parsed& parsed() const { return *parsed_; }

 private:
  explicit Crl(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

/// Every CRL of a PEM text, or the one of a DER file.
Result<std::vector<Crl>> readCrls(ByteView pemOrDer);

/// Whom a check trusts. Seal makers, work orders and documents have anchors of their own: never mix them.
struct Anchors {
  std::vector<Certificate> roots;                ///< trusted as they are; authorities below them may stand beside
  std::vector<Crl> crls;                         ///< of roots and of intermediates, in any order
  std::vector<OcspResponse> ocspResponses = {};  ///< beside the lists: whichever says revoked, counts
};

/// What the leaf must be allowed to do.
struct Purpose {
  enum class Use { any, signing, encryption } use = Use::signing;
  std::string extendedKeyUsage = {};  ///< dotted number that the leaf must carry; empty: none
};

struct ChainResult {
  bool trusted = false;
  /// Empty when trusted, else one stable word: untrusted (no way to a root), badSignature, notYetValid, expired,
  /// revoked, badUsage (key usage or extended key usage of the leaf), badAuthority (an issuer that may not issue),
  /// weakAlgorithm (SHA-1, RSA below 2048 bits), badCertificate (anything else the chain check refused, such as an
  /// unknown critical extension).
  std::string reason;
  std::vector<Certificate> path;   ///< leaf first, root last; as far as it could be built
  std::optional<Time> revokedAt;   ///< of the leaf, also when that was after the time checked for
  bool crlOutdated = false;        ///< only lists and responses were there whose nextUpdate lies before the time
  bool revocationUnknown = false;  ///< lists or responses were there, and none says anything of the leaf
  bool revocationKnown = false;    ///< a usable list or response was there for every certificate below the root
};

/// Builds and checks the chain at the given time. RSA, ECDSA and SM2 alike; nothing is fetched. A certificate that was
/// revoked after `at` is trusted, with revokedAt set. Where neither list nor response is there, revocation is not a
/// reason.
ChainResult checkChain(const Certificate& leaf, std::span<const Certificate> intermediates, const Anchors& anchors,
                       Time at, const Purpose& purpose);

}  // namespace sealferry::trust
