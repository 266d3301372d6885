// SPDX-License-Identifier: Apache-2.0
#include "presence.h"

#include <winscard.h>

#include <thread>

namespace sealferry::desk {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

class Context {
 public:
  Context() : good_(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle_) == SCARD_S_SUCCESS) {}
  ~Context() {
    if (good_) SCardReleaseContext(handle_);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  bool good() const { return good_; }
  SCARDCONTEXT handle() const { return handle_; }

 private:
  SCARDCONTEXT handle_{};
  bool good_;
};

long left(Clock::time_point end) {
  return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count());
}

/// False as well when the service lets go of us.
bool awaitThrough(const Context& context, const std::string& reader, bool present, Clock::time_point end) {
  SCARD_READERSTATE state{};
  state.szReader = reader.c_str();
  state.dwCurrentState = SCARD_STATE_UNAWARE;
  while (context.good() && left(end) > 0) {
    const auto patience = static_cast<DWORD>(left(end));
    if (SCardGetStatusChange(context.handle(), patience, &state, 1) != SCARD_S_SUCCESS) return false;
    const bool there = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
    const bool mute = (state.dwEventState & SCARD_STATE_MUTE) != 0;
    if (there == present && !(there && mute)) return true;
    state.dwCurrentState = state.dwEventState;
  }
  return false;
}

}  // namespace

/// A service that has just come up may refuse, or answer too late for the library's two seconds, on a busy machine.
bool awaitCard(const std::string& reader, bool present, std::chrono::milliseconds most) {
  const auto end = Clock::now() + most;
  while (!awaitThrough(Context{}, reader, present, end)) {
    if (left(end) <= 0) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

}  // namespace sealferry::desk
