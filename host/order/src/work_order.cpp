// SPDX-License-Identifier: Apache-2.0
#include "order/work_order.h"

#include <algorithm>

#include "message.h"
#include "times.h"

namespace sealferry::order {
namespace {

tl::unexpected<Error> untrusted(std::string reason) {
  return tl::unexpected<Error>(
      Error{ErrorCode::order_untrusted, "order::open", 0, {}, {{"reason", std::move(reason)}}});
}

/// Good when the order was made, and good now: a stolen key of an expired certificate must not date orders back.
Result<void> checkSigner(const trust::cms::Message& message, const WorkOrder& order, const trust::Anchors& anchors,
                         Time now) {
  const trust::Purpose purpose{.use = trust::Purpose::Use::signing, .extendedKeyUsage = std::string(signerUsage)};
  for (const auto at : {order.notBefore, now}) {
    const auto chain = trust::checkChain(message.signer, message.certificates, anchors, at, purpose);
    if (!chain.trusted) return untrusted(chain.reason);
  }
  return {};
}

bool isPinned(const trust::Certificate& signer, std::span<const Bytes> pinned) {
  return std::ranges::find(pinned, signer.sha256()) != pinned.end();
}

}  // namespace

Result<void> checkTimes(const WorkOrder& order, Time now) {
  if (now < order.notBefore - allowedSkew)
    return tl::unexpected<Error>(Error{
        ErrorCode::clock_wrong, "order", 0, {}, {{"here", toRfc3339(now)}, {"there", toRfc3339(order.notBefore)}}});
  if (now > order.notAfter)
    return tl::unexpected<Error>(Error{
        ErrorCode::order_expired, "order", 0, {}, {{"here", toRfc3339(now)}, {"there", toRfc3339(order.notAfter)}}});
  return {};
}

Result<WorkOrder> open(ByteView cms, const trust::Anchors& orderAnchors, std::span<const Bytes> pinnedSigners,
                       Time now) {
  const auto opened = openMessage(cms, Bare::sm2);
  if (!opened) return passOn(opened);
  std::string fault;
  auto order = workOrderFrom(opened->content, fault);
  if (!order) return invalid("json", fault);
  if (auto times = checkTimes(*order, now); !times) return passOn(times);
  if (isPinned(opened->message.signer, pinnedSigners)) return *std::move(order);
  if (auto signer = checkSigner(opened->message, *order, orderAnchors, now); !signer) return passOn(signer);
  return *std::move(order);
}

Result<trust::cms::Draft> prepare(const WorkOrder& order, const trust::Certificate& signer,
                                  std::vector<trust::Certificate> chain, Time signingTime) {
  const auto content = parseStrict(viewOf(toJson(order)));
  std::string fault = "order";
  if (content) fault.clear();
  const auto again = content ? workOrderFrom(*content, fault) : std::nullopt;
  if (again != order) {
    Error error{ErrorCode::bad_request, "order::prepare", 0, {}, {{"field", fault}}};
    return tl::unexpected<Error>(std::move(error));
  }
  return draftOf(*content, signer, std::move(chain), signingTime);
}

}  // namespace sealferry::order
