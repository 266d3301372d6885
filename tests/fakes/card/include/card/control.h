// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace sealferry::card {

/// What a test wants of the card. In a file, a line each, in any order; a line that is none of these is ignored:
///
///     limit 40000              all files together may take this many bytes
///     delay 5                  milliseconds before each command is answered
///     unplug before 12         the key is pulled when the 12th command comes in: it has no effect
///     unplug after 3 D6        the 3rd UPDATE BINARY takes effect, then the key is pulled before it can answer
///
/// Commands are counted from 1 since the file changed.
struct Wishes {
  enum class Moment { never, before, after };
  std::uint64_t limit = UINT64_MAX;
  std::chrono::milliseconds delay{0};
  Moment unplug = Moment::never;
  unsigned at = 0;                    ///< which command
  std::optional<std::uint8_t> ins{};  ///< only commands of this number count
  friend bool operator==(const Wishes&, const Wishes&) = default;
};

Wishes parseWishes(std::string_view text);

/// The control file, looked at anew before each command.
class Control {
 public:
  explicit Control(std::filesystem::path file) : file_(std::move(file)) {}
  /// Counts a command; says when the key is to be pulled, if it is this one.
  Wishes::Moment enter(std::uint8_t ins);
  const Wishes& wishes() const { return wishes_; }

 private:
  void refresh();
  std::filesystem::path file_;
  std::string text_{};
  Wishes wishes_{};
  unsigned count_ = 0;
};

}  // namespace sealferry::card
