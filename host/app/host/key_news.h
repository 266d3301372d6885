// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "service.h"
#include "token/watch.h"

namespace sealferry::app {

/// Tells of keys that came and went, while somebody listens. What watches (token/watch.h) wakes us; drivers that
/// nothing watches are asked now and then. A thread of our own waits at the watches; everything else is called by one
/// thread, the one that works with keys, when it has nothing else to do.
class KeyNews {
 public:
  using Clock = std::chrono::steady_clock;
  using MakeWatch = std::function<std::unique_ptr<token::Watch>(const token::ModuleSetting& source)>;

  /// `wake` is called, from another thread, when there is reason to look.
  KeyNews(operation::Context& context, MakeWatch makeWatch, std::function<void()> wake);
  ~KeyNews();
  KeyNews(const KeyNews&) = delete;
  KeyNews& operator=(const KeyNews&) = delete;

  /// True when it has just begun: then look() has to be called once, for later looks to be compared with.
  bool listen(bool wanted);
  /// When to look again, if nothing wakes us before; nothing: not at all.
  std::optional<Clock::time_point> due();

  struct Changes {
    std::map<std::string, std::string> inserted;  ///< serial to label
    std::vector<std::string> removed;             ///< serials
    std::vector<std::string> pulled;  ///< those of them whose stick has gone; the others are told by another number now
  };
  /// A key as it was seen: each driver that tells of it, with the serial number it tells.
  struct Stick {
    std::string label;
    std::map<std::string, std::string> drivers;
  };
  using Sticks = std::map<std::string, Stick>;  ///< by serial number

  /// What is different from when it was looked last. The first look after listen() finds nothing.
  Changes look();

 private:
  struct Watching {
    std::unique_ptr<token::Watch> events;
    bool doubted = false, greeted = false;
  };
  void begin();
  void end();
  void wait();
  void note(std::size_t watch, token::News news);
  void planLooks();
  std::optional<Clock::time_point> nextLook(Clock::time_point from) const;
  bool bringsNew(const operation::KeyRing::Listing& listing) const;
  Changes compare(const operation::KeyRing::Listing& listing);
  void letGoOf(const std::vector<std::string>& pulled);

  operation::Context& context_;
  MakeWatch makeWatch_;
  std::function<void()> wake_;

  bool listening_ = false, polls_ = false, looked_ = false;
  bool news_ = false;       ///< something has happened since the last look
  bool failing_ = false;    ///< a driver did not answer at the last look: it is asked again, if not so often
  bool unwatched_ = false;  ///< one had failed when the page began to listen, so that nothing watches it
  Sticks seen_;             ///< what was plugged in when we looked last
  std::vector<Clock::time_point> planned_;  ///< looks that follow news, as drivers lag behind; latest first
  std::optional<Clock::time_point> nextPoll_{};

  std::vector<Watching> watches_;  ///< the waiting thread's, while there is one
  Closing stop_;
  std::thread waiting_;
  std::mutex guard_;                                   ///< of the four below
  bool woken_ = false, lost_ = false, blind_ = false;  ///< news to look after; drivers to load anew; a watch ended
  unsigned doubted_ = 0;                               ///< watches that have yet to prove themselves
};

}  // namespace sealferry::app
