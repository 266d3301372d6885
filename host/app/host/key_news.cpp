// SPDX-License-Identifier: Apache-2.0
#include "key_news.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/log.h"

namespace sealferry::app {
namespace {

using namespace std::chrono_literals;

/// Drivers that nothing watches are asked this often, and only while a page listens.
constexpr auto pollInterval = 1500ms;

/// The wait of a driver that nobody has vouched for (events: auto) may be one that never ends: until it has told
/// something, the drivers are asked as often as this besides. So are those that failed, now or when the page began to
/// listen.
constexpr auto doubtInterval = 6s;

/// After news the drivers are asked at once and, as some of them lag behind the reader service, a few times more.
constexpr std::array<std::chrono::milliseconds, 5> looksAfterNews{0ms, 100ms, 300ms, 1000ms, 2500ms};

/// What can tell of this driver's keys; nothing: it has to be asked now and then. One that is not installed has no
/// keys, and whoever wants one will hear why.
std::optional<token::ModuleSetting> sourceFor(const operation::KeyRing::ModuleState& module) {
  const token::ModuleSetting readers{"pcsc", {}}, own{module.kind, module.path, module.options};
  if (module.events == "pcsc") return readers;
  if (module.events == "module") return own;
  if (module.events != "auto" || !module.info) return std::nullopt;
  if (module.info->usesReaderService) return readers;
  return module.kind == "skf" ? std::optional(own) : std::nullopt;
}

bool isInstalled(const Result<token::ModuleInfo>& module) {
  return module || module.error().code != ErrorCode::no_driver;
}

KeyNews::Sticks sticksIn(const operation::KeyRing::Listing& listing) {
  KeyNews::Sticks sticks;
  for (const auto& found : listing.keys) {
    auto& stick = sticks[found.info.serial];
    stick.label = found.info.label;
    stick.drivers[found.driver] = found.info.serial;
    for (const auto& other : found.also) stick.drivers[other.driver] = other.info.serial;
  }
  return sticks;
}

/// Drivers that are there and did not answer.
std::set<std::string> silentIn(const operation::KeyRing::Listing& listing) {
  std::set<std::string> silent;
  for (const auto& failure : listing.failures)
    if (failure.error.code != ErrorCode::no_driver) silent.insert(failure.driver);
  return silent;
}

/// A driver and the serial number it tells.
using Telling = std::pair<const std::string, std::string>;

bool isTold(const Telling& one, const KeyNews::Sticks& now) {
  return std::ranges::any_of(now, [&](const auto& told) {
    const auto found = told.second.drivers.find(one.first);
    return found != told.second.drivers.end() && found->second == one.second;
  });
}

/// Of a stick that is no longer told of under the serial number it was.
bool hasGone(const KeyNews::Stick& stick, const std::set<std::string>& silent, const KeyNews::Sticks& now) {
  const auto isSilent = [&](const Telling& one) { return silent.contains(one.first); };
  return std::ranges::none_of(stick.drivers, isSilent) ||
         !std::ranges::all_of(stick.drivers, [&](const Telling& one) { return isSilent(one) || isTold(one, now); });
}

/// Of one that has gone: all drivers that told of it still do, so that it is the number alone that has; a driver that
/// saw the stick later is used instead.
bool isStillThere(const KeyNews::Stick& stick, const KeyNews::Sticks& now) {
  return std::ranges::all_of(stick.drivers, [&](const Telling& one) { return isTold(one, now); });
}

bool isDoubted(const operation::KeyRing::ModuleState& module, const token::ModuleSetting& source) {
  return module.events == "auto" && source.kind != "pcsc";
}

}  // namespace

KeyNews::KeyNews(operation::Context& context, MakeWatch makeWatch, std::function<void()> wake)
    : context_(context), makeWatch_(std::move(makeWatch)), wake_(std::move(wake)) {}

KeyNews::~KeyNews() { end(); }

bool KeyNews::listen(bool wanted) {
  if (wanted == listening_) return false;
  listening_ = wanted;
  wanted ? begin() : end();
  return wanted;
}

void KeyNews::begin() {
  polls_ = looked_ = failing_ = unwatched_ = false;
  struct Source {
    token::ModuleSetting setting;
    bool doubted;
  };
  std::vector<Source> sources;
  for (const auto& module : context_.keys.modules()) {
    const auto source = sourceFor(module);
    if (!source) {
      polls_ = polls_ || module.info;
      unwatched_ = unwatched_ || (!module.info && isInstalled(module.info));
    } else if (std::ranges::none_of(sources, [&](const auto& one) { return one.setting.path == source->path; })) {
      sources.push_back({*source, isDoubted(module, *source)});
    }
  }
  for (const auto& source : sources) watches_.push_back({makeWatch_(source.setting), source.doubted, false});
  doubted_ = static_cast<unsigned>(std::ranges::count_if(watches_, &Watching::doubted));
  if (!watches_.empty()) waiting_ = std::thread([this] { wait(); });
}

void KeyNews::end() {
  if (waiting_.joinable()) {
    stop_.signal();
    waiting_.join();
    stop_.clear();
  }
  watches_.clear();
  planned_.clear();
  nextPoll_.reset();
  woken_ = lost_ = blind_ = false;
  doubted_ = 0;
}

/// The waiting thread: sleeps in poll() until a watch has something to say.
void KeyNews::wait() {
  for (;;) {
    std::vector<pollfd> all{{stop_.descriptor(), POLLIN, 0}};
    for (const auto& watch : watches_) all.push_back({watch.events->descriptor(), POLLIN, 0});
    if (::poll(all.data(), all.size(), -1) < 0 && errno != EINTR) return;
    if (all[0].revents != 0) return;
    for (std::size_t i = watches_.size(); i-- > 0;)
      if (all[i + 1].revents != 0) note(i, watches_[i].events->take());
  }
}

void KeyNews::note(std::size_t watch, token::News news) {
  if (news == token::News::none) return;
  // The first word only says that it has begun; the second one proves it.
  const bool proves = watches_[watch].doubted && std::exchange(watches_[watch].greeted, true);
  const bool settled = watches_[watch].doubted && (proves || news == token::News::ended);
  if (settled) watches_[watch].doubted = false;
  if (news == token::News::ended) {
    log::write(log::Level::warning, "a watch for keys has ended; drivers are asked now and then");
    watches_.erase(watches_.begin() + static_cast<std::ptrdiff_t>(watch));
  }
  {
    const std::lock_guard lock(guard_);
    woken_ = true;
    if (settled) --doubted_;
    lost_ = lost_ || news == token::News::lost;
    blind_ = blind_ || news == token::News::ended;
  }
  wake_();
}

/// Takes over what the waiting thread noted.
void KeyNews::planLooks() {
  const std::lock_guard lock(guard_);
  if (blind_ && !std::exchange(polls_, true)) nextPoll_.reset();
  if (std::exchange(woken_, false)) {
    news_ = true;
    planned_.clear();
    for (const auto after : looksAfterNews) planned_.insert(planned_.begin(), Clock::now() + after);
  }
  const auto next = nextLook(Clock::now());
  if (!next || !nextPoll_) nextPoll_ = next;
}

/// When drivers are asked although nothing has woken us; under the guard.
std::optional<KeyNews::Clock::time_point> KeyNews::nextLook(Clock::time_point from) const {
  if (polls_) return from + pollInterval;
  if (failing_ || unwatched_ || doubted_ > 0) return from + doubtInterval;
  return std::nullopt;
}

std::optional<KeyNews::Clock::time_point> KeyNews::due() {
  if (!listening_) return std::nullopt;
  planLooks();
  auto next = nextPoll_;
  if (!planned_.empty()) next = std::min(planned_.back(), next.value_or(Clock::time_point::max()));
  return next;
}

KeyNews::Changes KeyNews::look() {
  const auto began = Clock::now();
  while (!planned_.empty() && planned_.back() <= began) planned_.pop_back();
  bool lost = false;
  {
    const std::lock_guard lock(guard_);
    lost = std::exchange(lost_, false);
  }
  if (lost) {  // drivers keep a connection that leads nowhere
    context_.errands.end();
    context_.keys.reload();
  }
  if (std::exchange(news_, false)) context_.keys.askCrashedAgain();
  auto listing = context_.keys.list();
  // Drivers are asked one after the other: those that were asked before the stick was plugged in would not be known to
  // see it, and it would be told by the number of a driver that is not used.
  if (looked_ && bringsNew(listing)) listing = context_.keys.list();
  const auto changes = compare(listing);
  {
    const std::lock_guard lock(guard_);
    if (nextPoll_) nextPoll_ = nextLook(began);
  }
  letGoOf(changes.pulled);
  return changes;
}

bool KeyNews::bringsNew(const operation::KeyRing::Listing& listing) const {
  return !std::ranges::all_of(listing.keys, [&](const auto& found) {
    return isTold({found.driver, found.info.serial}, seen_);
  });
}

/// Keys of a driver that does not answer just now are not known to have gone, unless a further one says so: they stay
/// as they were seen.
KeyNews::Changes KeyNews::compare(const operation::KeyRing::Listing& listing) {
  const auto silent = silentIn(listing);
  failing_ = !silent.empty();
  auto now = sticksIn(listing);
  Changes changes;
  for (const auto& [serial, stick] : seen_) {
    if (now.contains(serial)) continue;
    if (hasGone(stick, silent, now)) {
      changes.removed.push_back(serial);
      if (!isStillThere(stick, now)) changes.pulled.push_back(serial);
      continue;
    }
    for (const auto& [driver, other] : stick.drivers) now.erase(other);  // as a further driver still tells it
    now[serial] = stick;
  }
  for (const auto& [serial, stick] : now)
    if (!seen_.contains(serial)) changes.inserted[serial] = stick.label;
  seen_ = std::move(now);
  return std::exchange(looked_, true) ? changes : Changes{};
}

/// Drivers, and libp11, do not always find a key again that was pulled: unless one of them is in the middle of an
/// order, they are loaded anew.
void KeyNews::letGoOf(const std::vector<std::string>& pulled) {
  for (const auto& serial : pulled) context_.errands.endIfOn(serial);
  if (!pulled.empty() && !context_.errands.until()) context_.keys.loadAnew();
}

}  // namespace sealferry::app
