// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "token/backend.h"

namespace sealferry::operation {

/// All keys of all drivers. A driver that fails is reported by modules() and never hides the keys of the others.
class KeyRing {
 public:
  struct Driver {
    std::string kind, path;
    std::string events;  ///< policy::Module::events
    std::unique_ptr<token::Backend> backend;
    std::vector<std::string> options{};  ///< policy::Module::options
    std::optional<ErrorCode> failure{};  ///< when it was asked for its keys last
  };
  explicit KeyRing(std::vector<Driver> drivers) : drivers_(std::move(drivers)) {}

  struct Found {
    token::KeyInfo info;
    token::Backend* backend;
    std::string driver;  ///< its path
    /// The same stick as a further driver sees it.
    struct Other {
      token::KeyInfo info;
      token::Backend* backend;
      std::string driver;
    };
    std::vector<Other> also{};
  };
  /// The ids under which two drivers see one stick.
  struct Twins {
    std::string used, other;
  };
  struct ModuleState {
    std::string kind, path, events;
    Result<token::ModuleInfo> info;
    std::vector<std::string> options{};
  };

  struct Failure {
    std::string driver;  ///< its path
    Error error;
  };
  /// What is known: the keys of the drivers that answered, and the failures of the others.
  struct Listing {
    std::vector<Found> keys{};
    std::vector<Failure> failures{};
  };

  /// For who only looks for news: a driver that is left alone is not asked. It is for all others here.
  Listing list();
  /// What is plugged in. If that is nothing: the failure of a driver that is there and did not answer, for the key may
  /// be one of its; no_driver if policy names none that can be loaded; else nothing is plugged in. A stick that
  /// several drivers see, known by its id or its signing certificate, is one key, and one driver is used for it: the
  /// first in policy that shows seals on it, else the first. So what was written through one of them stays where it is
  /// found.
  Result<std::vector<Found>> keys();
  /// The same, but before there is said to be no key, the drivers are loaded anew and asked once more.
  Result<std::vector<Found>> keysForSure();
  std::vector<ModuleState> modules();
  /// The key of that serial number; without one the only key there is. no_driver, no_key, several_keys (also, with the
  /// reason sameSerial, where several tell that number). Drivers may tell different serial numbers of one stick: by one
  /// that only a further driver tells, that driver is used.
  Result<Found> choose(const std::optional<std::string>& serial);
  /// A driver that lists the key but does not open it is loaded anew and asked once more.
  Result<std::unique_ptr<token::Session>> open(const std::optional<std::string>& serial);

  /// All drivers are let go and loaded anew when they are needed; sessions end.
  void reload();
  /// The same, but one that did not answer when it was asked last is left to its rest.
  void loadAnew();

  /// Those that crashed when they were asked last are loaded anew: somebody waits for them, or something has happened.
  void askCrashedAgain();

 private:
  Listing listForSure();

  std::vector<Driver> drivers_;
  std::vector<Twins> twins_;
  std::chrono::steady_clock::time_point reloaded_{};
};

}  // namespace sealferry::operation
