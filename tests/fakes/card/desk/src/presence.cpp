// SPDX-License-Identifier: Apache-2.0
#include "presence.h"

#include <winscard.h>

namespace sealferry::desk {
namespace {

using Clock = std::chrono::steady_clock;

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

}  // namespace

bool awaitCard(const std::string& reader, bool present, std::chrono::milliseconds most) {
  const auto end = Clock::now() + most;
  const Context context;
  SCARD_READERSTATE state{};
  state.szReader = reader.c_str();
  state.dwCurrentState = SCARD_STATE_UNAWARE;
  while (context.good()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    if (SCardGetStatusChange(context.handle(), static_cast<DWORD>(left), &state, 1) != SCARD_S_SUCCESS) return false;
    const bool there = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
    const bool mute = (state.dwEventState & SCARD_STATE_MUTE) != 0;
    if (there == present && !(there && mute)) return true;
    state.dwCurrentState = state.dwEventState;
  }
  return false;
}

}  // namespace sealferry::desk
