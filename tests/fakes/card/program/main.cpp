// SPDX-License-Identifier: Apache-2.0
// sealferry-card --port N --state FILE [--control FILE] [--log FILE]: a USB-KEY made of software, plugged into vpcd's
// reader at that port for as long as the program runs. Its end, also by SIGKILL, is the key being pulled.
// sealferry-card --show FILE: the counters of a key's PIN and PUK, its files and their sizes.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <thread>

#include "card/card.h"
#include "card/control.h"
#include "card/link.h"

namespace {

using namespace sealferry;
using namespace sealferry::card;
namespace fs = std::filesystem;

constexpr int exitUsage = 64, exitUnplugged = 3, exitNoReader = 4;

/// The card's memory in a file. A test may put another file in its place between two commands: that is another card.
class Store {
 public:
  explicit Store(fs::path file) : file_(std::move(file)) {}
  State load() {
    auto state = loadState(file_);
    number_ = number();
    return state ? std::move(*state) : State{};
  }
  void save(const State& state) {
    if (!saveState(state, file_)) std::exit(1);
    number_ = number();
  }
  bool replaced() const { return number() != number_; }

 private:
  ino_t number() const {
    struct stat facts {};
    return stat(file_.c_str(), &facts) == 0 ? facts.st_ino : 0;
  }
  fs::path file_;
  ino_t number_ = 0;
};

/// One line a command, nothing but its number: data may be a PIN.
class Log {
 public:
  explicit Log(const std::string& file)
      : file_(file.empty() ? -1 : open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  void write(std::uint8_t ins) const {
    const auto line = toHex(ByteView(&ins, 1)) + "\n";
    if (file_ >= 0) (void)!::write(file_, line.data(), line.size());
  }

 private:
  int file_;
};

class Reader {
 public:
  Reader(Link link, Store store, Control control, const Log& log)
      : link_(std::move(link)), store_(std::move(store)), control_(std::move(control)), log_(log) {}

  int run() {
    while (const auto frame = link_.receive()) {
      if (frame->size() == 1) {
        controlByte(frame->front());
      } else if (!exchange(*frame)) {
        return exitUnplugged;
      }
    }
    return 0;
  }

 private:
  /// 0 power off, 1 power on, 2 reset, 4 the answer to reset is wanted.
  void controlByte(std::uint8_t what) {
    if (what == 4) link_.send(Card::answerToReset());
    if (what <= 2) card_.reset();
  }

  bool exchange(ByteView frame) {
    const auto ins = frame.size() > 1 ? frame[1] : std::uint8_t{0};
    const auto unplug = control_.enter(ins);
    log_.write(ins);
    if (unplug == Wishes::Moment::before) return false;
    if (store_.replaced()) card_.replaceState(store_.load());
    card_.limitMemory(control_.wishes().limit);
    std::this_thread::sleep_for(control_.wishes().delay);
    const auto answer = card_.answer(frame);
    return unplug != Wishes::Moment::after && link_.send(answer);
  }

  Link link_;
  Store store_;
  Control control_;
  const Log& log_;
  Card card_{store_.load(), [this](const State& state) { store_.save(state); }};
};

int show(const std::string& file) {
  const auto state = loadState(file);
  if (!state) return 1;
  const auto print = [](const char* name, const Reference& one) {
    std::printf("%s tries %u presented %llu wrong %llu\n", name, one.triesLeft,
                static_cast<unsigned long long>(one.presented), static_cast<unsigned long long>(one.wrong));
  };
  print("pin", state->pin);
  print("puk", state->puk);
  std::printf("bytes %llu\n", static_cast<unsigned long long>(state->bytesInFiles()));
  for (const auto& [path, kept] : state->files) {
    std::printf("file 3f00");
    for (const auto id : path) std::printf("/%04x", static_cast<unsigned>(id));
    std::printf(" %zu\n", kept.content.size());
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::map<std::string, std::string> options;
  for (int i = 1; i + 1 < count; i += 2) options[arguments[i]] = arguments[i + 1];
  if (options.contains("--show")) return show(options["--show"]);
  std::uint16_t port = 0;
  const auto& digits = options["--port"];
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (port == 0 || options["--state"].empty()) {
    std::fputs("usage: sealferry-card --port N --state FILE [--control FILE] [--log FILE] | --show FILE\n", stderr);
    return exitUsage;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // the key goes with the test that plugged it in
  auto link = Link::connect(port);
  if (!link) return exitNoReader;
  const Log log(options["--log"]);
  return Reader(std::move(*link), Store(options["--state"]), Control(options["--control"]), log).run();
}
