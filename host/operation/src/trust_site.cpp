// SPDX-License-Identifier: Apache-2.0
#include "operations.h"

namespace sealferry::operation {
namespace {

wire::TrustAnswer answer(std::string outcome, const policy::Rights& rights) {
  return {std::move(outcome), policy::namesOf(rights)};
}

}  // namespace

Result<wire::TrustAnswer> trustSite(Context& context, const wire::TrustSite&, const Call& call) {
  const auto& standing = call.standing;
  if (standing.trustedBy == "policy") return answer("policy", standing.rights);
  if (!standing.rights.empty()) return answer("granted", standing.rights);
  if (standing.refusal == ErrorCode::insecure_context) return fail(ErrorCode::insecure_context, "trustSite");
  if (!standing.mayAsk) return answer("denied", {});
  if (!call.caller.gesture) {
    // A page may not open windows by itself: the user's click comes first.
    auto failure = fail(ErrorCode::origin_not_trusted, "trustSite");
    failure.value().detail["reason"] = "gesture";
    return failure;
  }
  call.listener.prompt("trust");
  const auto allowed = context.window->confirm(prompt::trustQuestion(call.caller.origin, context.language), call.stop);
  call.listener.prompt("closed");
  if (!allowed) return passOn(allowed);
  const auto kept = *allowed ? context.sites.trust(call.caller.origin, policy::ordinaryRights())
                             : context.sites.deny(call.caller.origin);
  if (!kept) return passOn(kept);
  return *allowed ? answer("granted", policy::ordinaryRights()) : answer("denied", {});
}

}  // namespace sealferry::operation
