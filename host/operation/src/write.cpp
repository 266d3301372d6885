// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/digest.h"
#include "holding.h"
#include "key_view.h"
#include "layout.h"
#include "operations.h"
#include "order_facts.h"
#include "payload_check.h"
#include "pin.h"
#include "sign_receipt.h"

namespace sealferry::operation {
namespace {

using order::Operation;

struct Kind {
  prompt::Act act;
  std::initializer_list<Operation> operations;
};

/// Everything one write works with, collected before any window opens.
struct WriteWork {
  const Call& call;
  prompt::Act act;
  Bytes orderDigest;
  order::WorkOrder order;
  ReadPayload payload;
  order::Facts facts;
  token::Session* session;
  std::optional<order::Holding> before;
  std::optional<wire::KeyView> viewBefore;
  token::KeyLayout layout{};
};

prompt::WriteWords wordsFor(const WriteWork& work) {
  prompt::WriteWords words;
  words.site = work.call.caller.origin;
  words.order = work.order.number;
  words.act = work.act;
  words.key = keyWords(*work.session);
  for (const auto& seal : work.payload.seals) {
    const bool held = std::ranges::any_of(work.facts.heldSeals, [&](const auto& one) { return one.id == seal.id; });
    words.seals.push_back({seal.name, seal.notAfter, !held});
  }
  if (work.payload.signCertificate) words.certificateUntil = work.payload.signCertificate->notAfter();
  words.encryptionKeyReplaced =
      work.payload.encryptionKey.has_value() || work.payload.encryptionCertificate.has_value();
  words.inPlace = work.order.allowInPlace;
  return words;
}

Result<void> askConsent(Context& context, const WriteWork& work) {
  work.call.listener.prompt("confirm");
  const auto agreed = context.window->confirm(prompt::writeQuestion(wordsFor(work), context.language), work.call.stop);
  work.call.listener.prompt("closed");
  if (!agreed) return passOn(agreed);
  if (!*agreed) return fail(ErrorCode::cancelled, "askConsent");
  return {};
}

/// Whose seals these will be.
std::string ownerOf(const WriteWork& work) {
  if (work.payload.signCertificate) return work.payload.signCertificate->unitName();
  const auto signing = signingCertificate(*work.session);
  return signing && *signing ? (*signing)->certificate.unitName() : std::string();
}

token::Change changeFor(const WriteWork& work) {
  token::Change change;
  change.order = work.order.number;
  for (std::size_t i = 0; i < work.payload.seals.size(); ++i)
    change.put.push_back({work.payload.seals[i].id, work.payload.ders[i]});
  if (work.layout.wantsFaces)
    for (std::size_t i = 0; i < work.payload.seals.size(); ++i)
      change.put[i].face = faceOf(work.payload.seals[i], ownerOf(work));
  change.replaces = work.order.replaces;
  if (work.payload.signCertificate) change.signCertificate = work.payload.signCertificate->der();
  if (work.payload.encryptionCertificate) change.encryptionCertificate = work.payload.encryptionCertificate->der();
  change.encryptionKey = work.payload.encryptionKey;
  change.allowInPlace = work.order.allowInPlace;
  return change;
}

/// Consent and PIN, unless this very order has them already. After createRequest the PIN stands, but what is written
/// has not been shown yet: its window named no seal.
Result<void> authorise(Context& context, WriteWork& work, std::unique_ptr<token::Session> session, bool done) {
  const auto& origin = work.call.caller.origin;
  if (auto* running = context.errands.of(origin, work.orderDigest, context.clock())) {
    work.session = running->session.get();
    if (!done && !running->writeConfirmed)
      if (const auto agreed = askConsent(context, work); !agreed) return agreed;
    running->writeConfirmed = true;
    return {};
  }
  if (const auto reserved = reserve(context, *session); !reserved) return reserved;
  if (!done)
    if (const auto agreed = askConsent(context, work); !agreed) return agreed;
  if (const auto logged = logIn(context, work.call, *session, keyWords(*session), work.act); !logged) return logged;
  // The certificate of another pair may be on its way to a key that has lost the one of this.
  if (work.before->certificate && !work.payload.signCertificate)
    if (const auto held = stillHeld(*session, *work.before->certificate); !held) return passOn(held);
  const auto now = context.clock();
  context.errands.begin({origin, work.order.number, work.order.keySerial, work.orderDigest, now + Errands::longest,
                         false, std::move(session)});
  work.session = context.errands.of(origin, work.orderDigest, now)->session.get();
  return {};
}

Result<wire::WriteAnswer> carryOut(Context& context, WriteWork& work, bool done) {
  if (!done) {
    const auto written = work.session->apply(changeFor(work), work.call.listener.progress);
    if (!written) return passOn(written);
  }
  const auto receipt = signReceipt(context, work.call, work.order, work.before, *work.session);
  if (!receipt) return passOn(receipt);
  const auto after = viewOf(context, *work.session, false);
  if (!after) return passOn(after);
  return wire::WriteAnswer{done ? "alreadyWritten" : "written", *receipt, work.viewBefore, *after};
}

Result<wire::WriteAnswer> write(Context& context, const wire::Write& request, const Call& call, const Kind& kind) {
  call.listener.progress("order", 0, 1);
  const auto order = openOrder(context, request.order);
  if (!order) return passOn(order);
  const auto payload = readPayload(request);
  if (!payload) return passOn(payload);
  auto session = openKeyOf(context, *order);
  if (!session) return passOn(session);
  auto facts = factsOf(context, call, *order, kind.operations, **session);
  if (!facts) return passOn(facts);
  facts->payload = payload->digests();
  if (const auto covered = order::check(*order, *facts); !covered) return explained(context, *payload, covered.error());

  WriteWork work{call, kind.act, sha256(request.order), *order, *payload, *facts, session->get(), {}, {}};
  const bool done = order::isDone(*order, *facts) && !facts->orderPending;
  if (!done)
    if (const auto good = checkPayload(context, *work.session, work.payload); !good) return passOn(good);
  if (!done) {
    const auto layout = writableLayout(*work.session);
    if (!layout) return passOn(layout);
    work.layout = *layout;
  }
  const auto before = holdingOf(**session);
  if (!before) return passOn(before);
  const auto view = viewOf(context, **session, false);
  if (!view) return passOn(view);
  work.before = *before;
  work.viewBefore = *view;
  call.listener.progress("order", 1, 1);

  if (const auto may = authorise(context, work, std::move(*session), done); !may) return passOn(may);
  auto answer = carryOut(context, work, done);
  if (!answer) context.errands.end();
  return answer;
}

}  // namespace

Result<wire::WriteAnswer> writeSeal(Context& context, const wire::WriteSeal& request, const Call& call) {
  return write(context, request, call, {prompt::Act::writeSeal, {Operation::issue, Operation::reissue}});
}

Result<wire::WriteAnswer> changeSeal(Context& context, const wire::ChangeSeal& request, const Call& call) {
  return write(context, request, call, {prompt::Act::changeSeal, {Operation::change}});
}

Result<wire::WriteAnswer> annualInspection(Context& context, const wire::AnnualInspection& request, const Call& call) {
  return write(context, request, call, {prompt::Act::annualInspection, {Operation::annualInspection}});
}

}  // namespace sealferry::operation
