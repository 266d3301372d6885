// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace sealferry::prompt {

/// Ends a wait early: readable once the window should close (the request was cancelled, the browser went away).
struct Stop {
  int descriptor = -1;
};

/// Texts are plain UTF-8 and already made safe (words.h); line breaks are ours alone.
struct Question {
  std::string title, text;
  std::string accept, refuse;  ///< labels of the two buttons
};
struct PinQuestion {
  std::string title, text, label;
  std::string error;           ///< shown in the window's error colour: what was wrong with the last try
  std::string repeat;          ///< label of a second field that must be the same; empty for none
  std::string accept, refuse;  ///< labels of the two buttons
};

/// A native window over the browser. `cancelled` if the user closed it or `stop` fired, `timed_out` after two minutes,
/// `prompt_missing` if no window can be shown.
class Window {
 public:
  virtual ~Window() = default;
  virtual Result<bool> confirm(const Question& question, Stop stop) = 0;
  virtual Result<Secret> askPin(const PinQuestion& question, Stop stop) = 0;
};

/// pinentry, spoken to in Assuan. `setting` is "auto" or an absolute path (policy `pinPrompt`).
std::unique_ptr<Window> pinentryWindow(const std::string& setting);

#if SEALFERRY_DEV
/// Answers by itself from a file: one line an answer, "pin 123456", "accept", "refuse", "cancel", "wait" (until
/// stopped). The line is consumed; "…" + ".log" gets the text of every question asked, never the answer.
std::unique_ptr<Window> scriptedWindow(const std::filesystem::path& script);
#endif

}  // namespace sealferry::prompt
