// SPDX-License-Identifier: Apache-2.0
#include "advice.h"

#include <algorithm>

namespace sealferry::operation {
namespace {

constexpr Time soon = 60 * 86'400;  // portals remind two months ahead

/// Do the certificates the seal lists all name other units than the key's? Then the unit's name changed: 变更, not
/// 年检. A seal may list others beside the unit, such as a handler.
bool namesOtherUnits(const seal::Seal& seal, const trust::Certificate& current) {
  if (seal.signers.kind != seal::CertificateList::Kind::certificates) return false;
  bool another = false;
  for (const auto& der : seal.signers.entries) {
    const auto listed = trust::Certificate::fromDer(der);
    if (listed && listed->unitName() == current.unitName()) return false;
    another = another || listed.has_value();
  }
  return another;
}

/// Is it no longer, or never was, a whole seal?
bool isBroken(const HeldSeal& held, const wire::VerdictView& verdict) {
  const auto& step = verdict.failedStep;
  return !held.seal || step == "format" || step == "picture" || step == "sealSignature";
}

/// It is whole, and who made it, or stamped its time, is not believed. A maker whose certificate has ended since makes
/// it anew at the next 年检.
std::optional<wire::Advice> adviceOnTrust(const wire::VerdictView& verdict) {
  if (verdict.failedStep != "makerCert" && verdict.failedStep != "timestamp") return std::nullopt;
  const bool ended = verdict.failedStep == "makerCert" && verdict.steps.back().reason == "expired";
  return ended ? wire::Advice{"annualInspection", "sealMakerExpired"} : wire::Advice{"reissue", "sealUntrusted"};
}

}  // namespace

wire::Advice adviceFor(const HeldSeal& held, const wire::SealView& view, const std::optional<HeldCertificate>& signing,
                       Time now) {
  if (isBroken(held, view.verdict)) return {"reissue", "sealUnreadable"};
  if (!signing) return {"reissue", "noCertificate"};
  // The name first: 年检 would not help a seal of a unit that is called otherwise now.
  if (!view.certificateMatches && namesOtherUnits(*held.seal, signing->certificate))
    return {"change", "sealCertificateMismatch"};
  if (view.verdict.failedStep == "sealValidity") return {"annualInspection", "sealExpired"};
  if (!view.certificateMatches) return {"annualInspection", "sealCertificateMismatch"};
  if (auto untrusted = adviceOnTrust(view.verdict)) return *std::move(untrusted);
  if (view.notAfter - now < soon) return {"annualInspection", "sealExpiresSoon"};
  return {"ok", "current"};
}

wire::Advice adviceFor(const std::optional<HeldCertificate>& signing, const std::vector<wire::SealView>& seals,
                       Time now) {
  if (!signing) return {"reissue", "noCertificate"};
  const auto& certificate = signing->certificate;
  if (now > certificate.notAfter()) return {"annualInspection", "certificateExpired"};
  // Where a vendor keeps pictures alone, there is no seal yet.
  if (std::ranges::all_of(seals, &wire::SealView::isPicture)) return {"reissue", "noSeal"};
  for (const auto& seal : seals)
    if (!seal.isPicture && seal.advice.action != "ok") return seal.advice;
  if (certificate.notAfter() - now < soon) return {"annualInspection", "certificateExpiresSoon"};
  return {"ok", "current"};
}

}  // namespace sealferry::operation
