// SPDX-License-Identifier: Apache-2.0
#include "operation/dispatch.h"

#include <algorithm>
#include <array>
#include <optional>

#include "operations.h"

namespace sealferry::operation {
namespace {

using policy::Right;
using Run = Result<std::string> (*)(Context&, const wire::Request&, const Call&);

struct Row {
  std::string_view method;
  std::optional<Right> right;  ///< what the caller needs; none: anybody
  Run run;
};

template <class Params, auto operation>
Result<std::string> on(Context& context, const wire::Request& request, const Call& call) {
  const auto answer = operation(context, std::get<Params>(request.params), call);
  if (!answer) return passOn(answer);
  return wire::encode(*answer);
}

Result<std::string> notYet(Context&, const wire::Request&, const Call&) {
  return fail(ErrorCode::not_available_yet, "dispatch");
}

/// The app takes `cancel` out of turn; one that comes here names a request that has ended already.
Result<std::string> alreadyEnded(Context&, const wire::Request&, const Call&) { return wire::encode(wire::Done{}); }

constexpr auto table = std::to_array<Row>({
    {"hello", std::nullopt, on<wire::Hello, hello>},
    {"status", std::nullopt, on<wire::Status, status>},
    {"trustSite", std::nullopt, on<wire::TrustSite, trustSite>},
    {"cancel", std::nullopt, alreadyEnded},
    {"subscribe", Right::read, on<wire::Subscribe, subscribe>},
    {"listKeys", Right::read, on<wire::ListKeys, listKeys>},
    {"readKey", Right::read, on<wire::ReadKey, readKey>},
    {"login", Right::read, on<wire::Login, login>},
    {"verifyDocument", Right::read, on<wire::VerifyDocument, verifyDocument>},
    {"verifySeal", Right::read, on<wire::VerifySeal, verifySeal>},
    {"changePin", Right::read, on<wire::ChangePin, changePin>},
    {"openDocument", Right::read, on<wire::OpenDocument, openDocument>},
    {"appendDocument", Right::read, on<wire::AppendDocument, appendDocument>},
    {"readDocument", Right::read, on<wire::ReadDocument, readDocument>},
    {"closeDocument", Right::read, on<wire::CloseDocument, closeDocument>},
    {"createRequest", Right::write, on<wire::CreateRequest, createRequest>},
    {"writeSeal", Right::write, on<wire::WriteSeal, writeSeal>},
    {"changeSeal", Right::write, on<wire::ChangeSeal, changeSeal>},
    {"annualInspection", Right::write, on<wire::AnnualInspection, annualInspection>},
    {"orderState", Right::write, on<wire::OrderState, orderState>},
    {"unblockPin", Right::write, on<wire::UnblockPin, unblockPin>},
    {"testStamp", Right::test, on<wire::TestStamp, testStamp>},
    {"stampDocument", Right::stamp, on<wire::StampDocument, stampDocument>},
    {"addTimestamp", Right::stamp, on<wire::AddTimestamp, addTimestamp>},
    {"signText", Right::sign, notYet},
});

/// A person at the terminal is the user: every right but that of signing arbitrary text.
policy::Standing terminalStanding() {
  return {{Right::read, Right::write, Right::test, Right::stamp}, "user", false, ErrorCode::right_missing};
}

tl::unexpected<Error> refuse(const policy::Standing& standing, Right right) {
  auto failure = fail(standing.refusal, "dispatch");
  if (standing.refusal == ErrorCode::right_missing) failure.value().detail["right"] = policy::nameOf(right);
  return failure;
}

/// A page may know what kind of program holds a key, not which process of this user's, nor since when.
Result<std::string> fitFor(const Caller& caller, Result<std::string> answer) {
  if (!answer && !caller.commandLine)
    for (const auto* name : {"holderPid", "holderSince"}) answer.error().detail.erase(name);
  return answer;
}

}  // namespace

Result<std::string> run(Context& context, const wire::Request& request, const Caller& caller, prompt::Stop stop,
                        const Listener& listener) {
  const auto row = std::ranges::find(table, request.method, &Row::method);
  if (row == table.end()) return fail(ErrorCode::unknown_method, "dispatch");
  const auto standing = caller.commandLine
                            ? terminalStanding()
                            : policy::standingOf(context.policy, context.sites, caller.origin, caller.topOrigin);
  if (row->right && !standing.rights.contains(*row->right)) return refuse(standing, *row->right);
  return fitFor(caller, row->run(context, request, Call{caller, standing, stop, listener}));
}

}  // namespace sealferry::operation
