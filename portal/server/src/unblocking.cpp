// SPDX-License-Identifier: Apache-2.0
// 解锁: an order that writes nothing. It costs nothing, so there is nothing to pay; the operator looks at who asks.
#include <algorithm>

#include "base/digest.h"
#include "base/log.h"
#include "form.h"
#include "inspection.h"
#include "order/receipt.h"

namespace sealferry::portal {

using nlohmann::json;

json Inspection::unblockingFee() {
  return {{"items", json::array({{{"name", "解锁服务费"}, {"amount", 0}}})}, {"total", 0}};
}

/// The same order again, as long as it is open: a page that was reloaded goes on with it.
Answer<Order> Inspection::openUnblocking(const User& user, const json& request) {
  const auto form = readUnblocking(request);
  if (!form) return passOn(form);
  const auto certificate = holdersCertificate(user, form->certificatePem);
  if (!certificate) return passOn(certificate);
  if (const auto open = book_.openOrderOf(form->serial, "unblock"))
    if (auto known = book_.find(user.account, *open)) return *known;

  auto order = orderAbout(user, form->serial, *certificate);
  order.kind = "unblock";
  order.state = "pendingReview";
  order.handler = user.profile.at("handler");
  order.fee = unblockingFee();
  const auto number = book_.add(std::move(order)).number;
  book_.setState(number, "pendingReview", "paid", setting_.clock());
  return find(user, number);
}

Result<void> Inspection::keepUnblocking(const Order& order) {
  const auto held = fromHex(order.key.at("certificate").at("sha256").get<std::string>());
  if (!held) return fail(ErrorCode::internal, "keepUnblocking");
  const auto serial = order.key.at("serial").get<std::string>();
  auto use = database_.use();
  soci::transaction transaction(use.sql());
  use.sql()
      << "INSERT INTO work_orders(number, operation, origin, key_serial, key_certificate_sha256, replaces, nonce) "
         "VALUES(:n, 'unblock', :o, :s, " +
             blobLiteral(*held) + ", X'', " + blobLiteral(randomBytes(32)) + ")",
      soci::use(order.number), soci::use(setting_.origin), soci::use(serial);
  use.sql() << "UPDATE orders SET state = 'ready' WHERE number = :n", soci::use(order.number);
  transaction.commit();
  return {};
}

}  // namespace sealferry::portal
