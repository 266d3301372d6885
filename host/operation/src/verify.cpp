// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"
#include "operations.h"
#include "report_view.h"
#include "seal/seal.h"

namespace sealferry::operation {

Result<wire::VerdictView> verifySeal(Context& context, const wire::VerifySeal& request, const Call&) {
  return viewOf(seal::check(request.seal, context.sealAnchors, context.clock(), seal::Strictness::lenient));
}

Result<wire::ReportView> verifyDocument(Context& context, const wire::VerifyDocument& request, const Call& call) {
  const auto document = context.documents.complete(call.caller.origin, request.document);
  if (!document) return passOn(document);
  const auto report = context.engine->verify((*document)->file.descriptor(), {context.sealAnchors, context.clock()});
  if (!report) return passOn(report);
  return viewOf(*report);
}

}  // namespace sealferry::operation
