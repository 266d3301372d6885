// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "process.h"
#include "protocol/coding.h"
#include "protocol/message.h"
#include "token/backend.h"

namespace sealferry::token::proxy {

/// Requests and answers with one driver's worker, which is started when it is needed and ended when it does not answer.
class Connection {
 public:
  Connection(ModuleSetting module, WorkerSetting setting, const Interrupt* interrupt)
      : module_(std::move(module)), setting_(std::move(setting)), interrupt_(interrupt) {}

  using PutArguments = std::function<void(cbor::Writer&)>;
  using TakeResult = std::function<void(cbor::Reader&)>;
  struct Request {
    protocol::Op op;
    PutArguments put;       ///< writes the array of arguments
    TakeResult take;        ///< reads the result
    unsigned patience = 1;  ///< how many deadlines it may take
    const ProgressSink* progress = nullptr;
    std::chrono::milliseconds most{0};  ///< instead of the deadline, if it is shorter
  };

  /// Starts the worker if there is none; the failure of before while the driver is left alone.
  Result<void> ensure();
  /// With the worker that is there; module_crashed, module_hung or cancelled end it.
  Result<void> call(const Request& request);
  /// Counts the workers there have been. Sessions of an earlier one are dead.
  unsigned generation() const { return process_ ? generation_ : 0; }
  void close() { process_.reset(); }
  /// The worker ends by itself; the next call starts another once it has.
  void leave();
  /// It hung, or crashed before it had answered anything: WorkerSetting::rest. No longer than its file is the same.
  void leaveAlone(const Error& failure);
  bool isLeftAlone() const;
  void askAgain() { rest_.reset(); }
  /// Whether the worker that is there, or was there last, has answered once.
  bool hasAnswered() const { return answered_; }
  /// For the workers to come.
  void setProfiles(std::vector<StorageProfile> profiles) { module_.profiles = std::move(profiles); }
  const Holder& holder() const { return setting_.holder; }

 private:
  Result<void> greet();
  Result<void> exchange(const Request& request);
  Result<Bytes> receiveFrame(Clock::time_point until);
  Result<void> ended(Wait wait);
  Result<void> broken();
  Clock::time_point deadline(const Request& request) const;

  ModuleSetting module_;
  WorkerSetting setting_;
  const Interrupt* interrupt_;
  std::optional<Process> process_, leaving_;
  struct Rest {
    Error error;
    std::chrono::milliseconds length;
    Clock::time_point until;
    std::filesystem::file_time_type written;  ///< of the driver's file
  };
  std::filesystem::file_time_type written() const;
  std::optional<Rest> rest_{};
  unsigned generation_ = 0;
  bool answered_ = false;
  std::uint64_t lastId_ = 0;
};

}  // namespace sealferry::token::proxy
