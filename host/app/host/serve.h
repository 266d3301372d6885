// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "key_news.h"
#include "operation/call.h"
#include "service.h"
#include "wire/messages.h"

namespace sealferry::app {

/// Serves one connection: one thread reads, so that `cancel` and the end of input are seen while a window is open;
/// another carries requests out in their order.
class Serve {
 public:
  explicit Serve(Service service);
  /// Until the other side closes, or sends what is no frame. The exit status: 0 for an ordinary end.
  int run();

 private:
  struct Waiting {
    wire::Request request;
    std::shared_ptr<Closing> stop;
  };

  int readAll();
  void accept(const std::string& text);
  void cancel(const wire::Request& request);
  void stopAll();

  void work();
  std::optional<Waiting> next();
  void listen();
  void tend();
  std::optional<KeyNews::Clock::time_point> nextDuty();
  void answer(const Waiting& waiting);
  operation::Listener listenerFor(const wire::RequestId& id);
  void tellOfKeys();
  void send(const std::string& text);

  Service service_;
  std::mutex guard_;  ///< of the queue
  std::condition_variable changed_, idle_;
  std::deque<Waiting> queue_;
  std::map<std::string, std::shared_ptr<Closing>> stops_;  ///< of requests not answered yet, by origin and id
  bool busy_ = false;                                      ///< a request is being carried out
  bool ending_ = false;
  std::mutex output_;
  bool woken_ = false;  ///< by the key news
  KeyNews news_;        ///< ends before what it wakes
};

}  // namespace sealferry::app
