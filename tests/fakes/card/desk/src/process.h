// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace sealferry::desk {

/// A child process, ended by its process id and never by a name.
class Process {
 public:
  /// Without a shell; standard input is empty, both outputs go to the file.
  static Process start(const std::vector<std::string>& arguments, const std::filesystem::path& output);
  Process() = default;
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  bool running();
  /// The exit code once it has ended by itself; -1 if it has not in time, or died of a signal.
  int wait(std::chrono::milliseconds most);
  /// SIGTERM, and SIGKILL if that was not enough within the time.
  void end(std::chrono::milliseconds patience = std::chrono::milliseconds(0));

 private:
  explicit Process(pid_t pid);
  bool ended(std::chrono::milliseconds most);
  pid_t pid_ = -1;
  int handle_ = -1;
  int status_ = 0;
};

}  // namespace sealferry::desk
