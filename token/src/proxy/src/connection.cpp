// SPDX-License-Identifier: Apache-2.0
#include "connection.h"

#include <algorithm>
#include <array>

namespace sealferry::token::proxy {
namespace {

using namespace std::chrono_literals;
using protocol::Op;
using protocol::Status;

/// Longer than the ten seconds a worker takes to end after its pipe was closed.
constexpr auto leavingTime = 12s;

/// However often it does not answer.
constexpr auto longestRest = std::chrono::milliseconds(8min);

/// The frame with its length, in a buffer that never grows while there is a PIN in it.
Bytes requestFrame(std::uint64_t id, const Connection::Request& request) {
  cbor::Writer body;
  body.reserve(4 * protocol::mostPinBytes);
  body.array(3);
  body.number(id);
  body.number(static_cast<std::uint64_t>(request.op));
  request.put(body);
  Bytes content = body.take();
  Bytes frame;
  frame.reserve(protocol::lengthBytes + content.size());
  for (std::size_t i = 0; i < protocol::lengthBytes; ++i)
    frame.push_back(static_cast<std::uint8_t>(content.size() >> 8 * i));
  frame.insert(frame.end(), content.begin(), content.end());
  wipe(content.data(), content.size());
  return frame;
}

void reportProgress(cbor::Reader& reader, const ProgressSink* progress) {
  if (reader.array(3) != 3) return reader.refuse();
  const auto step = reader.text(64);
  const auto done = static_cast<unsigned>(reader.number(UINT32_MAX));
  const auto total = static_cast<unsigned>(reader.number(UINT32_MAX));
  if (reader.finished() && progress != nullptr && *progress) (*progress)(step, done, total);
}

}  // namespace

Result<void> Connection::ensure() {
  if (isLeftAlone()) return tl::unexpected<Error>(rest_->error);
  if (process_) return {};
  if (leaving_) {
    // A worker that was left in the middle of a change may still be writing: no second one on the same key.
    if (!leaving_->awaitEnd(Clock::now() + leavingTime, interrupt_) && interrupt_ != nullptr)
      return fail(ErrorCode::cancelled, "worker");
    leaving_->kill();
    leaving_.reset();
  }
  std::vector<std::string> arguments{module_.kind, module_.path.string()};
  arguments.insert(arguments.end(), module_.options.begin(), module_.options.end());
  arguments.insert(arguments.end(), setting_.developmentArguments.begin(), setting_.developmentArguments.end());
  auto started = Process::start(setting_.program, arguments);
  if (!started) return passOn(started);
  process_.emplace(std::move(*started));
  ++generation_;
  answered_ = false;
  return greet();
}

std::filesystem::file_time_type Connection::written() const {
  std::error_code ignored;  // a driver that is not there has no time, and another one once it is
  return std::filesystem::last_write_time(module_.path, ignored);
}

void Connection::leaveAlone(const Error& failure) {
  const auto length = rest_ ? std::min(2 * rest_->length, longestRest) : setting_.rest;
  rest_ = Rest{failure, length, Clock::now() + length, written()};
}

bool Connection::isLeftAlone() const { return rest_ && Clock::now() < rest_->until && rest_->written == written(); }

void Connection::leave() {
  if (!process_) return;
  process_->hangUp();
  leaving_ = std::move(process_);
  process_.reset();
}

Result<void> Connection::greet() {
  std::uint64_t version = 0;
  auto greeted = exchange({Op::hello,
                           [this](cbor::Writer& out) {
                             out.array(2);
                             out.number(protocol::version);
                             protocol::put(out, module_.profiles);
                           },
                           [&](cbor::Reader& in) { version = in.number(); }});
  if (greeted && version == protocol::version) return {};
  process_.reset();
  if (!greeted) return greeted;
  return fail(ErrorCode::version_mismatch, "worker", version);
}

Result<void> Connection::call(const Request& request) {
  if (!process_) return fail(ErrorCode::key_removed, "worker");
  auto done = exchange(request);
  answered_ = answered_ || process_.has_value();
  if (done) rest_.reset();
  return done;
}

Result<void> Connection::exchange(const Request& request) {
  auto frame = requestFrame(++lastId_, request);
  if (frame.size() > protocol::mostFrameBytes) return fail(ErrorCode::too_large, "worker");
  const auto sent = process_->send(frame, deadline(request), interrupt_);
  wipe(frame.data(), frame.size());
  if (sent != Wait::ready) return ended(sent);
  while (true) {
    const auto answer = receiveFrame(deadline(request));
    if (!answer) return passOn(answer);
    cbor::Reader reader(*answer);
    const bool mine = reader.array(3) == 3 && reader.number() == lastId_;
    const auto status = static_cast<Status>(reader.number(static_cast<std::uint64_t>(Status::progress)));
    if (!mine || !reader.good()) return broken();
    if (status == Status::progress) {
      reportProgress(reader, request.progress);
      if (!reader.finished()) return broken();
      continue;
    }
    Error error;
    if (status == Status::ok)
      request.take(reader);
    else
      protocol::take(reader, error);
    if (!reader.finished()) return broken();
    if (status == Status::ok) return {};
    return tl::unexpected<Error>(std::move(error));
  }
}

Clock::time_point Connection::deadline(const Request& request) const {
  const auto usual = request.patience * setting_.callDeadline;
  return Clock::now() + (request.most.count() > 0 ? std::min(usual, request.most) : usual);
}

Result<Bytes> Connection::receiveFrame(Clock::time_point until) {
  std::array<std::uint8_t, protocol::lengthBytes> head{};
  auto wait = process_->receive(head.data(), head.size(), until, interrupt_);
  if (wait != Wait::ready) return passOn(ended(wait));
  std::size_t size = 0;
  for (std::size_t i = head.size(); i-- > 0;) size = size << 8 | head[i];
  if (size > protocol::mostFrameBytes) return passOn(broken());
  Bytes content(size);
  wait = process_->receive(content.data(), size, until, interrupt_);
  if (wait != Wait::ready) return passOn(ended(wait));
  return content;
}

/// Ends the worker that did not answer, and says what the matter was.
Result<void> Connection::ended(Wait wait) {
  if (wait == Wait::interrupted) {
    leave();  // it finishes what it is doing, within ten seconds, and nobody waits
    return fail(ErrorCode::cancelled, "worker");
  }
  const bool hung = wait == Wait::deadline;
  const int signal = process_->kill();
  process_.reset();
  auto error = fail(hung ? ErrorCode::module_hung : ErrorCode::module_crashed, "worker",
                    hung ? 0 : static_cast<std::uint64_t>(signal));
  error.value().detail["module"] = module_.path.filename().string();
  return error;
}

/// What it says makes no sense: a driver has written into the worker's memory.
Result<void> Connection::broken() { return ended(Wait::ended); }

}  // namespace sealferry::token::proxy
