// SPDX-License-Identifier: Apache-2.0
#include "payload_check.h"

#include <algorithm>

#include "holding.h"

namespace sealferry::operation {
namespace {

tl::unexpected<Error> refuseSeal(ErrorCode code, std::string reason) {
  auto failure = fail(code, "checkSeal");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

Result<void> checkMade(const Context& context, const seal::Seal& seal) {
  const auto verdict = seal::check(seal, context.sealAnchors, context.clock(), seal::Strictness::lenient);
  if (verdict.outcome != seal::Outcome::invalid && verdict.outcome != seal::Outcome::unreadable) return {};
  const auto reason = verdict.steps.empty() ? std::string() : verdict.steps.back().reason;
  if (verdict.failedStep == "makerCert") return refuseSeal(ErrorCode::seal_untrusted, reason);
  if (verdict.failedStep == "sealValidity") return refuseSeal(ErrorCode::seal_expired, reason);
  return refuseSeal(ErrorCode::seal_invalid, verdict.failedStep + (reason.empty() ? "" : "." + reason));
}

/// Some keys show their key pairs only after the PIN: then the write itself refuses, before anything is written.
Result<void> checkKeyPair(token::Session& session, const trust::Certificate& fresh) {
  const auto held = heldCertificates(session);
  if (!held) return passOn(held);
  for (const auto& one : *held)
    if (one.hasPrivateKey && one.certificate.publicKeyInfo() == fresh.publicKeyInfo()) return {};
  const auto pairs = session.keyPairs();
  if (!pairs || pairs->empty()) return {};
  if (std::ranges::find(*pairs, fresh.publicKeyInfo(), &token::KeyPair::publicKeyInfo) != pairs->end()) return {};
  auto failure = fail(ErrorCode::order_mismatch, "checkKeyPair");
  failure.value().detail["field"] = "write.signCertificateSha256";
  return failure;
}

/// The signing certificate the key will hold.
Result<std::optional<Bytes>> certificateAfter(const Context& context, token::Session& session,
                                              const ReadPayload& payload) {
  if (payload.signCertificate) {
    const auto& fresh = *payload.signCertificate;
    if (!fresh.maySign() || context.clock() > fresh.notAfter())
      return fail(ErrorCode::certificate_invalid, "checkPayload");
    if (const auto fits = checkKeyPair(session, fresh); !fits) return passOn(fits);
    return std::optional(fresh.der());
  }
  const auto held = signingCertificate(session);
  if (!held) return passOn(held);
  return *held ? std::optional((*held)->certificate.der()) : std::nullopt;
}

}  // namespace

Result<void> checkPayload(const Context& context, token::Session& session, const ReadPayload& payload) {
  const auto certificate = certificateAfter(context, session, payload);
  if (!certificate) return passOn(certificate);
  for (const auto& seal : payload.seals) {
    if (const auto made = checkMade(context, seal); !made) return made;
    if (!*certificate) return fail(ErrorCode::no_certificate, "checkPayload");
    if (!seal::listsCertificate(seal, **certificate)) return fail(ErrorCode::seal_unfit, "checkPayload");
  }
  return {};
}

tl::unexpected<Error> explained(const Context& context, const ReadPayload& payload, const Error& mismatch) {
  const auto field = mismatch.detail.find("field");
  if (mismatch.code == ErrorCode::order_mismatch && field != mismatch.detail.end() && field->second == "write.seals")
    for (const auto& seal : payload.seals)
      if (const auto made = checkMade(context, seal); !made && made.error().code == ErrorCode::seal_invalid)
        return passOn(made);
  return tl::unexpected<Error>(mismatch);
}

}  // namespace sealferry::operation
