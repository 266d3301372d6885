// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/digest.h"
#include "seal/picture.h"
#include "seal/seal.h"
#include "trust/signature.h"

namespace sealferry::seal {
namespace {

constexpr int largestMm = 1000;

/// A verdict as it grows, step by step.
class Checking {
 public:
  Checking(Time at, std::optional<int> version) {
    verdict_.at = at;
    verdict_.version = version;
    verdict_.outcome = Outcome::valid;
  }

  bool pass(std::string step) {
    verdict_.steps.push_back({std::move(step), StepResult::passed, {}});
    return true;
  }

  bool note(std::string step, const std::vector<std::string>& words) {
    if (words.empty()) return pass(std::move(step));
    verdict_.steps.push_back({std::move(step), StepResult::note, words.front()});
    verdict_.notes.insert(verdict_.notes.end(), words.begin(), words.end());
    verdict_.outcome = Outcome::validWithNote;
    return true;
  }

  bool fail(std::string step, std::string reason) {
    verdict_.failedStep = step;
    verdict_.steps.push_back({std::move(step), StepResult::failed, std::move(reason)});
    verdict_.outcome = Outcome::invalid;
    return false;
  }

  Verdict take() { return std::move(verdict_); }

 private:
  Verdict verdict_;
};

bool checkPicture(Checking& checking, const Picture& picture) {
  const auto millimetres = [](int size) { return size > 0 && size <= largestMm; };
  if (!millimetres(picture.widthMm) || !millimetres(picture.heightMm)) return checking.fail("picture", "pictureSize");
  const auto info = inspectPicture(picture.data);
  if (!info) return checking.fail("picture", info.error().detail.at("reason"));
  if (!declares(picture.type, info->kind)) return checking.fail("picture", "pictureTypeMismatch");
  return checking.pass("picture");
}

bool checkSignature(Checking& checking, const Seal& seal, const Result<trust::Certificate>& maker) {
  if (!maker) return checking.fail("sealSignature", "makerUnreadable");
  if (!trust::verifySignature(*maker, trust::SignatureAlgorithm::sm2Sm3, seal.signedBytes, seal.signature))
    return checking.fail("sealSignature", "badSignature");
  return checking.pass("sealSignature");
}

/// v1 and v4 want the maker's certificate good now (GB/T 38540 §6.3). v5 wants it good when the seal was made; expired
/// or revoked since is a note.
bool checkMaker(Checking& checking, const Seal& seal, const trust::Certificate& maker, const trust::Anchors& anchors,
                Time at) {
  std::vector<std::string> notes;
  auto result = trust::checkChain(maker, {}, anchors, at, {});
  if (seal.version == Version::v5) {
    const auto now = result.reason;
    if (now == "expired") notes.emplace_back("makerExpiredLater");
    if (now == "revoked") notes.emplace_back("makerRevokedLater");
    if (now.empty() || !notes.empty()) result = trust::checkChain(maker, {}, anchors, seal.created, {});
  }
  if (!result.trusted) return checking.fail("makerCert", result.reason);
  if (result.crlOutdated) notes.emplace_back("crlOutdated");
  return checking.note("makerCert", notes);
}

bool checkValidity(Checking& checking, const Seal& seal, Time at) {
  if (seal.notBefore > seal.notAfter) return checking.fail("sealValidity", "reversed");
  if (at < seal.notBefore) return checking.fail("sealValidity", "notYetValid");
  if (at > seal.notAfter) return checking.fail("sealValidity", "expired");
  // A token is carried along, but this version does not look into it; saying nothing would claim that it did.
  if (seal.timestamp) return checking.note("sealValidity", {"timestampNotChecked"});
  return checking.pass("sealValidity");
}

}  // namespace

Verdict check(const Seal& seal, const trust::Anchors& anchors, Time at, Strictness strictness) {
  Checking checking(at, static_cast<int>(seal.version));
  if (strictness == Strictness::strict && !seal.notes.empty()) {
    checking.fail("format", "deviation");
    return checking.take();
  }
  checking.note("format", seal.notes);
  const auto maker = trust::Certificate::fromDer(seal.makerCertificate);
  const bool good = checkPicture(checking, seal.picture) && checkSignature(checking, seal, maker) &&
                    checkMaker(checking, seal, *maker, anchors, at) && checkValidity(checking, seal, at);
  static_cast<void>(good);  // the verdict holds it
  return checking.take();
}

Verdict check(ByteView der, const trust::Anchors& anchors, Time at, Strictness strictness) {
  const auto seal = read(der, strictness);
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
