// SPDX-License-Identifier: Apache-2.0
// PAdES B-T in two steps: the host fetches nothing. What the page brings is checked, and goes into the room that was
// kept beside the signature; nothing that was signed changes, so nobody is asked again.
#include <algorithm>

#include "appended.h"
#include "operations.h"
#include "report_view.h"
#include "trust/timestamp.h"

namespace sealferry::operation {
namespace {

tl::unexpected<Error> invalid(std::string reason) {
  auto failure = fail(ErrorCode::timestamp_invalid, "addTimestamp");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

tl::unexpected<Error> badDocument() {
  auto failure = fail(ErrorCode::bad_request, "addTimestamp");
  failure.value().detail["field"] = "document";
  return failure;
}

/// The message in /Contents, zero padding and all.
Result<Bytes> messageIn(const Document& increment) {
  const auto& place = *increment.stamped;
  const auto text = increment.file.read(place.contentsOffset + 1, std::size_t{2} * place.signatureRoom);
  if (!text) return text;
  auto bytes = fromHex(textOf(*text));
  if (!bytes) return fail(ErrorCode::internal, "messageIn");
  return *std::move(bytes);
}

/// Is the token one for this signature, by an authority that policy's roots lead to?
Result<Time> checkToken(const Context& context, ByteView message, ByteView token) {
  const auto signature = trust::cms::read(message, trust::cms::Tail::zeros);
  if (!signature) return passOn(signature);
  const auto stamp = trust::readTimestamp(token);
  if (!stamp) return invalid(stamp.error().detail.at("reason"));
  if (auto wrong = trust::checkTimestamp(*stamp, signature->signature, context.sealAnchors); !wrong.empty())
    return invalid(std::move(wrong));
  return stamp->time;
}

Result<Bytes> withToken(const Document& increment, ByteView message, ByteView token) {
  const auto& place = *increment.stamped;
  const auto stamped = trust::cms::withTimestamp(message, token);
  if (!stamped) return invalid(stamped.error().detail.at("reason"));
  if (stamped->size() > place.signatureRoom) return invalid("tooLarge");
  auto bytes = increment.file.read(0, increment.file.size());
  if (!bytes) return bytes;
  std::ranges::copy(toHex(*stamped), bytes->begin() + static_cast<std::ptrdiff_t>(place.contentsOffset + 1));
  return bytes;
}

/// The increment at the end of its document is exchanged; should that fail, the one without the token is there again.
Result<document::Report> exchange(Context& context, Document& base, Document& increment, ByteView fresh) {
  const auto& place = *increment.stamped;
  const auto before = increment.file.read(0, increment.file.size());
  if (!before) return passOn(before);
  {
    auto appended = Appended::put(base, place.originalSize, place.original.clone(), fresh);
    auto report = appended ? appended->verify(context, 1) : Result<document::Report>(passOn(appended));
    if (report) {
      appended->keep();
      return report;
    }
  }
  if (auto back = Appended::put(base, place.originalSize, place.original.clone(), *before)) back->keep();
  return fail(ErrorCode::internal, "addTimestamp");
}

}  // namespace

Result<wire::TimestampedAnswer> addTimestamp(Context& context, const wire::AddTimestamp& request, const Call& call) {
  const auto increment = context.documents.whole(call.caller.origin, request.document);
  if (!increment) return passOn(increment);
  if (!(*increment)->stamped) return badDocument();
  const auto& place = *(*increment)->stamped;
  const auto base = context.documents.whole(call.caller.origin, place.base);
  if (!base) return passOn(base);
  // Something else was appended meanwhile: another stamp.
  if ((*base)->file.size() != place.originalSize + (*increment)->file.size()) return badDocument();

  const auto message = messageIn(**increment);
  if (!message) return passOn(message);
  const auto time = checkToken(context, *message, request.token);
  if (!time) return passOn(time);
  const auto fresh = withToken(**increment, *message, request.token);
  if (!fresh) return passOn(fresh);
  const auto report = exchange(context, **base, **increment, *fresh);
  if (!report) return passOn(report);
  const auto handle = context.documents.store(call.caller.origin, *fresh);
  if (!handle) return passOn(handle);
  return wire::TimestampedAnswer{*handle, (*base)->sha256, fresh->size(), (*base)->file.size(), *time, viewOf(*report)};
}

}  // namespace sealferry::operation
