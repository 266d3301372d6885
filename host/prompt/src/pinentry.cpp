// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <initializer_list>

#include "assuan.h"
#include "prompt/window.h"

namespace sealferry::prompt {
namespace {

constexpr std::string_view windowSeconds = "120";

class Pinentry : public Window {
 public:
  explicit Pinentry(std::string setting) : setting_(std::move(setting)) {}

  Result<bool> confirm(const Question& question, Stop stop) override {
    auto window = open(question.title, question.text, stop);
    if (!window) return passOn(window);
    if (auto set = say(*window, stop, {{"SETOK ", question.accept}, {"SETCANCEL ", question.refuse}}); !set)
      return passOn(set);
    const auto answer = window->command("CONFIRM", stop);
    if (answer) return true;
    // Closing the window and choosing the second button are one answer: no.
    if (answer.error().code == ErrorCode::cancelled && answer.error().native != 0) return false;
    return passOn(answer);
  }

  Result<Secret> askPin(const PinQuestion& question, Stop stop) override {
    auto window = open(question.title, question.text, stop);
    if (!window) return passOn(window);
    if (auto set = say(*window, stop,
                       {{"SETPROMPT ", question.label},
                        {"SETERROR ", question.error},
                        {"SETREPEAT ", question.repeat},
                        {"SETOK ", question.accept},
                        {"SETCANCEL ", question.refuse}});
        !set)
      return passOn(set);
    return window->command("GETPIN", stop);
  }

 private:
  struct Line {
    std::string_view command;
    const std::string& text;
  };

  /// Commands with an empty text are left out. Only GETPIN and CONFIRM may fail for the user's sake.
  static Result<void> say(Assuan& window, Stop stop, std::initializer_list<Line> lines) {
    for (const auto& [command, text] : lines) {
      if (text.empty()) continue;
      const auto answer = window.command(std::string(command) + assuanEscape(text), stop);
      if (!answer && answer.error().code == ErrorCode::cancelled) return passOn(answer);
    }
    return {};
  }

  /// Never curses: the host has no terminal, and one found by accident would not be the user's.
  static std::string findProgram() {
    for (const auto* name : {"/usr/bin/pinentry-qt", "/usr/bin/pinentry-gtk-2", "/usr/bin/pinentry-gnome3"})
      if (::access(name, X_OK) == 0) return name;
    return {};
  }

  Result<Assuan> open(const std::string& title, const std::string& text, Stop stop) const {
    const auto program = setting_ == "auto" ? findProgram() : setting_;
    if (program.empty()) return fail(ErrorCode::prompt_missing, "findProgram");
    auto window = Assuan::start(program, stop);
    if (!window) return window;
    const char* display = std::getenv("DISPLAY");
    const std::string lcType = "zh_CN.UTF-8";
    const std::string timeout(windowSeconds);
    if (display != nullptr) window->command("OPTION display=" + assuanEscape(display), stop);
    if (auto set =
            say(*window, stop,
                {{"OPTION lc-ctype=", lcType}, {"SETTIMEOUT ", timeout}, {"SETTITLE ", title}, {"SETDESC ", text}});
        !set)
      return tl::unexpected<Error>(set.error());
    return window;
  }

  std::string setting_;
};

}  // namespace

std::unique_ptr<Window> pinentryWindow(const std::string& setting) { return std::make_unique<Pinentry>(setting); }

}  // namespace sealferry::prompt
