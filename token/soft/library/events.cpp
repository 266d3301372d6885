// SPDX-License-Identifier: Apache-2.0
#include "events.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <mutex>

#include "handles.h"

namespace sealferry::softkey {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int handle) : handle_(handle) {}
  ~Descriptor() {
    if (handle_ >= 0) close(handle_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return handle_; }

 private:
  int handle_;
};

/// Readable once somebody wants the waiting to end. Never destroyed.
int cancelSignal() {
  static const int signal = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return signal;
}

using Present = std::map<std::string, Insertion>;

/// What was there when the last event was answered.
struct Known {
  std::mutex mutex;
  bool begun = false;
  Present present;
};
Known& known() {
  static auto& only = *std::make_unique<Known>().release();
  return only;
}

Present presentNow() {
  Present present;
  for (const auto& folder : keyFolders()) {
    const Device device(folder);
    const auto facts = device.facts();
    const auto insertion = device.insertion();
    if (facts && insertion) present[facts->serial] = *insertion;
  }
  return present;
}

/// The first difference, taken over into what is known; one that was pulled and put back counts as gone first.
std::optional<Event> difference(Present& before, const Present& now) {
  for (const auto& [name, insertion] : before) {
    const auto found = now.find(name);
    if (found != now.end() && found->second == insertion) continue;
    const Event event{name, false};
    before.erase(name);
    return event;
  }
  for (const auto& [name, insertion] : now)
    if (!before.contains(name)) {
      before[name] = insertion;
      return Event{name, true};
    }
  return std::nullopt;
}

std::optional<Event> nextEvent() {
  const std::lock_guard lock(known().mutex);
  auto now = presentNow();
  if (!known().begun) {
    known().begun = true;
    known().present = std::move(now);
    return std::nullopt;
  }
  return difference(known().present, now);
}

/// Whoever waits next has not seen what was there before.
void forget() {
  const std::lock_guard lock(known().mutex);
  known().begun = false;
}

void watchFolders(int watch) {
  constexpr std::uint32_t changes = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF;
  for (const auto& folder : keyFolders()) {
    inotify_add_watch(watch, folder.c_str(), changes);
    inotify_add_watch(watch, folder.parent_path().c_str(), changes);
  }
}

/// Sleeps until something changes in the folders; false if it was cancelled.
bool sleepOn(int watch) {
  pollfd waits[]{{watch, POLLIN, 0}, {cancelSignal(), POLLIN, 0}};
  while (poll(waits, 2, -1) < 0)
    if (errno != EINTR) return false;
  std::uint64_t taken = 0;
  if (waits[1].revents != 0 && ::read(cancelSignal(), &taken, sizeof taken) > 0) return false;
  char events[4096];
  return read(watch, events, sizeof events) > 0;
}

}  // namespace

Outcome<Event> waitForEvent() {
  const Descriptor watch(inotify_init1(IN_CLOEXEC));
  if (watch.get() < 0) return refuse(Status::fail);
  while (true) {
    watchFolders(watch.get());  // before looking, so that nothing falls between
    if (auto event = nextEvent()) return *event;
    if (sleepOn(watch.get())) continue;
    forget();  // again: this thread may have looked after cancelWait() did
    return refuse(Status::notEvent);
  }
}

void cancelWait() {
  forget();
  const std::uint64_t one = 1;
  (void)!::write(cancelSignal(), &one, sizeof one);
}

}  // namespace sealferry::softkey
