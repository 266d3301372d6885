// SPDX-License-Identifier: Apache-2.0
#include "advice.h"

#include <algorithm>

namespace sealferry::operation {
namespace {

constexpr Time soon = 60 * 86'400;  // portals remind two months ahead

/// Does a certificate the seal lists name another unit than the key's? Then the unit's name changed: 变更, not 年检.
bool namesAnotherUnit(const seal::Seal& seal, const trust::Certificate& current) {
  if (seal.signers.kind != seal::CertificateList::Kind::certificates) return false;
  return std::ranges::any_of(seal.signers.entries, [&](const Bytes& der) {
    const auto listed = trust::Certificate::fromDer(der);
    return listed && listed->unitName() != current.unitName();
  });
}

/// Is it no longer, or never was, a seal that readers accept? Its validity apart, which 年检 renews.
bool isBroken(const HeldSeal& held, const wire::VerdictView& verdict) {
  return !held.seal || (verdict.verdict == "invalid" && verdict.failedStep != "sealValidity");
}

}  // namespace

wire::Advice adviceFor(const HeldSeal& held, const wire::SealView& view, const std::optional<HeldCertificate>& signing,
                       Time now) {
  if (isBroken(held, view.verdict)) return {"reissue", "sealUnreadable"};
  if (!signing) return {"reissue", "noCertificate"};
  // The name first: 年检 would not help a seal of a unit that is called otherwise now.
  if (!view.certificateMatches && namesAnotherUnit(*held.seal, signing->certificate))
    return {"change", "sealCertificateMismatch"};
  if (view.verdict.failedStep == "sealValidity") return {"annualInspection", "sealExpired"};
  if (!view.certificateMatches) return {"annualInspection", "sealCertificateMismatch"};
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
