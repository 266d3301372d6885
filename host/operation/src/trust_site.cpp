// SPDX-License-Identifier: Apache-2.0
#include "operations.h"

namespace sealferry::operation {
namespace {

wire::TrustAnswer answer(std::string outcome, const policy::Rights& rights) {
  return {std::move(outcome), policy::namesOf(rights)};
}

/// Asks; yes leaves the site with these rights, no is counted.
Result<wire::TrustAnswer> ask(Context& context, const Call& call, const prompt::Question& question,
                              const policy::Rights& rights) {
  if (!call.caller.gesture) {
    // A page may not open windows by itself: the user's click comes first.
    auto failure = fail(ErrorCode::origin_not_trusted, "trustSite");
    failure.value().detail["reason"] = "gesture";
    return failure;
  }
  call.listener.prompt("trust");
  const auto allowed = context.window->confirm(question, call.stop);
  call.listener.prompt("closed");
  if (!allowed) return passOn(allowed);
  const auto& origin = call.caller.origin;
  const auto kept = *allowed ? context.sites.trust(origin, rights) : context.sites.deny(origin);
  if (!kept) return passOn(kept);
  return *allowed ? answer("granted", rights) : answer("denied", call.standing.rights);
}

/// The right to stamp is asked for by itself, of a site the user trusts already.
Result<wire::TrustAnswer> askForStamping(Context& context, const Call& call) {
  auto rights = call.standing.rights;
  const auto& origin = call.caller.origin;
  if (rights.empty()) return fail(ErrorCode::origin_not_trusted, "trustSite");
  if (!rights.insert(policy::Right::stamp).second) return answer("granted", rights);
  if (context.sites.denialsOf(origin) >= policy::mostDenials) return answer("denied", call.standing.rights);
  return ask(context, call, prompt::stampRightQuestion(origin, context.language), rights);
}

}  // namespace

Result<wire::TrustAnswer> trustSite(Context& context, const wire::TrustSite& request, const Call& call) {
  const auto& standing = call.standing;
  if (standing.trustedBy == "policy") return answer("policy", standing.rights);
  if (standing.refusal == ErrorCode::insecure_context) return fail(ErrorCode::insecure_context, "trustSite");
  if (request.stamp) return askForStamping(context, call);
  if (!standing.rights.empty()) return answer("granted", standing.rights);
  if (!standing.mayAsk) return answer("denied", {});
  return ask(context, call, prompt::trustQuestion(call.caller.origin, context.language), policy::ordinaryRights());
}

}  // namespace sealferry::operation
