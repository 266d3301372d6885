// SPDX-License-Identifier: Apache-2.0
#include "checking.h"
#include "seal/signature.h"
#include "trust/signature.h"

namespace sealferry::seal {
namespace {

/// What the steps look at; the signer's certificate is parsed once.
struct Case {
  const Signature& signature;
  const trust::Anchors& anchors;
  Time at;
  const std::optional<Bytes>& dataHash;
  Result<trust::Certificate> signer;
};

bool checkValue(Checking& checking, const Case& c) {
  if (!c.signer) return checking.fail("signature", "signerUnreadable");
  if (!trust::verifySignature(*c.signer, trust::SignatureAlgorithm::sm2Sm3, signedBytes(c.signature),
                              c.signature.signature))
    return checking.fail("signature", "badSignature");
  return checking.pass("signature");
}

bool checkListed(Checking& checking, const Case& c) {
  return listsCertificate(c.signature.seal, c.signature.signerCertificate) ? checking.pass("signerInList")
                                                                           : checking.fail("signerInList", "notListed");
}

/// The seal was good when it was used; that it has ended since is a note, as it is of the certificates.
bool checkTime(Checking& checking, const Case& c) {
  const auto& [seal, time] = std::pair{c.signature.seal, c.signature.time};
  if (seal.notBefore > seal.notAfter) return checking.fail("time", "reversed");
  if (time < seal.notBefore) return checking.fail("time", "beforeSeal");
  if (time > seal.notAfter) return checking.fail("time", "afterSeal");
  if (time > c.at) return checking.fail("time", "inFuture");
  std::vector<std::string> notes;
  if (c.at > seal.notAfter) notes.emplace_back("sealExpiredLater");
  const auto late = madeTooLate(seal, time);
  if (!late.empty() && seal.version == Version::v5) return checking.fail("time", late);
  if (!late.empty()) notes.push_back(late);
  return checking.note("time", notes);
}

/// GB/T 38540 §7.3: a certificate that has ended since is no obstacle, one that had ended then is.
bool checkSigner(Checking& checking, const Case& c) {
  const auto then = trust::checkChain(*c.signer, {}, c.anchors, c.signature.time, {});
  if (!then.trusted) return checking.fail("signerCert", then.reason);
  const auto now = trust::checkChain(*c.signer, {}, c.anchors, c.at, {});
  return checking.note("signerCert", endedSince("signer", then, now, c.at));
}

bool checkData(Checking& checking, const Case& c) {
  if (!c.dataHash) return checking.note("dataHash", {"dataNotChecked"});
  return *c.dataHash == c.signature.dataHash ? checking.pass("dataHash") : checking.fail("dataHash", "differs");
}

/// The token over the value; in v1 the one in the place of the time, as far as that can be looked at.
bool checkStamp(Checking& checking, const Case& c) {
  const auto& signature = c.signature;
  if (signature.timeToken) return checkTimeToken(checking, *signature.timeToken, c.anchors);
  return checkTimestamp(checking, signature.timestamp, signature.signature, signature.time, c.anchors);
}

}  // namespace

Verdict checkSignature(const Signature& signature, const trust::Anchors& anchors, Time at,
                       const std::optional<Bytes>& dataHash, Strictness strictness) {
  Checking checking(at, static_cast<int>(signature.seal.version));
  const Case c{signature, anchors, at, dataHash, trust::Certificate::fromDer(signature.signerCertificate)};
  const bool good = checking.judgeDeviations(signature.notes, strictness) && checkValue(checking, c) &&
                    checkListed(checking, c) && checkTime(checking, c) &&
                    checkMaking(checking, signature.seal, anchors, signature.time) &&
                    checkSealTimestamp(checking, signature.seal, anchors) && checkSigner(checking, c) &&
                    checkData(checking, c) && checkStamp(checking, c);
  static_cast<void>(good);  // the verdict holds it
  return checking.take();
}

std::string brokenStep(const Signature& signature, ByteView dataHash) {
  Checking checking(signature.time, static_cast<int>(signature.seal.version));
  const std::optional<Bytes> data = copyOf(dataHash);
  const Case c{signature, {}, signature.time, data, trust::Certificate::fromDer(signature.signerCertificate)};
  const bool good = checkValue(checking, c) && checkListed(checking, c) && checkBytes(checking, signature.seal) &&
                    checkData(checking, c);
  if (good) return {};
  const auto verdict = checking.take();
  return verdict.failedStep + "." + verdict.steps.back().reason;
}

Verdict checkSignature(ByteView der, const trust::Anchors& anchors, Time at, const std::optional<Bytes>& dataHash,
                       Strictness strictness) {
  const auto signature = readSignature(der, Strictness::lenient);  // so that a strict check can name every deviation
  if (signature) return checkSignature(*signature, anchors, at, dataHash, strictness);
  Checking checking(at, std::nullopt);
  checking.fail("format", signature.error().detail.at("reason"));
  return checking.take();
}

}  // namespace sealferry::seal
