// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "prompt/window.h"

namespace sealferry::prompt {

/// Percent-escaping of the Assuan protocol: "%", CR, LF, and anything else below a space.
std::string assuanEscape(std::string_view text);

/// One pinentry process. It is ended with the object, and its window closes.
class Assuan {
 public:
  /// Starts the program and waits for its greeting.
  static Result<Assuan> start(const std::string& program, Stop stop);
  Assuan(Assuan&& other) noexcept;
  Assuan& operator=(Assuan&&) = delete;
  ~Assuan();

  /// The answer to one command: its data (D lines, decoded) once it says OK; else `cancelled`, `timed_out` or
  /// `prompt_missing`.
  Result<Secret> command(std::string_view line, Stop stop);

 private:
  Assuan(pid_t child, int descriptor) : child_(child), descriptor_(descriptor) {}
  Result<Secret> answer(Stop stop);
  Result<void> readLine(Secret& line, std::chrono::steady_clock::time_point deadline, Stop stop);
  pid_t child_;
  int descriptor_;
  Secret pending_;  ///< bytes after the last line: they may hold a PIN
};

}  // namespace sealferry::prompt
