// SPDX-License-Identifier: Apache-2.0
#include "order.h"

#include <cstdio>

namespace sealferry::portal {
namespace {

using nlohmann::json;

json timeOrNull(const std::optional<Time>& time) { return time ? json(toRfc3339(*time)) : json(); }

std::optional<Time> timeIn(const soci::row& row, const char* column) {
  if (row.get_indicator(column) == soci::i_null) return std::nullopt;
  return row.get<int>(column);
}

std::string textIn(const soci::row& row, const char* column) {
  return row.get_indicator(column) == soci::i_null ? std::string() : row.get<std::string>(column);
}

json jsonIn(const soci::row& row, const char* column) {
  const auto text = textIn(row, column);
  return text.empty() ? json() : json::parse(text);
}

Order orderIn(const soci::row& row) {
  Order order;
  order.number = textIn(row, "number");
  order.account = textIn(row, "account");
  order.kind = textIn(row, "kind");
  order.state = textIn(row, "state");
  if (row.get_indicator("note") != soci::i_null) order.note = textIn(row, "note");
  order.key = jsonIn(row, "key");
  order.handler = jsonIn(row, "handler");
  order.invoice = jsonIn(row, "invoice");
  order.address = jsonIn(row, "address");
  order.fee = jsonIn(row, "fee");
  order.certificate = blobOf(textIn(row, "certificate"));
  order.created = timeIn(row, "created").value_or(0);
  order.paid = timeIn(row, "paid");
  order.written = timeIn(row, "written");
  order.stamped = timeIn(row, "stamped");
  return order;
}

/// China's date: order numbers are read out on the telephone there.
std::string dayOf(Time time) {
  auto text = toRfc3339(time + 8 * 3600).substr(0, 10);
  std::erase(text, '-');
  return text;
}

}  // namespace

json shape(const Order& order) {
  return {{"number", order.number},
          {"kind", order.kind},
          {"state", order.state},
          {"note", order.note ? json(*order.note) : json()},
          {"key", order.key},
          {"handler", order.handler},
          {"invoice", order.invoice},
          {"address", order.address},
          {"fee", order.fee},
          {"createdAt", toRfc3339(order.created)},
          {"paidAt", timeOrNull(order.paid)},
          {"writtenAt", timeOrNull(order.written)},
          {"testStampedAt", timeOrNull(order.stamped)}};
}

std::vector<Order> OrderBook::select(const std::string& where, const std::string& value) {
  auto use = database_.use();
  const soci::rowset<soci::row> rows =
      (use.sql().prepare
           << "SELECT number, account, kind, state, note, key, hex(certificate) AS certificate, handler, invoice, "
              "address, fee, created, paid, written, stamped FROM orders WHERE " +
                  where + " = :v ORDER BY number DESC",
       soci::use(value));
  std::vector<Order> orders;
  for (const auto& row : rows) orders.push_back(orderIn(row));
  return orders;
}

std::vector<Order> OrderBook::ofAccount(const std::string& account) { return select("account", account); }

std::optional<Order> OrderBook::find(const std::string& account, const std::string& number) {
  auto found = select("number", number);
  if (found.empty() || found.front().account != account) return std::nullopt;
  return std::move(found.front());
}

std::optional<std::string> OrderBook::openOrderOf(const std::string& serial, const std::string& kind) {
  std::string number;
  auto use = database_.use();
  use.sql() << "SELECT number FROM orders WHERE json_extract(key, '$.serial') = :s AND kind = :k AND state IN "
               "('pendingPayment', 'pendingReview', 'ready') LIMIT 1",
      soci::into(number), soci::use(serial), soci::use(kind);
  if (!use.sql().got_data()) return std::nullopt;
  return number;
}

Order OrderBook::add(Order order) {
  const auto day = dayOf(order.created);
  auto use = database_.use();
  soci::transaction transaction(use.sql());
  const std::string pattern = day + "%";
  int count = 0;
  use.sql() << "SELECT count(*) FROM orders WHERE number LIKE :p", soci::into(count), soci::use(pattern);
  char number[32];
  std::snprintf(number, sizeof number, "%s%05d", day.c_str(), count + 1);
  order.number = number;
  const auto key = order.key.dump(), handler = order.handler.dump(), fee = order.fee.dump();
  const auto invoice = order.invoice.dump();  // null where there is nothing to pay
  const auto address = order.address.is_null() ? std::string() : order.address.dump();
  const long long created = order.created;
  use.sql()
      << "INSERT INTO orders(number, account, kind, state, key, certificate, handler, invoice, address, fee, created) "
         "VALUES(:n, :a, :k, :s, :key, " +
             blobLiteral(order.certificate) + ", :h, :i, nullif(:d, ''), :f, :c)",
      soci::use(order.number), soci::use(order.account), soci::use(order.kind), soci::use(order.state), soci::use(key),
      soci::use(handler), soci::use(invoice), soci::use(address), soci::use(fee), soci::use(created);
  transaction.commit();
  return order;
}

void OrderBook::setState(const std::string& number, const std::string& state, const char* timeColumn, Time time) {
  const long long value = time;
  auto use = database_.use();
  if (timeColumn == nullptr) {
    use.sql() << "UPDATE orders SET state = :s WHERE number = :n", soci::use(state), soci::use(number);
  } else {
    use.sql() << "UPDATE orders SET state = :s, " + std::string(timeColumn) + " = :t WHERE number = :n",
        soci::use(state), soci::use(value), soci::use(number);
  }
}

void OrderBook::setStamped(const std::string& number, Time time) {
  const long long value = time;
  auto use = database_.use();
  use.sql() << "UPDATE orders SET stamped = :t WHERE number = :n", soci::use(value), soci::use(number);
}

void OrderBook::close(const std::string& number, ByteView receipt, Time time) {
  const long long value = time;
  auto use = database_.use();
  use.sql() << "UPDATE orders SET state = 'done', written = :t, receipt = " + blobLiteral(receipt) +
                   " WHERE number = :n",
      soci::use(value), soci::use(number);
}

}  // namespace sealferry::portal
