// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/digest.h"
#include "checking.h"
#include "seal/seal.h"

namespace sealferry::seal {
namespace {

bool checkValidity(Checking& checking, const Seal& seal, Time at) {
  if (seal.notBefore > seal.notAfter) return checking.fail("sealValidity", "reversed");
  if (at < seal.notBefore) return checking.fail("sealValidity", "notYetValid");
  if (at > seal.notAfter) return checking.fail("sealValidity", "expired");
  // GM/T 0031-2025 has looked at createDate since; the older texts only have it written down.
  const auto late = madeTooLate(seal, at);
  if (late.empty()) return checking.pass("sealValidity");
  return seal.version == Version::v5 ? checking.fail("sealValidity", late) : checking.note("sealValidity", {late});
}

}  // namespace

Verdict check(const Seal& seal, const trust::Anchors& anchors, Time at, Strictness strictness) {
  Checking checking(at, static_cast<int>(seal.version));
  const bool good = checking.judgeDeviations(seal.notes, strictness) && checkMaking(checking, seal, anchors, at) &&
                    checkValidity(checking, seal, at) && checkSealTimestamp(checking, seal, anchors);
  static_cast<void>(good);  // the verdict holds it
  return checking.take();
}

Verdict check(ByteView der, const trust::Anchors& anchors, Time at, Strictness strictness) {
  const auto seal = read(der, Strictness::lenient);  // so that a strict check can name every deviation
  if (seal) return check(*seal, anchors, at, strictness);
  Checking checking(at, std::nullopt);
  checking.fail("format", seal.error().detail.at("reason"));
  return checking.take();
}

bool listsCertificate(const Seal& seal, ByteView certificateDer) {
  const bool whole = seal.signers.kind == CertificateList::Kind::certificates;
  const auto wanted = whole ? copyOf(certificateDer) : sm3(certificateDer);
  return std::ranges::find(seal.signers.entries, wanted) != seal.signers.entries.end();
}

}  // namespace sealferry::seal
