// SPDX-License-Identifier: Apache-2.0
#include "report_view.h"

namespace sealferry::operation {
namespace {

wire::SignatureView signatureView(const document::SignatureReport& signature) {
  wire::SignatureView view;
  view.kind = signature.kind;
  view.verdict = signature.verdict;
  view.integrity = signature.intact ? "intact" : "broken";
  view.trust = signature.trust;
  view.coversWholeFile = signature.coversWholeFile;
  for (const auto& change : signature.changesAfter)
    view.changesAfter.push_back({change.kind, change.permitted, change.reason});
  view.signer = signature.signer;
  view.seal = signature.seal.value_or("");
  view.time = signature.time;
  view.provenTime = signature.provenTime;
  view.reasons = signature.reasons;
  view.notes = signature.notes;
  return view;
}

}  // namespace

wire::ReportView viewOf(const document::Report& report) {
  wire::ReportView view{report.kind, report.verdict, report.intact, {}};
  for (const auto& signature : report.signatures) view.signatures.push_back(signatureView(signature));
  return view;
}

}  // namespace sealferry::operation
