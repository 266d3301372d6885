// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "document/findings.h"
#include "seal/signature.h"
#include "trust/cms.h"
#include "trust/der.h"

namespace sealferry::document {
namespace {

std::string trustOf(const trust::cms::Message& message, const trust::Anchors& anchors, Time at,
                    SignatureReport& report) {
  if (anchors.roots.empty()) return "unknown";
  const auto chain =
      trust::checkChain(message.signer, message.certificates, anchors, at, {trust::Purpose::Use::signing});
  if (!chain.trusted) report.reasons.push_back(chain.reason);
  return chain.trusted ? "trusted" : "untrusted";
}

void judgeCms(const SignatureFinding& finding, const trust::Anchors& anchors, Time at, SignatureReport& report) {
  const auto message = trust::cms::read(finding.contents, trust::cms::Tail::zeros);
  if (!message) {
    const auto reason = message.error().detail.find("reason");
    report.reasons.push_back(reason == message.error().detail.end() ? "malformed" : reason->second);
    return;
  }
  report.signer = message->signer.unitName();
  report.time = message->signingTime ? message->signingTime : finding.claimed;  // PAdES: /M (EN 319 142-1 §6.3)
  if (const auto wrong = trust::cms::check(*message, finding.digest); !wrong.empty()) report.reasons.push_back(wrong);
  // ETSI EN 319 122-1 §5.2.2: without the certificate's digest among what is signed, another one could be put in its
  // place.
  if (!message->certificateBound) report.reasons.emplace_back("certificateNotBound");
  report.intact = report.reasons.empty();
  report.trust = trustOf(*message, anchors, at, report);
}

void judgeSes(const SignatureFinding& finding, const trust::Anchors& anchors, Time at, SignatureReport& report) {
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
  if (auto broken = seal::brokenStep(*signature, finding.digest); !broken.empty())
    report.reasons.push_back(std::move(broken));
  report.intact = report.reasons.empty();
  if (anchors.roots.empty()) return;
  const auto verdict = seal::checkSignature(*signature, anchors, at, finding.digest, seal::Strictness::lenient);
  report.trust = verdict.failedStep.empty() ? "trusted" : "untrusted";
  if (report.intact && !verdict.failedStep.empty())
    report.reasons.push_back(verdict.failedStep + "." + verdict.steps.back().reason);
}

SignatureReport reportOn(const SignatureFinding& finding, const trust::Anchors& anchors, Time at) {
  SignatureReport report;
  report.coversWholeFile = finding.coversWholeFile;
  report.changesAfter = finding.changesAfter;
  report.reasons = finding.defects;
  if (finding.format == SignatureFormat::ses)
    judgeSes(finding, anchors, at, report);
  else
    judgeCms(finding, anchors, at, report);
  return report;
}

bool permitted(const SignatureReport& signature) {
  return std::ranges::all_of(signature.changesAfter, &Change::permitted);
}

std::string verdictOf(const Report& report) {
  if (report.signatures.empty()) return "unsigned";
  if (!report.intact) return "invalid";
  const bool distrusted =
      std::ranges::any_of(report.signatures, [](const auto& one) { return one.trust == "untrusted"; });
  if (distrusted) return "invalid";
  const bool changed = std::ranges::any_of(report.signatures, [](const auto& one) { return !one.coversWholeFile; });
  return changed ? "valid-with-note" : "valid";
}

}  // namespace

Report reportOn(const std::vector<SignatureFinding>& findings, const trust::Anchors& anchors, Time at) {
  Report report;
  for (const auto& finding : findings) report.signatures.push_back(reportOn(finding, anchors, at));
  report.intact = !report.signatures.empty() &&
                  std::ranges::all_of(report.signatures, [](const auto& one) { return one.intact && permitted(one); });
  report.verdict = verdictOf(report);
  return report;
}

}  // namespace sealferry::document
