// SPDX-License-Identifier: Apache-2.0
#include "watch.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

namespace sealferry::token::skf {

struct Watch::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, unsigned> removals, owed;
  bool ending = false, ended = false;
};

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t inserted = 1, removed = 2;

/// Events come in order: after an insertion no removal of before is outstanding.
template <class State>
void take(State& state, const std::string& name, std::uint64_t event) {
  auto& owed = state.owed[name];
  if (event == inserted) owed = 0;
  if (event == removed && owed == 0) ++state.removals[name];
  if (event == removed && owed > 0) --owed;
}

template <class State>
void listen(const Library& library, const std::shared_ptr<State>& state) {
  std::array<char, 512> name{};
  unsigned failures = 0;
  while (true) {
    auto size = library.number(name.size() - 1);
    auto event = library.number();
    const auto happened = library.call("SKF_WaitForDevEvent", name.data(), &size, &event);
    const std::lock_guard lock(state->mutex);
    if (state->ending) break;
    // A library that answers at once without any event would keep the processor busy.
    if (!happened && ++failures > 3) break;
    if (happened) take(*state, name.data(), event.value());
    name.fill(0);
  }
  const std::lock_guard lock(state->mutex);
  state->ended = true;
  state->changed.notify_all();
}

}  // namespace

Watch::Watch(std::shared_ptr<const Library> library) : library_(std::move(library)), state_(std::make_shared<State>()) {
  if (!library_->has("SKF_WaitForDevEvent") || !library_->has("SKF_CancelWaitForDevEvent")) {
    state_->ended = true;
    return;
  }
  thread_ = std::thread([library = library_, state = state_] { listen(*library, state); });
}

/// A library that does not let go of the thread keeps it: the process ends soon.
Watch::~Watch() {
  std::unique_lock lock(state_->mutex);
  state_->ending = true;
  for (int i = 0; i < 20 && !state_->ended; ++i) {
    lock.unlock();
    (void)library_->call("SKF_CancelWaitForDevEvent");
    lock.lock();
    state_->changed.wait_for(lock, 50ms, [&] { return state_->ended; });
  }
  if (!thread_.joinable()) return;
  const bool ended = state_->ended;
  lock.unlock();
  // Joined where that can be: a thread that ends while the process does would meet libraries that have gone already.
  if (ended)
    thread_.join();
  else
    thread_.detach();
}

unsigned Watch::removals(const std::string& name) const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->removals.find(name);
  return found == state_->removals.end() ? 0 : found->second;
}

void Watch::foundGone(const std::string& name, unsigned seen) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->ended && state_->removals[name] == seen) state_->owed[name] = 1;
}

}  // namespace sealferry::token::skf
