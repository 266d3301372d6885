// SPDX-License-Identifier: Apache-2.0
#include "serve.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/log.h"
#include "operation/dispatch.h"
#include "wire/answers.h"
#include "wire/frame.h"
#include "wire/request.h"

namespace sealferry::app {
namespace {

constexpr std::size_t mostWaiting = 256;
constexpr auto lastAnswers = std::chrono::milliseconds(500);

std::string stopKey(const std::string& origin, const wire::RequestId& id) { return origin + '\n' + id; }

}  // namespace

Serve::Serve(Service service)
    : service_(std::move(service)), news_(service_.context, service_.makeWatch, [this] {
        const std::lock_guard lock(guard_);
        woken_ = true;
        changed_.notify_one();
      }) {}

int Serve::run() {
  std::thread worker([this] { work(); });
  const int status = readAll();
  stopAll();
  worker.join();
  return status;
}

int Serve::readAll() {
  std::string text;
  for (;;) {
    switch (wire::readFrame(STDIN_FILENO, text)) {
      case wire::FrameEnd::frame:
        accept(text);
        break;
      case wire::FrameEnd::closed:
        return 0;
      case wire::FrameEnd::truncated:
        log::write(log::Level::warning, "input ended inside a frame");
        return 1;
      case wire::FrameEnd::oversize:
        // The stream cannot be followed any more: say so, then leave; the extension starts a new process.
        send(wire::errorMessage("null", Error{ErrorCode::bad_frame, "readFrame", 0, {}, {}}, ""));
        return 1;
    }
  }
}

void Serve::accept(const std::string& text) {
  auto request = wire::parseRequest(text);
  if (!request) {
    const auto reference = log::writeError(request.error().error, "request");
    send(wire::errorMessage(request.error().id, request.error().error, reference));
    return;
  }
  if (request->method == "cancel") return cancel(*request);
  const std::lock_guard lock(guard_);
  if (queue_.size() >= mostWaiting) {
    send(wire::errorMessage(request->id, Error{ErrorCode::too_large, "queue", 0, {}, {}}, ""));
    return;
  }
  auto stop = std::make_shared<Closing>();
  stops_[stopKey(request->origin, request->id)] = stop;
  queue_.push_back({std::move(*request), std::move(stop)});
  changed_.notify_one();
}

/// Out of turn: the request it names, of the same origin, is told to end and answers `cancelled` itself.
void Serve::cancel(const wire::Request& request) {
  {
    const std::lock_guard lock(guard_);
    const auto found = stops_.find(stopKey(request.origin, std::get<wire::Cancel>(request.params).id));
    if (found != stops_.end()) found->second->signal();
  }
  send(wire::resultMessage(request.id, wire::encode(wire::Done{})));
}

/// What was asked before the other side closed is still answered if that is quick: a script may write its requests and
/// close. A window, or a key that takes its time, is not waited for: the browser ends us two seconds after it closed.
void Serve::stopAll() {
  std::unique_lock lock(guard_);
  idle_.wait_for(lock, lastAnswers, [this] { return queue_.empty() && !busy_; });
  ending_ = true;
  service_.closing->signal();
  for (const auto& [key, stop] : stops_) stop->signal();
  changed_.notify_one();
}

void Serve::work() {
  while (const auto waiting = next()) {
    answer(*waiting);
    listen();
    const std::lock_guard lock(guard_);
    stops_.erase(stopKey(waiting->request.origin, waiting->request.id));
    busy_ = false;
    idle_.notify_one();
  }
}

std::optional<Serve::Waiting> Serve::next() {
  std::unique_lock lock(guard_);
  while (!ending_ && queue_.empty()) {
    lock.unlock();
    tend();
    const auto duty = nextDuty();
    lock.lock();
    const auto ready = [this] { return ending_ || woken_ || !queue_.empty(); };
    if (duty)
      changed_.wait_until(lock, *duty, ready);
    else
      changed_.wait(lock, ready);
    woken_ = false;
  }
  if (ending_) return std::nullopt;  // nobody reads the answers any more
  auto waiting = std::move(queue_.front());
  queue_.pop_front();
  busy_ = true;
  return waiting;
}

/// Once a page listens, what is there is looked at before anything else is answered: a key that the page saw in a list
/// and that goes at once would else not be missed.
void Serve::listen() {
  if (news_.listen(!service_.context.subscribers.empty())) (void)news_.look();
}

/// What there is to do between requests: a login whose time is over ends, pages hear of keys.
void Serve::tend() {
  auto& context = service_.context;
  context.errands.endIfOver(context.clock());
  listen();
  if (const auto due = news_.due(); due && *due <= KeyNews::Clock::now()) tellOfKeys();
}

std::optional<KeyNews::Clock::time_point> Serve::nextDuty() {
  auto next = news_.due();
  if (const auto until = service_.context.errands.until()) {
    const auto left = std::chrono::seconds(*until - service_.context.clock() + 1);
    next = std::min(KeyNews::Clock::now() + left, next.value_or(KeyNews::Clock::time_point::max()));
  }
  return next;
}

void Serve::answer(const Waiting& waiting) {
  const auto& request = waiting.request;
  if (waiting.stop->signalled()) {
    send(wire::errorMessage(request.id, Error{ErrorCode::cancelled, "queue", 0, {}, {}}, ""));
    return;
  }
  const operation::Caller caller{request.origin, request.topOrigin, request.gesture, false};
  const auto result =
      operation::run(service_.context, request, caller, {waiting.stop->descriptor()}, listenerFor(request.id));
  if (!result) {
    send(wire::errorMessage(request.id, result.error(), log::writeError(result.error(), request.method)));
    return;
  }
  auto text = wire::resultMessage(request.id, *result);
  if (text.size() > wire::largestFrameOut)
    text = wire::errorMessage(request.id, Error{ErrorCode::too_large, "answer", 0, {}, {}}, "");
  send(text);
}

operation::Listener Serve::listenerFor(const wire::RequestId& id) {
  return {[this, id](std::string_view step, unsigned done, unsigned total) {
            send(wire::progressMessage(id, step, done, total));
          },
          [this, id](std::string_view what) { send(wire::promptMessage(id, what)); }};
}

void Serve::tellOfKeys() {
  const auto changes = news_.look();
  // What has gone comes first: a stick that is told by another number now is there in the end.
  for (const auto& serial : changes.removed) send(wire::keyRemovedMessage(serial));
  for (const auto& [serial, label] : changes.inserted) send(wire::keyInsertedMessage(serial, label));
}

void Serve::send(const std::string& text) {
  const std::lock_guard lock(output_);
  wire::writeFrame(STDOUT_FILENO, text);
}

}  // namespace sealferry::app
