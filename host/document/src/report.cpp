// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "document/findings.h"
#include "seal/signature.h"
#include "trust/cms.h"
#include "trust/der.h"
#include "trust/timestamp.h"

namespace sealferry::document {
namespace {

/// Whom to believe, and for when.
struct Belief {
  const trust::Anchors& anchors;
  Time at;
};

std::string reasonIn(const Error& error) {
  const auto found = error.detail.find("reason");
  return found == error.detail.end() ? "malformed" : found->second;
}

std::string trustOf(const trust::cms::Message& message, const Belief& belief, SignatureReport& report) {
  if (belief.anchors.roots.empty()) return "unknown";
  const auto at = report.provenTime.value_or(belief.at);
  const auto chain =
      trust::checkChain(message.signer, message.certificates, belief.anchors, at, {trust::Purpose::Use::signing});
  if (!chain.trusted) report.reasons.push_back(chain.reason);
  return chain.trusted ? "trusted" : "untrusted";
}

/// A token among what the signature does not cover: one that is not for this signature was put there by somebody. One
/// that nobody trusts proves nothing, and harms nothing.
void judgeTimestampIn(const trust::cms::Message& message, const Belief& belief, SignatureReport& report) {
  for (const auto& token : message.timestampTokens) {
    const auto stamp = trust::readTimestamp(token);
    if (!stamp) {
      report.reasons.push_back("timestamp." + reasonIn(stamp.error()));
      continue;
    }
    const auto digest = trust::digestOf(stamp->digest, message.signature);
    if (auto broken = trust::checkTimestampOver(*stamp, digest, nullptr); !broken.empty()) {
      report.reasons.push_back("timestamp." + broken);
    } else if (belief.anchors.roots.empty()) {
      continue;  // nobody said whom to believe
    } else if (auto word = trust::checkTimestampOver(*stamp, digest, &belief.anchors); !word.empty()) {
      report.notes.push_back("timestamp." + word);
    } else {
      report.provenTime = std::min(report.provenTime.value_or(stamp->time), stamp->time);
    }
  }
}

/// Where nothing binds the certificate, it has at least to be what its issuer signed, if that lies beside it.
bool isForged(const trust::cms::Message& message, Time at) {
  auto others = message.certificates;
  others.push_back(message.signer);  // its own issuer, perhaps
  return trust::checkChain(message.signer, {}, {std::move(others), {}}, at, {trust::Purpose::Use::any}).reason ==
         "badSignature";
}

/// Where the structure is broken, what /Contents says is no further reason.
bool isBroken(const SignatureFinding& finding) { return finding.digest.empty() && !finding.defects.empty(); }

void judgeCms(const SignatureFinding& finding, const Belief& belief, SignatureReport& report) {
  const auto message = trust::cms::read(finding.contents, trust::cms::Tail::zeros);
  if (!message) {
    if (!isBroken(finding)) report.reasons.push_back(reasonIn(message.error()));
    return;
  }
  report.signer = message->signer.unitName();
  report.time = message->signingTime ? message->signingTime : finding.claimed;  // PAdES: /M (EN 319 142-1 §6.3)
  if (isBroken(finding)) return;
  // A message that encloses what it signs says nothing of the document around it.
  if (message->content) report.reasons.emplace_back("notDetached");
  if (const auto wrong = trust::cms::check(*message, finding.digest); !wrong.empty()) report.reasons.push_back(wrong);
  // Two documents with one SHA-1 can be made, and PDFs were the first.
  if (message->digest == trust::DigestAlgorithm::sha1) report.reasons.emplace_back("weakAlgorithm");
  // ETSI EN 319 122-1 §5.2.2: without the certificate's digest among what is signed, another one could be put in its
  // place.
  if (finding.kind == SignatureKind::pades && !message->certificateBound)
    report.reasons.emplace_back("certificateNotBound");
  if (!message->certificateBound && isForged(*message, belief.at)) report.reasons.emplace_back("certificateForged");
  judgeTimestampIn(*message, belief, report);
  report.intact = report.reasons.empty();
  report.trust = trustOf(*message, belief, report);
}

void judgeSes(const SignatureFinding& finding, const Belief& belief, SignatureReport& report) {
  const auto element = trust::der::padded(finding.contents);
  const auto signature = seal::readSignature(element ? element->whole : ByteView{}, seal::Strictness::lenient);
  if (!signature) {
    report.reasons.push_back("format." + signature.error().detail.at("reason"));
    return;
  }
  const auto signer = trust::Certificate::fromDer(signature->signerCertificate);
  if (signer) report.signer = signer->unitName();
  report.seal = signature->seal.id;
  report.time = signature->time;
  report.notes = signature->notes;
  if (auto broken = seal::brokenStep(*signature, finding.digest); !broken.empty())
    report.reasons.push_back(std::move(broken));
  report.intact = report.reasons.empty();
  if (belief.anchors.roots.empty()) return;
  const auto verdict =
      seal::checkSignature(*signature, belief.anchors, belief.at, finding.digest, seal::Strictness::lenient);
  report.trust = verdict.failedStep.empty() ? "trusted" : "untrusted";
  report.notes = verdict.notes;  // those of the reading among them
  if (report.intact && !verdict.failedStep.empty())
    report.reasons.push_back(verdict.failedStep + "." + verdict.steps.back().reason);
}

/// /DocTimeStamp (ISO 32000-2 §12.8.5): the token itself stands in /Contents and is over the document.
void judgeTimestamp(const SignatureFinding& finding, const Belief& belief, SignatureReport& report) {
  report.kind = "timestamp";
  const auto stamp = trust::readTimestamp(finding.contents, trust::cms::Tail::zeros);
  if (!stamp) {
    report.reasons.push_back(reasonIn(stamp.error()));
    return;
  }
  report.signer = stamp->message.signer.unitName();
  report.time = stamp->time;
  if (auto broken = trust::checkTimestampOver(*stamp, finding.digest, nullptr); !broken.empty())
    report.reasons.push_back(std::move(broken));
  if (stamp->digest == trust::DigestAlgorithm::sha1) report.reasons.emplace_back("weakAlgorithm");
  report.intact = report.reasons.empty();
  if (belief.anchors.roots.empty()) return;
  auto word = trust::checkTimestampOver(*stamp, finding.digest, &belief.anchors);
  report.trust = word.empty() ? "trusted" : "untrusted";
  if (report.intact && !word.empty()) report.reasons.push_back(std::move(word));
  if (report.intact && report.trust == "trusted") report.provenTime = stamp->time;
}

bool permitted(const SignatureReport& signature) {
  return std::ranges::all_of(signature.changesAfter, &Change::permitted);
}

std::string verdictOf(const SignatureReport& signature) {
  if (!signature.intact || !permitted(signature) || signature.trust == "untrusted") return "invalid";
  return signature.coversWholeFile && signature.notes.empty() ? "valid" : "valid-with-note";
}

SignatureReport reportOn(const SignatureFinding& finding, const Belief& belief, std::optional<Time> stampedLater) {
  SignatureReport report;
  report.coversWholeFile = finding.coversWholeFile;
  report.changesAfter = finding.changesAfter;
  report.reasons = finding.defects;
  report.provenTime = stampedLater;
  switch (finding.kind) {
    case SignatureKind::ses:
      judgeSes(finding, belief, report);
      break;
    case SignatureKind::timestamp:
      judgeTimestamp(finding, belief, report);
      break;
    case SignatureKind::pades:
    case SignatureKind::pkcs7:
      judgeCms(finding, belief, report);
      break;
    case SignatureKind::unknown:
      break;  // the finding says so
  }
  report.verdict = verdictOf(report);
  return report;
}

std::string verdictOf(const Report& report) {
  if (report.signatures.empty()) return "unsigned";
  const auto any = [&](const char* verdict) {
    return std::ranges::any_of(report.signatures, [&](const auto& one) { return one.verdict == verdict; });
  };
  if (any("invalid")) return "invalid";
  return any("valid-with-note") ? "valid-with-note" : "valid";
}

}  // namespace

Report reportOn(const std::vector<SignatureFinding>& findings, const trust::Anchors& anchors, Time at) {
  Report report;
  // From the last one on: a time stamp of the document proves for everything signed before it that it existed.
  std::optional<Time> stamped;
  for (auto finding = findings.rbegin(); finding != findings.rend(); ++finding) {
    report.signatures.push_back(reportOn(*finding, {anchors, at}, stamped));
    const auto& one = report.signatures.back();
    if (one.kind == "timestamp" && one.verdict != "invalid") stamped = one.provenTime;
  }
  std::ranges::reverse(report.signatures);
  report.intact = !report.signatures.empty() &&
                  std::ranges::all_of(report.signatures, [](const auto& one) { return one.intact && permitted(one); });
  report.verdict = verdictOf(report);
  return report;
}

}  // namespace sealferry::document
