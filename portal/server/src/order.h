// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "database.h"
#include "refusal.h"

namespace sealferry::portal {

/// An order as it is kept. The parts a page gave and gets back as they are stay JSON.
struct Order {
  std::string number, account, kind, state;
  std::optional<std::string> note;
  nlohmann::json key, handler, invoice, address, fee;
  Bytes certificate;  ///< DER: the signing certificate on the key before anything was paid
  Time created = 0;
  std::optional<Time> paid, written, stamped;
};
nlohmann::json shape(const Order& order);

/// Reading and writing rows; what may follow what is decided by Inspection.
class OrderBook {
 public:
  explicit OrderBook(Database& database) : database_(database) {}
  std::vector<Order> ofAccount(const std::string& account);  ///< newest first
  std::optional<Order> find(const std::string& account, const std::string& number);
  /// The order of this kind for this key that is neither done nor given up.
  std::optional<std::string> openOrderOf(const std::string& serial, const std::string& kind);
  /// Keeps a new order under the next number of the day.
  Order add(Order order);
  void setState(const std::string& number, const std::string& state, const char* timeColumn, Time time);
  void setStamped(const std::string& number, Time time);
  void close(const std::string& number, ByteView receipt, Time time);

 private:
  std::vector<Order> select(const std::string& where, const std::string& value);
  Database& database_;
};

}  // namespace sealferry::portal
