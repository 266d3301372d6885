// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "token/backend.h"

namespace sealferry::token {

/// A driver named by machine policy.
struct ModuleSetting {
  std::string kind;                        ///< "pkcs11" or "skf"
  std::filesystem::path path;              ///< absolute
  std::vector<std::string> options{};      ///< of this vendor's library: see docs/policy.md
  std::vector<StorageProfile> profiles{};  ///< those policy knows; Backend::setProfiles of the driver's own backend
};

/// Looked at between waits, so that a cancelled request or a closed pipe does not wait for a slow driver.
class Interrupt {
 public:
  virtual ~Interrupt() = default;
  virtual int descriptor() const = 0;  ///< readable once the wait should end; -1 for never
};

struct WorkerSetting {
  std::filesystem::path program;                   ///< sealferry-token
  std::chrono::milliseconds callDeadline{15'000};  ///< for one call; a change gets a multiple
  std::vector<std::string> developmentArguments;   ///< handed to the worker as they are; release workers know none
  Holder holder{};                                 ///< in whose name keys are reserved
  /// So long a driver that did not answer, or crashed as it was loaded, is left alone, and longer each time it does so
  /// again: it costs its deadline once, not at every call. Zero: it is asked again at once.
  std::chrono::milliseconds rest{0};
};

/// The driver in a process of its own (docs/architecture.md): the proxy is itself a Backend. The process is started at
/// the first call, and again after it crashed (module_crashed) or was ended because it hung (module_hung). After
/// a hang in what only reads, or a crash before the first answer, it answers the same at once until its rest is over,
/// its file is another, or reload(). Destroying the backend closes the pipe; the worker then finishes or rolls back by
/// itself within ten seconds.
std::unique_ptr<Backend> workerBackend(const ModuleSetting& module, const WorkerSetting& setting,
                                       const Interrupt* interrupt = nullptr);

}  // namespace sealferry::token
