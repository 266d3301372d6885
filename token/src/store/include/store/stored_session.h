// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "store/store.h"
#include "token/backend.h"

namespace sealferry::token::store {

/// What the sessions of every backend share: each call is guarded by the key still being there, and what lies on the
/// key is read through the store. `Slot` is one open key: check(), explain(Error), objects(), loggedIn.
template <class Slot>
class StoredSession : public Session {
 public:
  Result<std::vector<CertificateObject>> certificates() override {
    return reading([&] { return store_.certificates(); });
  }
  Result<std::vector<KeyPair>> keyPairs() override {
    return reading([&] { return slot_->objects().keyPairs(); });
  }
  Result<std::vector<BlobInfo>> blobs() override {
    return reading([&] { return store_.blobs(); });
  }
  Result<Bytes> readBlob(std::string_view name) override {
    return reading([&] { return store_.readBlob(name); });
  }
  Result<KeyLayout> layout() override {
    return reading([&] { return store_.layout(); });
  }
  Result<ChangeState> changeState(const ChangeTarget& target) override {
    return reading([&] { return store_.state(target); });
  }
  Result<std::optional<PendingChange>> pending() override {
    return reading([&] { return store_.pending(); });
  }
  Result<void> apply(const Change& change, const ProgressSink& progress) override {
    return guardedLogin([&]() -> Result<void> {
      if (auto may = mayApply(change); !may) return may;
      auto done = store_.apply(change, progress);
      if (!done && done.error().code == ErrorCode::internal) done.error().code = ErrorCode::write_failed;
      return done;
    });
  }

 protected:
  explicit StoredSession(std::shared_ptr<Slot> slot) : slot_(std::move(slot)), store_(slot_->objects()) {}

  /// Every call begins with the same key still being there, and ends with knowing whether a failure means that it is
  /// not.
  template <class Act>
  auto guarded(Act act) -> decltype(act()) {
    if (auto there = slot_->check(); !there) return passOn(there);
    auto outcome = act();
    if (!outcome) return tl::unexpected<Error>(slot_->explain(outcome.error()));
    return outcome;
  }
  /// Reading takes no lock, so that another program may be writing just now: what is found outdated is read again.
  template <class Act>
  auto reading(Act act) -> decltype(act()) {
    constexpr int mostTimes = 5;
    return guarded([&] {
      auto outcome = act();
      for (int times = 1; times < mostTimes && !outcome && slot_->objects().isOutdated(outcome.error()); ++times)
        outcome = act();
      return outcome;
    });
  }
  template <class Act>
  auto guardedLogin(Act act) -> decltype(act()) {
    return guarded([&]() -> decltype(act()) {
      if (!slot_->loggedIn) return fail(ErrorCode::internal, "not logged in");
      return act();
    });
  }
  /// What this kind of key cannot take.
  virtual Result<void> mayApply(const Change&) { return {}; }

  std::shared_ptr<Slot> slot_;
  Store store_;
  bool ownsLogin_ = false;
};

}  // namespace sealferry::token::store
