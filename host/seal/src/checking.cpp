// SPDX-License-Identifier: Apache-2.0
#include "checking.h"

#include <algorithm>

#include "seal/picture.h"
#include "signed_parts.h"
#include "trust/signature.h"
#include "trust/timestamp.h"

namespace sealferry::seal {
namespace {

constexpr int largestMm = 1000;
constexpr Time allowedSkew = 300;  // between the clocks of makers, time stamp authorities and users

/// 国发〔1999〕25号 names the diameters of units' seals: 45 mm at most for enterprises, institutions, societies and
/// most authorities, 50 for ministries and provinces, 60 for the State Council. Seals that are not round, such as the
/// oval ones of invoices, it does not name: they are measured against the largest. It says nothing of persons' seals,
/// which only the first layout tells apart (type 2).
bool isLargerThanRule(const Seal& seal) {
  constexpr int most = 45, ministry = 50, stateCouncil = 60, person = 2;
  if (seal.version == Version::v1 && seal.type == person) return false;
  const auto [width, height] = std::pair{seal.picture.widthMm, seal.picture.heightMm};
  if (width != height) return std::max(width, height) > stateCouncil;
  return width > most && width != ministry && width != stateCouncil;
}

bool checkPicture(Checking& checking, const Seal& seal) {
  const auto& picture = seal.picture;
  if (!hasPlausibleSize(picture)) return checking.fail("picture", "pictureSize");
  const auto info = inspectPicture(picture.data);
  if (!info) return checking.fail("picture", info.error().detail.at("reason"));
  if (!isWholePicture(picture.data, info->kind)) return checking.fail("picture", "pictureMalformed");
  if (!declares(picture.type, info->kind)) return checking.fail("picture", "pictureTypeMismatch");
  if (isLargerThanRule(seal)) return checking.note("picture", {"pictureLargerThanRule"});
  return checking.pass("picture");
}

bool checkSignature(Checking& checking, const Seal& seal, const Result<trust::Certificate>& maker) {
  if (!maker) return checking.fail("sealSignature", "makerUnreadable");
  if (!trust::verifySignature(*maker, trust::SignatureAlgorithm::sm2Sm3, SignedParts(seal).parts, seal.signature))
    return checking.fail("sealSignature", "badSignature");
  return checking.pass("sealSignature");
}

bool hasEnded(const trust::ChainResult& result) { return result.reason == "expired" || result.reason == "revoked"; }

/// v1 and v4 want the maker's certificate good when the seal is used (GB/T 38540 §6.3). v5 wants it good when the seal
/// was made, whatever has ended since.
trust::ChainResult chainOf(const Seal& seal, const trust::Certificate& maker, const trust::Anchors& anchors,
                           trust::ChainResult then) {
  if (seal.version != Version::v5 || !(then.trusted || hasEnded(then))) return then;
  return trust::checkChain(maker, {}, anchors, seal.created, {});
}

/// What has ended by the time of the verdict, and was good when it had to be, is a note.
bool checkMaker(Checking& checking, const Seal& seal, const trust::Certificate& maker, const trust::Anchors& anchors,
                Time used) {
  const auto then = trust::checkChain(maker, {}, anchors, used, {});
  const auto result = chainOf(seal, maker, anchors, then);
  if (!result.trusted) return checking.fail("makerCert", result.reason);
  const auto now = used == checking.at() ? then : trust::checkChain(maker, {}, anchors, checking.at(), {});
  return checking.note("makerCert", endedSince("maker", result, now, checking.at()));
}

}  // namespace

Checking::Checking(Time at, std::optional<int> version) {
  verdict_.at = at;
  verdict_.version = version;
  verdict_.outcome = Outcome::valid;
}

bool Checking::pass(std::string step) {
  verdict_.steps.push_back({std::move(step), StepResult::passed, {}});
  return true;
}

bool Checking::note(std::string step, const std::vector<std::string>& words) {
  if (words.empty()) return pass(std::move(step));
  verdict_.steps.push_back({std::move(step), StepResult::note, words.front()});
  for (const auto& word : words)
    if (std::ranges::find(verdict_.notes, word) == verdict_.notes.end()) verdict_.notes.push_back(word);
  verdict_.outcome = Outcome::validWithNote;
  return true;
}

bool Checking::fail(std::string step, std::string reason) {
  verdict_.failedStep = step;
  verdict_.steps.push_back({std::move(step), StepResult::failed, std::move(reason)});
  verdict_.outcome = Outcome::invalid;
  return false;
}

bool Checking::judgeDeviations(const std::vector<std::string>& names, Strictness strictness) {
  if (names.empty() || strictness == Strictness::lenient) return note("format", names);
  verdict_.notes = names;
  return fail("format", "deviation");
}

bool hasPlausibleSize(const Picture& picture) {
  const auto millimetres = [](int size) { return size > 0 && size <= largestMm; };
  return millimetres(picture.widthMm) && millimetres(picture.heightMm);
}

std::vector<std::string> endedSince(const std::string& whose, const trust::ChainResult& then,
                                    const trust::ChainResult& now, Time at) {
  const bool revoked = now.reason == "revoked" || (then.revokedAt && *then.revokedAt <= at);
  std::vector<std::string> notes;
  if (now.reason == "expired") notes.push_back(whose + "ExpiredLater");
  if (revoked) notes.push_back(whose + "RevokedLater");
  if (now.crlOutdated) notes.emplace_back("crlOutdated");
  if (then.revocationUnknown) notes.emplace_back("revocationUnknown");
  return notes;
}

std::string madeTooLate(const Seal& seal, Time used) {
  if (seal.created > seal.notAfter) return "madeAfterEnd";
  return seal.created > used + allowedSkew ? "madeLater" : "";
}

bool checkTimestamp(Checking& checking, const std::optional<Bytes>& token, ByteView stamped, Time claimed,
                    const trust::Anchors& anchors) {
  if (!token) return true;
  const auto stamp = trust::readTimestamp(*token);
  if (!stamp) return checking.fail("timestamp", stamp.error().detail.at("reason"));
  if (auto wrong = trust::checkTimestamp(*stamp, stamped, anchors); !wrong.empty())
    return checking.fail("timestamp", std::move(wrong));
  if (stamp->time > checking.at() + allowedSkew) return checking.fail("timestamp", "inFuture");
  return claimed > stamp->time ? checking.fail("timestamp", "earlier") : checking.pass("timestamp");
}

bool checkTimeToken(Checking& checking, ByteView token, const trust::Anchors& anchors) {
  const auto stamp = trust::readTimestamp(token);
  if (!stamp) return checking.fail("timestamp", stamp.error().detail.at("reason"));
  auto wrong = trust::checkTimestampOver(*stamp, stamp->imprint, &anchors);
  return wrong.empty() ? checking.pass("timestamp") : checking.fail("timestamp", std::move(wrong));
}

bool checkBytes(Checking& checking, const Seal& seal) {
  return checkPicture(checking, seal) &&
         checkSignature(checking, seal, trust::Certificate::fromDer(seal.makerCertificate));
}

bool checkMaking(Checking& checking, const Seal& seal, const trust::Anchors& anchors, Time used) {
  if (!checkPicture(checking, seal)) return false;
  const auto maker = trust::Certificate::fromDer(seal.makerCertificate);
  return checkSignature(checking, seal, maker) && checkMaker(checking, seal, *maker, anchors, used);
}

bool checkSealTimestamp(Checking& checking, const Seal& seal, const trust::Anchors& anchors) {
  return checkTimestamp(checking, seal.timestamp, seal.signature, seal.created, anchors);
}

}  // namespace sealferry::seal
