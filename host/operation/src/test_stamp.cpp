// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "operations.h"
#include "pin.h"
#include "report_view.h"
#include "stamping.h"

namespace sealferry::operation {
namespace {

Result<Bytes> stampPage(const Stamper& stamp, const seal::Seal& seal) {
  const auto page = document::testPage();
  auto file = UnnamedFile::create();
  if (!file) return passOn(file);
  if (const auto written = file->append(page.pdf); !written) return passOn(written);
  auto request = stampRequestFor(stamp, seal);
  request.placements = {page.placement};
  request.reason = "测试盖章";
  const auto reserved = stamp.context.engine->reserve(file->descriptor(), request);
  if (!reserved) return passOn(reserved);
  const auto algorithm = trust::usualAlgorithm(stamp.signer.certificate);
  const auto increment = document::signIncrements(file->descriptor(), *reserved, trust::digestIn(algorithm),
                                                  signerFor(stamp, seal, algorithm));
  if (!increment) return passOn(increment);
  Bytes whole = page.pdf;
  whole.insert(whole.end(), increment->begin(), increment->end());
  return whole;
}

/// Stamps, keeps the document for the page, and verifies what was kept.
Result<wire::ReportView> stampWith(const Stamper& stamp, const HeldSeal& held, wire::StampAnswer& answer) {
  if (const auto good = checkSeal(stamp, held); !good) return passOn(good);
  const auto whole = stampPage(stamp, *held.seal);
  if (!whole) return passOn(whole);
  auto& documents = stamp.context.documents;
  const auto handle = documents.store(stamp.call.caller.origin, *whole);
  if (!handle) return passOn(handle);
  const auto document = documents.complete(stamp.call.caller.origin, *handle);
  if (!document) return passOn(document);
  const auto report =
      stamp.context.engine->verify((*document)->file.descriptor(), {stamp.context.sealAnchors, stamp.context.clock()});
  if (!report) return passOn(report);
  answer.documents.push_back({*handle, (*document)->sha256, held.name, (*document)->file.size()});
  auto view = viewOf(*report);
  for (auto& signature : view.signatures) signature.seal = held.name;
  return view;
}

/// One report for all: the signatures of each document in order, the worst verdict.
void add(wire::ReportView& whole, const wire::ReportView& part, bool first) {
  static constexpr std::string_view order[] = {"valid", "valid-with-note", "unsigned", "invalid", "unreadable"};
  const auto rank = [](const std::string& verdict) { return std::ranges::find(order, verdict) - std::begin(order); };
  if (first || rank(part.verdict) > rank(whole.verdict)) whole.verdict = part.verdict;
  whole.kind = part.kind;
  whole.intact = part.intact && (first || whole.intact);
  whole.signatures.insert(whole.signatures.end(), part.signatures.begin(), part.signatures.end());
}

Result<wire::StampAnswer> stampAll(const Stamper& stamp, const std::vector<HeldSeal>& seals) {
  wire::StampAnswer answer;
  const auto total = static_cast<unsigned>(seals.size());
  for (unsigned i = 0; i < total; ++i) {
    stamp.call.listener.progress("stamp", i, total);
    const auto report = stampWith(stamp, seals[i], answer);
    if (!report) return passOn(report);
    add(answer.report, *report, i == 0);
  }
  stamp.call.listener.progress("stamp", total, total);
  return answer;
}

Result<wire::StampAnswer> stampOn(Context& context, const Call& call, token::Session& session,
                                  const wire::TestStamp& request, bool loggedIn) {
  const auto signer = signerOn(session);
  if (!signer) return passOn(signer);
  const auto seals = namedSeals(session, request.seals);
  if (!seals) return passOn(seals);
  const Stamper stamp{context, call, session, *signer};
  for (const auto& held : *seals)
    if (const auto good = checkSeal(stamp, held); !good) return passOn(good);
  if (!loggedIn) {
    const auto logged = logIn(context, call, session, keyWords(session), prompt::Act::testStamp);
    if (!logged) return passOn(logged);
    const auto held = stillHeld(session, signer->certificate.sha256());
    if (!held) return passOn(held);
    return stampAll({context, call, session, *held}, *seals);
  }
  return stampAll(stamp, *seals);
}

}  // namespace

Result<wire::StampAnswer> testStamp(Context& context, const wire::TestStamp& request, const Call& call) {
  if (request.format == "ofd") return fail(ErrorCode::not_available_yet, "testStamp");
  if (auto* errand = context.errands.forStamp(call.caller.origin, request.serial, context.clock())) {
    errand->stamped = true;  // one test stamp belongs to the order; the next one asks for the PIN again
    auto answer = stampOn(context, call, *errand->session, request, true);
    context.errands.end();
    return answer;
  }
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  return stampOn(context, call, **session, request, false);
}

}  // namespace sealferry::operation
