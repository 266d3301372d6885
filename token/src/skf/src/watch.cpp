// SPDX-License-Identifier: Apache-2.0
#include "watch.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

#include "device_events.h"

namespace sealferry::token::skf {

struct Watch::State {
  struct Key {
    unsigned removals = 0, owed = 0;
    bool away = false;  ///< the last event said so
  };
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, Key> keys;
  bool ending = false, ended = false;
};

namespace {

using namespace std::chrono_literals;

/// Events come in order: after an insertion no removal of before is outstanding, and without one between them a second
/// removal is none.
template <class State>
void take(State& state, const DeviceEvent& event) {
  auto& key = state.keys[event.name];
  if (!event.removal) {
    key.owed = 0;
    key.away = false;
  } else if (key.owed > 0) {
    --key.owed;
    key.away = true;
  } else if (!std::exchange(key.away, true)) {
    ++key.removals;
  }
}

template <class State>
void listen(const Library& library, const std::shared_ptr<State>& state) {
  DeviceEvents events(library);
  const auto ends = [&] {
    const std::lock_guard lock(state->mutex);
    return state->ending;
  };
  while (const auto event = events.next(ends)) {
    const std::lock_guard lock(state->mutex);
    take(*state, *event);
  }
  const std::lock_guard lock(state->mutex);
  state->ended = true;
  state->changed.notify_all();
}

}  // namespace

Watch::Watch(std::shared_ptr<const Library> library) : library_(std::move(library)), state_(std::make_shared<State>()) {
  if (!library_->setting().events || !library_->has("SKF_WaitForDevEvent") ||
      !library_->has("SKF_CancelWaitForDevEvent")) {
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
  const auto found = state_->keys.find(name);
  return found == state_->keys.end() ? 0 : found->second.removals;
}

void Watch::foundGone(const std::string& name, unsigned seen) {
  const std::lock_guard lock(state_->mutex);
  if (auto& key = state_->keys[name]; !state_->ended && key.removals == seen) key.owed = 1;
}

bool Watch::listens() const {
  const std::lock_guard lock(state_->mutex);
  return !state_->ended;
}

}  // namespace sealferry::token::skf
