// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/time.h"
#include "token/backend.h"

namespace sealferry::operation {

/// One order, one confirmation, one PIN: the login that lasts for one order of one origin on one connection, five
/// minutes at most, and covers createRequest, the write, the receipt and one test stamp.
struct Errand {
  std::string origin, order, serial;
  Bytes orderDigest;  ///< SHA-256 of the order's CMS: another order is another errand
  Time until = 0;
  bool stamped = false;
  std::unique_ptr<token::Session> session;
  bool writeConfirmed = true;  ///< the user has seen what the order writes; false after createRequest alone
};

class Errands {
 public:
  static constexpr Time longest = 300;  ///< seconds

  void begin(Errand errand);
  /// The running errand of exactly this order, or nothing: then consent and PIN are asked.
  Errand* of(const std::string& origin, ByteView orderDigest, Time now);
  /// The running errand a test stamp may still use.
  Errand* forStamp(const std::string& origin, const std::optional<std::string>& serial, Time now);
  void end();  ///< logs out
  /// Ends one whose time is over, or whose key is gone.
  void endIfOver(Time now);
  void endIfOn(const std::string& serial);
  /// When the running errand has to end; nothing if there is none.
  std::optional<Time> until() const { return current_ ? std::optional(current_->until) : std::nullopt; }

 private:
  std::optional<Errand> current_;
};

}  // namespace sealferry::operation
