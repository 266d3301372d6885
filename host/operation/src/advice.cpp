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

std::optional<wire::Advice> adviceForSeal(const HeldSeal& held, const wire::SealView& view,
                                          const trust::Certificate& certificate, Time now) {
  const auto& verdict = view.verdict;
  if (!held.seal) return wire::Advice{"reissue", "sealUnreadable"};
  if (verdict.verdict == "invalid" && verdict.failedStep != "sealValidity")
    return wire::Advice{"reissue", "sealUnreadable"};
  if (verdict.failedStep == "sealValidity") return wire::Advice{"annualInspection", "sealExpired"};
  if (!view.certificateMatches)
    return wire::Advice{namesAnotherUnit(*held.seal, certificate) ? "change" : "annualInspection",
                        "sealCertificateMismatch"};
  if (view.notAfter - now < soon) return wire::Advice{"annualInspection", "sealExpiresSoon"};
  return std::nullopt;
}

}  // namespace

wire::Advice adviceFor(const std::optional<HeldCertificate>& signing, const std::vector<HeldSeal>& seals,
                       const std::vector<wire::SealView>& views, Time now) {
  if (!signing) return {"reissue", "noCertificate"};
  const auto& certificate = signing->certificate;
  if (now > certificate.notAfter()) return {"annualInspection", "certificateExpired"};
  if (std::ranges::all_of(seals, &HeldSeal::isPicture)) return {"reissue", "noSeal"};
  for (std::size_t i = 0; i < seals.size(); ++i)
    if (!seals[i].isPicture)
      if (const auto advice = adviceForSeal(seals[i], views[i], certificate, now)) return *advice;
  if (certificate.notAfter() - now < soon) return {"annualInspection", "certificateExpiresSoon"};
  return {"ok", "current"};
}

}  // namespace sealferry::operation
