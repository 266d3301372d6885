// SPDX-License-Identifier: Apache-2.0
#include "key_news.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/log.h"

namespace sealferry::app {
namespace {

using namespace std::chrono_literals;

/// Drivers that nothing watches are asked this often, and only while a page listens.
constexpr auto pollInterval = 1500ms;

/// After news the drivers are asked at once and, as some of them lag behind the reader service, a few times more.
constexpr std::array<std::chrono::milliseconds, 5> looksAfterNews{0ms, 100ms, 300ms, 1000ms, 2500ms};

/// What can tell of this driver's keys; nothing: it has to be asked now and then. A driver that does not load is not
/// asked: it has no keys, and whoever wants one will hear why.
std::optional<token::ModuleSetting> sourceFor(const operation::KeyRing::ModuleState& module) {
  if (module.events == "pcsc") return token::ModuleSetting{"pcsc", {}};
  if (module.events == "module") return token::ModuleSetting{module.kind, module.path};
  if (module.events == "auto" && module.info && module.info->usesReaderService) return token::ModuleSetting{"pcsc", {}};
  return std::nullopt;
}

}  // namespace

KeyNews::KeyNews(operation::Context& context, MakeWatch makeWatch, std::function<void()> wake)
    : context_(context), makeWatch_(std::move(makeWatch)), wake_(std::move(wake)) {}

KeyNews::~KeyNews() { end(); }

void KeyNews::listen(bool wanted) {
  if (wanted == listening_) return;
  listening_ = wanted;
  if (wanted)
    begin();
  else
    end();
}

void KeyNews::begin() {
  polls_ = looked_ = false;
  std::vector<token::ModuleSetting> sources;
  for (const auto& module : context_.keys.modules()) {
    const auto source = sourceFor(module);
    if (!source)
      polls_ = polls_ || module.info.has_value();
    else if (std::ranges::find(sources, source->path, &token::ModuleSetting::path) == sources.end())
      sources.push_back(*source);
  }
  for (const auto& source : sources) watches_.push_back(makeWatch_(source));
  planned_ = {Clock::now()};
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
}

/// The waiting thread: sleeps in poll() until a watch has something to say.
void KeyNews::wait() {
  for (;;) {
    std::vector<pollfd> all{{stop_.descriptor(), POLLIN, 0}};
    for (const auto& watch : watches_) all.push_back({watch->descriptor(), POLLIN, 0});
    if (::poll(all.data(), all.size(), -1) < 0 && errno != EINTR) return;
    if (all[0].revents != 0) return;
    for (std::size_t i = watches_.size(); i-- > 0;)
      if (all[i + 1].revents != 0) note(i, watches_[i]->take());
  }
}

void KeyNews::note(std::size_t watch, token::News news) {
  if (news == token::News::none) return;
  if (news == token::News::ended) {
    log::write(log::Level::warning, "a watch for keys has ended; drivers are asked now and then");
    watches_.erase(watches_.begin() + static_cast<std::ptrdiff_t>(watch));
  }
  {
    const std::lock_guard lock(guard_);
    woken_ = true;
    lost_ = lost_ || news == token::News::lost;
    blind_ = blind_ || news == token::News::ended;
  }
  wake_();
}

/// Takes over what the waiting thread noted.
void KeyNews::planLooks() {
  const std::lock_guard lock(guard_);
  polls_ = polls_ || blind_;
  if (std::exchange(woken_, false)) {
    planned_.clear();
    for (const auto after : looksAfterNews) planned_.insert(planned_.begin(), Clock::now() + after);
  }
  if (polls_ && !nextPoll_) nextPoll_ = Clock::now() + pollInterval;
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
  if (polls_) nextPoll_ = began + pollInterval;
  bool lost = false;
  {
    const std::lock_guard lock(guard_);
    lost = std::exchange(lost_, false);
  }
  if (lost) {  // drivers keep a connection that leads nowhere
    context_.errands.end();
    context_.keys.reload();
  }
  const auto keys = context_.keys.keys();
  Changes changes;
  if (!keys) return changes;
  std::map<std::string, std::string> now;
  for (const auto& found : *keys) now[found.info.serial] = found.info.label;
  if (looked_) {
    for (const auto& [serial, label] : now)
      if (!seen_.contains(serial)) changes.inserted[serial] = label;
    for (const auto& [serial, label] : seen_)
      if (!now.contains(serial)) changes.removed.push_back(serial);
  }
  seen_ = std::move(now);
  looked_ = true;
  letGoOf(changes.removed);
  return changes;
}

/// Drivers, and libp11, do not always find a key again that was pulled: unless one of them is in the middle of an
/// order, they are loaded anew.
void KeyNews::letGoOf(const std::vector<std::string>& removed) {
  for (const auto& serial : removed) context_.errands.endIfOn(serial);
  if (!removed.empty() && !context_.errands.until()) context_.keys.reload();
}

}  // namespace sealferry::app
