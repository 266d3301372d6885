// SPDX-License-Identifier: Apache-2.0
#include "operations.h"

namespace sealferry::operation {

Result<wire::DocumentAnswer> openDocument(Context& context, const wire::OpenDocument& request, const Call& call) {
  const auto handle = context.documents.open(call.caller.origin, static_cast<std::uint64_t>(request.size));
  if (!handle) return passOn(handle);
  return wire::DocumentAnswer{*handle};
}

Result<wire::ReceivedAnswer> appendDocument(Context& context, const wire::AppendDocument& request, const Call& call) {
  const auto received = context.documents.append(
      call.caller.origin, request.document, static_cast<std::uint64_t>(request.offset), request.data, request.sha256);
  if (!received) return passOn(received);
  return wire::ReceivedAnswer{*received};
}

Result<wire::PartAnswer> readDocument(Context& context, const wire::ReadDocument& request, const Call& call) {
  const auto document = context.documents.complete(call.caller.origin, request.document);
  if (!document) return passOn(document);
  const auto& file = (*document)->file;
  const auto offset = static_cast<std::uint64_t>(request.offset);
  const auto data = file.read(offset, static_cast<std::size_t>(request.length));
  if (!data) return passOn(data);
  wire::PartAnswer part{*data, file.size(), std::nullopt};
  if (offset + data->size() >= file.size()) part.sha256 = (*document)->sha256;
  return part;
}

Result<wire::Done> closeDocument(Context& context, const wire::CloseDocument& request, const Call& call) {
  const auto closed = context.documents.close(call.caller.origin, request.document);
  if (!closed) return passOn(closed);
  return wire::Done{};
}

}  // namespace sealferry::operation
