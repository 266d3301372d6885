// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "token/registry.h"

namespace sealferry::token::proxy {

using Clock = std::chrono::steady_clock;

/// What a wait ended with.
enum class Wait { ready, deadline, interrupted, ended };

/// One worker process and our end of its pipe: a socket pair, so that writing to a dead worker raises no signal. The
/// process gets that and stderr, and no other descriptor of ours.
class Process {
 public:
  static Result<Process> start(const std::filesystem::path& program, const std::vector<std::string>& arguments);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// Sends all of it, or says why not.
  Wait send(ByteView bytes, Clock::time_point deadline, const Interrupt* interrupt);
  /// Fills all of it, or says why not.
  Wait receive(std::uint8_t* at, std::size_t size, Clock::time_point deadline, const Interrupt* interrupt);

  /// Readable once the process has said something, or closed its end.
  int descriptor() const { return pipe_; }
  /// A byte that is there already; nothing if there is none, and then isClosed() tells whether there will be.
  std::optional<std::uint8_t> takeByte();
  bool isClosed() const { return closed_; }

  /// Closes the pipe: the worker finishes by itself.
  void hangUp();
  /// Waits for the process to end, at most until then.
  bool awaitEnd(Clock::time_point deadline, const Interrupt* interrupt = nullptr);
  /// SIGKILL, and the end awaited. Answers the signal it had died of before, 0 if none.
  int kill();

 private:
  Process(pid_t pid, int handle, int pipe) : pid_(pid), handle_(handle), pipe_(pipe) {}
  Wait await(short events, Clock::time_point deadline, const Interrupt* interrupt) const;
  void release() noexcept;
  int reap() noexcept;
  pid_t pid_ = -1;
  int handle_ = -1;  ///< pidfd: readable once the process has ended, even if a child of it still holds the pipe
  int pipe_ = -1;
  bool closed_ = false;
};

}  // namespace sealferry::token::proxy
