// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document/stamp.h"
#include "holding.h"
#include "operation/call.h"
#include "operation/context.h"

/// What all stamping has in common: the test page's and a document's.
namespace sealferry::operation {

/// Whoever stamps: an open key and its signing certificate.
struct Stamper {
  Context& context;
  const Call& call;
  token::Session& session;
  const HeldCertificate& signer;
};

/// no_certificate where the key has none that can sign.
Result<HeldCertificate> signerOn(token::Session& session);

/// The seals of these ids, or all. no_seal if there is none, or one of those named is not there.
Result<std::vector<HeldSeal>> namedSeals(token::Session& session, const std::optional<std::vector<std::string>>& names);

/// A stamp that a reader would refuse is not made: seal_untrusted, seal_expired, seal_invalid,
/// seal_certificate_mismatch.
Result<void> checkSeal(const Stamper& stamper, const HeldSeal& held);

/// What seal, signer and clock say of a stamp; where it goes is left to the caller.
document::StampRequest stampRequestFor(const Stamper& stamper, const seal::Seal& seal);

/// Makes what goes into /Contents: a CMS by this algorithm, or for SM2 an SES signature with the seal in it. The
/// session is logged in.
document::Sign signerFor(const Stamper& stamper, const seal::Seal& seal, trust::SignatureAlgorithm algorithm);

}  // namespace sealferry::operation
