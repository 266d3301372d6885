// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"
#include "operations.h"
#include "report_view.h"
#include "seal/seal.h"

namespace sealferry::operation {

namespace {

tl::unexpected<Error> badRevocations(std::string name) {
  auto failure = fail(ErrorCode::bad_request, "revocations");
  failure.value().detail["field"] = std::move(name);
  return failure;
}

/// Policy's roots, and beside policy's lists and responses the page's: they are believed only as far as the issuers
/// that policy leads to signed them.
Result<trust::Anchors> anchorsWith(const trust::Anchors& policy, const wire::Revocations& page) {
  auto anchors = policy;
  for (const auto& der : page.crls) {
    auto crl = trust::Crl::fromDer(der);
    if (!crl) return badRevocations("crls");
    anchors.crls.push_back(*std::move(crl));
  }
  for (const auto& der : page.ocspResponses) {
    auto response = trust::OcspResponse::fromDer(der);
    if (!response) return badRevocations("ocspResponses");
    anchors.ocspResponses.push_back(*std::move(response));
  }
  return anchors;
}

}  // namespace

Result<wire::VerdictView> verifySeal(Context& context, const wire::VerifySeal& request, const Call&) {
  const auto anchors = anchorsWith(context.sealAnchors, request.revocations);
  if (!anchors) return passOn(anchors);
  return viewOf(seal::check(request.seal, *anchors, context.clock(), seal::Strictness::lenient));
}

Result<wire::ReportView> verifyDocument(Context& context, const wire::VerifyDocument& request, const Call& call) {
  const auto anchors = anchorsWith(context.sealAnchors, request.revocations);
  if (!anchors) return passOn(anchors);
  const auto document = context.documents.complete(call.caller.origin, request.document);
  if (!document) return passOn(document);
  const auto report = context.engine->verify((*document)->file.descriptor(), {*anchors, context.clock()});
  if (!report) return passOn(report);
  return viewOf(*report);
}

}  // namespace sealferry::operation
