// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"
#include "operations.h"
#include "order_facts.h"
#include "pin.h"
#include "puk.h"
#include "sign_receipt.h"

namespace sealferry::operation {
namespace {

/// Everything one unblocking works with, collected before any window opens.
struct UnblockWork {
  const Call& call;
  order::WorkOrder order;
  std::unique_ptr<token::Session> session;
  prompt::KeyWords key;
  std::optional<order::Holding> before;
  bool done = false;  ///< carried out already: only the receipt is missing
};

/// An order to unblock writes nothing and replaces nothing.
Result<void> checkOrder(Context& context, const UnblockWork& work) {
  auto facts = factsOf(context, work.call, work.order, {order::Operation::unblock}, *work.session);
  if (!facts) return passOn(facts);
  facts->payload = order::Payload{};
  if (const auto covered = order::check(work.order, *facts); !covered) return covered;
  if (work.order.replaces.empty()) return {};
  auto failure = fail(ErrorCode::order_mismatch, "unblockPin");
  failure.value().detail["field"] = "replaces";
  return failure;
}

/// Whether the key can do it at all is known before the user is asked for anything.
Result<void> checkKey(token::Session& session) {
  const auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  if (!*signing) return fail(ErrorCode::no_certificate, "unblockPin");  // nobody to sign the receipt
  const auto way = session.unblocking();
  if (!way) return passOn(way);
  if (!*way) return fail(ErrorCode::unblock_unavailable, "unblockPin");
  if ((*way)->locked) return fail(ErrorCode::puk_locked, "unblockPin");
  return {};
}

Result<UnblockWork> prepare(Context& context, const wire::UnblockPin& request, const Call& call) {
  auto order = openOrder(context, request.order);
  if (!order) return passOn(order);
  auto session = openKeyOf(context, *order);
  if (!session) return passOn(session);
  UnblockWork work{call, std::move(*order), std::move(*session), {}, {}};
  if (const auto covered = checkOrder(context, work); !covered) return passOn(covered);
  work.done = context.ordersDone.has(work.order);
  if (!work.done)
    if (const auto can = checkKey(*work.session); !can) return passOn(can);
  const auto before = holdingOf(*work.session);
  if (!before) return passOn(before);
  work.before = *before;
  work.key = keyWords(*work.session);
  return work;
}

Result<void> askConsent(Context& context, const UnblockWork& work) {
  work.call.listener.prompt("confirm");
  const auto question = prompt::unblockQuestion(work.call.caller.origin, work.order.number, work.key, context.language);
  const auto agreed = context.window->confirm(question, work.call.stop);
  work.call.listener.prompt("closed");
  if (!agreed) return passOn(agreed);
  if (!*agreed) return fail(ErrorCode::cancelled, "askConsent");
  return {};
}

/// The new PIN, which the user has just typed twice, lets us in for the receipt; one typed on the key itself has to be
/// typed there once more.
Result<void> enter(Context& context, const UnblockWork& work, const Secret& next) {
  if (next.empty()) return logIn(context, work.call, *work.session, work.key, prompt::Act::unblockPin);
  const auto info = work.session->info();
  if (!info) return passOn(info);
  const auto entered = work.session->login(next);
  if (!entered && entered.error().code == ErrorCode::pin_incorrect)
    return wrongPin(context, *work.session, *info, entered.error());
  return entered;
}

Result<void> unblock(Context& context, const UnblockWork& work) {
  if (const auto agreed = askConsent(context, work); !agreed) return agreed;
  const auto next = setPinWithPuk(context, work.call, *work.session, work.key);
  if (!next) return passOn(next);
  context.ordersDone.add(work.order);
  context.pinFailures.forget(work.order.keySerial);
  context.commonPins.erase(work.order.keySerial);
  return enter(context, work, *next);
}

bool aboutPuk(ErrorCode code) { return code == ErrorCode::puk_incorrect || code == ErrorCode::puk_locked; }

}  // namespace

Result<wire::UnblockAnswer> unblockPin(Context& context, const wire::UnblockPin& request, const Call& call) {
  call.listener.progress("order", 0, 1);
  const auto work = prepare(context, request, call);
  if (!work) return passOn(work);
  call.listener.progress("order", 1, 1);
  context.errands.end();
  auto& session = *work->session;
  if (const auto reserved = reserve(context, session); !reserved) return passOn(reserved);
  const auto entered =
      work->done ? logIn(context, call, session, work->key, prompt::Act::unblockPin) : unblock(context, *work);
  // OpenSC 0.23 takes what the key said of the PUK for the PIN's, until it is loaded again.
  if (!entered && aboutPuk(entered.error().code)) context.keys.reload();
  if (!entered) return passOn(entered);
  const auto receipt = signReceipt(context, call, work->order, work->before, session);
  if (!receipt) return passOn(receipt);
  const auto now = viewOf(context, session, false);
  if (!now) return passOn(now);
  return wire::UnblockAnswer{work->done ? "alreadyUnblocked" : "unblocked", *receipt, *now};
}

}  // namespace sealferry::operation
