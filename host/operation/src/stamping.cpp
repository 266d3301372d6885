// SPDX-License-Identifier: Apache-2.0
#include "stamping.h"

#include <algorithm>

#include "seal/signature.h"
#include "sign.h"

namespace sealferry::operation {
namespace {

/// The seal goes into the signature whole, and the certificate beside it.
constexpr std::uint32_t sesOverhead = 8192;

/// SM2 keys have no place in PAdES (ETSI TS 119 312 knows no SM2): they sign what readers in China know.
document::SignatureFormat formatFor(const trust::Certificate& signer) {
  return signer.keyKind() == trust::KeyKind::sm2 ? document::SignatureFormat::ses : document::SignatureFormat::cades;
}

Result<Bytes> signSes(const Stamper& stamper, const seal::Seal& seal, ByteView digest) {
  const auto draft =
      seal::prepareSignature({seal, stamper.context.clock(), copyOf(digest), "/ByteRange", stamper.signer.certificate});
  if (!draft) return passOn(draft);
  const auto value = stamper.session.sign(stamper.signer.keyId, token::SignatureScheme::sm2Sm3, draft->digest());
  if (!value) return passOn(value);
  return draft->finish(*value);
}

Result<Bytes> signCms(const Stamper& stamper, trust::SignatureAlgorithm algorithm, ByteView digest) {
  trust::cms::Request request{stamper.signer.certificate, algorithm};
  request.contentDigest = copyOf(digest);  // PAdES (ETSI EN 319 142-1 §5): detached, no signingTime
  const auto draft = trust::cms::prepare(std::move(request));
  if (!draft) return passOn(draft);
  return signWith(stamper.session, stamper.signer, *draft);
}

}  // namespace

Result<HeldCertificate> signerOn(token::Session& session) {
  auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  if (!*signing) return fail(ErrorCode::no_certificate, "stamping");
  return **std::move(signing);
}

Result<std::vector<HeldSeal>> namedSeals(token::Session& session,
                                         const std::optional<std::vector<std::string>>& names) {
  auto seals = heldSeals(session);
  if (!seals) return seals;
  *seals = withoutPictures(std::move(*seals));
  if (names)
    std::erase_if(*seals, [&](const HeldSeal& seal) { return std::ranges::find(*names, seal.name) == names->end(); });
  if (seals->empty() || (names && seals->size() < names->size())) return fail(ErrorCode::no_seal, "namedSeals");
  return seals;
}

Result<void> checkSeal(const Stamper& stamper, const HeldSeal& held) {
  if (!held.seal) return passOn(held.seal);
  const auto& context = stamper.context;
  const auto verdict = seal::check(*held.seal, context.sealAnchors, context.clock(), seal::Strictness::lenient);
  if (verdict.failedStep == "makerCert") return fail(ErrorCode::seal_untrusted, "checkSeal");
  if (verdict.failedStep == "sealValidity") return fail(ErrorCode::seal_expired, "checkSeal");
  if (!verdict.failedStep.empty()) return fail(ErrorCode::seal_invalid, "checkSeal");
  if (!seal::listsCertificate(*held.seal, stamper.signer.certificate.der()))
    return fail(ErrorCode::seal_certificate_mismatch, "checkSeal");
  return {};
}

document::StampRequest stampRequestFor(const Stamper& stamper, const seal::Seal& seal) {
  document::StampRequest request;
  request.picture = {seal.picture.data, static_cast<double>(seal.picture.widthMm),
                     static_cast<double>(seal.picture.heightMm)};
  request.signer = stamper.signer.certificate.unitName();
  request.time = stamper.context.clock();
  request.format = formatFor(stamper.signer.certificate);
  if (request.format == document::SignatureFormat::ses)
    request.signatureRoom = static_cast<std::uint32_t>(seal.der.size()) + sesOverhead;
  return request;
}

document::Sign signerFor(const Stamper& stamper, const seal::Seal& seal, trust::SignatureAlgorithm algorithm) {
  if (formatFor(stamper.signer.certificate) == document::SignatureFormat::ses)
    return [&](ByteView digest) { return signSes(stamper, seal, digest); };
  return [&, algorithm](ByteView digest) { return signCms(stamper, algorithm, digest); };
}

}  // namespace sealferry::operation
