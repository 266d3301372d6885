// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>

#include "accounts.h"
#include "order.h"
#include "order/work_order.h"
#include "pki/store.h"
#include "seal/seal.h"

namespace sealferry::portal {

/// 签章年检 and 解锁 from order to receipt: the only room that knows keys, seals and work orders.
class Inspection {
 public:
  struct Setting {
    std::string origin;            ///< the portal's own
    std::filesystem::path signer;  ///< socket of the work-order signer
    Time approveAfter = 1;         ///< the demonstration's operator
    std::function<Time()> clock;
  };
  Inspection(Database& database, const pki::Issuing& issuing, Setting setting);

  /// Keeps a seal this centre made, so that a later inspection knows it.
  bool rememberSeal(ByteView der);

  static nlohmann::json fee();
  static nlohmann::json unblockingFee();
  Answer<Order> open(const User& user, const nlohmann::json& request);
  Answer<Order> find(const User& user, const std::string& number);  ///< approves it first if its time has come
  std::vector<Order> all(const User& user);
  Answer<Order> pay(const User& user, const std::string& number);
  Answer<Order> cancel(const User& user, const std::string& number);
  Answer<nlohmann::json> authorise(const User& user, const std::string& number);
  Answer<Order> close(const User& user, const std::string& number, ByteView receipt);
  Answer<Order> stamped(const User& user, const std::string& number);

 private:
  std::optional<Bytes> madeSeal(const std::string& sha256);
  Answer<Order> openUnblocking(const User& user, const nlohmann::json& request);
  Result<void> keepUnblocking(const Order& order);
  bool isOurs(const trust::Certificate& certificate) const;
  /// The certificate a page read from the key, if we issued it, to this user's unit.
  Answer<trust::Certificate> holdersCertificate(const User& user, const std::string& pem) const;
  /// What every order about a key begins with.
  Order orderAbout(const User& user, const std::string& serial, const trust::Certificate& certificate) const;
  Answer<void> approve(const Order& order);
  Result<void> keepWorkOrder(const Order& order, const trust::Certificate& renewed, const std::vector<Bytes>& seals);
  std::vector<seal::Seal> newSeals(const std::string& number);
  std::optional<trust::Certificate> renewedCertificate(const std::string& number);
  std::optional<trust::Certificate> signerAfter(const Order& order);
  order::WorkOrder workOrderOf(const Order& order, const trust::Certificate& signer);

  Database& database_;
  OrderBook book_;
  const pki::Issuing& issuing_;
  Setting setting_;
};

}  // namespace sealferry::portal
