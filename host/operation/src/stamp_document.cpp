// SPDX-License-Identifier: Apache-2.0
// Everything that can be refused is refused before the window opens; what the window tells was read by us from the
// document itself; what was signed is verified again before anything of it is given away.
#include "appended.h"
#include "operations.h"
#include "pin.h"
#include "report_view.h"
#include "stamp_wish.h"
#include "stamping.h"
#include "trust/timestamp.h"

namespace sealferry::operation {
namespace {

/// What a token takes, beside the signature, in a document to be time-stamped.
constexpr std::uint32_t timestampRoom = 16384;

struct StampWork {
  const wire::StampDocument& request;
  Document& document;
  Stamper stamper;
  const HeldSeal& seal;
  trust::SignatureAlgorithm algorithm;
  document::Reserved reserved{};
};

tl::unexpected<Error> badRequest(std::string field, std::string reason) {
  auto failure = fail(ErrorCode::bad_request, "stampDocument");
  failure.value().detail = {{"field", std::move(field)}, {"reason", std::move(reason)}};
  return failure;
}

/// The seal that was named, or the only one.
Result<HeldSeal> chooseSeal(token::Session& session, const std::optional<std::string>& name) {
  auto seals = namedSeals(session, name ? std::optional(std::vector{*name}) : std::nullopt);
  if (!seals) return passOn(seals);
  if (seals->size() > 1) return badRequest("seal", "several");
  return std::move(seals->front());
}

Result<document::Reserved> reserveRoom(const StampWork& work) {
  auto request = stampRequestFor(work.stamper, *work.seal.seal);
  const bool ses = request.format == document::SignatureFormat::ses;
  if (work.request.timestamp && ses) return badRequest("timestamp", "notPades");
  if (work.request.timestamp) request.signatureRoom += timestampRoom;
  placeAsAsked(request, work.request);
  request.reason = work.request.reason.value_or("盖章");
  request.textLine = work.request.textLine;
  auto reserved = work.stamper.context.engine->reserve(work.document.file.descriptor(), request);
  if (reserved && work.request.timestamp && reserved->increments.size() != 1)
    return badRequest("timestamp", "severalSignatures");
  return reserved;
}

prompt::StampWords wordsFor(const StampWork& work) {
  prompt::StampWords words;
  words.site = work.stamper.call.caller.origin;
  words.name = work.request.name.value_or("");
  words.reason = work.request.reason.value_or("");
  words.seal = work.seal.seal->name;
  words.sha256 = work.document.sha256;
  words.key = keyWords(work.stamper.session);
  words.bytes = work.document.file.size();
  words.pages = work.reserved.pages;
  for (const auto& stamp : work.reserved.stamps) words.places.push_back({stamp.page, stamp.xMm, stamp.yMm});
  words.keyword = work.request.keyword ? work.request.keyword->text : "";
  words.across = work.request.across.has_value();
  words.textLine = work.request.textLine;
  words.signatures = work.reserved.increments.size();
  return words;
}

Result<void> askConsent(const StampWork& work) {
  const auto& [context, call, session, signer] = work.stamper;
  call.listener.prompt("confirm");
  const auto agreed = context.window->confirm(prompt::stampQuestion(wordsFor(work), context.language), call.stop);
  call.listener.prompt("closed");
  if (!agreed) return passOn(agreed);
  if (!*agreed) return fail(ErrorCode::cancelled, "askConsent");
  return {};
}

Result<void> authorise(const StampWork& work) {
  const auto& [context, call, session, signer] = work.stamper;
  if (const auto locked = reserve(context, session); !locked) return locked;
  if (const auto agreed = askConsent(work); !agreed) return agreed;
  return logIn(context, call, session, keyWords(session), prompt::Act::stampDocument);
}

wire::StampedAnswer answerFor(const StampWork& work, const document::Report& report) {
  wire::StampedAnswer answer;
  answer.seal = work.seal.name;
  answer.pages = work.reserved.pages;
  answer.algorithm = trust::nameOf(work.algorithm);
  for (const auto& stamp : work.reserved.stamps)
    answer.stamps.push_back({stamp.page, stamp.xMm, stamp.yMm, stamp.widthMm, stamp.heightMm, stamp.increment});
  answer.notes = work.reserved.notes;
  answer.report = viewOf(report);
  return answer;
}

/// Keeps the increment for the page, and what a time stamp will need to know of it.
Result<std::string> keepIncrement(const StampWork& work, ByteView increment, trust::Digester original) {
  auto& documents = work.stamper.context.documents;
  const auto& origin = work.stamper.call.caller.origin;
  auto handle = documents.store(origin, increment);
  if (!handle || !work.request.timestamp) return handle;
  (*documents.whole(origin, *handle))
      ->stamped.emplace(Stamped{work.request.document, work.reserved.originalSize,
                                work.reserved.increments.front().contentsOffset, work.reserved.signatureRoom,
                                std::move(original)});
  return handle;
}

Result<wire::StampedAnswer> carryOut(const StampWork& work) {
  const auto& progress = work.stamper.call.listener.progress;
  progress("stamp", 0, 2);
  Bytes signature;
  const auto sign = [&, make = signerFor(work.stamper, *work.seal.seal, work.algorithm)](ByteView digest) {
    auto made = make(digest);
    if (made) signature = *made;
    return made;
  };
  const auto increment =
      document::signIncrements(work.document.file.descriptor(), work.reserved, trust::digestIn(work.algorithm), sign);
  if (!increment) return passOn(increment);
  progress("verify", 1, 2);
  auto original = work.document.digest.clone();
  auto appended = Appended::put(work.document, work.reserved.originalSize, original.clone(), *increment);
  if (!appended) return passOn(appended);
  const auto report = appended->verify(work.stamper.context, work.reserved.increments.size());
  if (!report) return passOn(report);
  const auto handle = keepIncrement(work, *increment, std::move(original));
  if (!handle) return passOn(handle);
  appended->keep();
  progress("verify", 2, 2);
  auto answer = answerFor(work, *report);
  answer.document = *handle;
  answer.size = increment->size();
  answer.sha256 = work.document.sha256;
  answer.wholeSize = work.document.file.size();
  if (work.request.timestamp) {
    const auto message = trust::cms::read(signature);
    if (!message) return passOn(message);
    answer.timestampRequest = trust::timestampRequest(message->signature);
  }
  return answer;
}

}  // namespace

Result<wire::StampedAnswer> stampDocument(Context& context, const wire::StampDocument& request, const Call& call) {
  const auto document = context.documents.whole(call.caller.origin, request.document);
  if (!document) return passOn(document);
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  auto signer = signerOn(**session);
  if (!signer) return passOn(signer);
  const auto seal = chooseSeal(**session, request.seal);
  if (!seal) return passOn(seal);
  const Stamper stamper{context, call, **session, *signer};
  if (const auto good = checkSeal(stamper, *seal); !good) return passOn(good);
  const auto algorithm = algorithmAsked(signer->certificate, request);
  if (!algorithm) return passOn(algorithm);
  StampWork work{request, **document, stamper, *seal, *algorithm};
  auto reserved = reserveRoom(work);
  if (!reserved) return passOn(reserved);
  // The child that read it had hostile bytes in its hands: the size, at least, we know ourselves.
  if (reserved->originalSize != work.document.file.size() || reserved->increments.empty())
    return fail(ErrorCode::internal, "stampDocument");
  work.reserved = *std::move(reserved);
  if (const auto may = authorise(work); !may) return passOn(may);
  auto held = stillHeld(**session, signer->certificate.sha256());
  if (!held) return passOn(held);
  *signer = *std::move(held);  // the stamper's
  return carryOut(work);
}

}  // namespace sealferry::operation
