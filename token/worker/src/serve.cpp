// SPDX-License-Identifier: Apache-2.0
#include "worker/serve.h"

#include <unistd.h>

#include <csignal>

#include "answer.h"
#include "channel.h"
#include "watchdog.h"

namespace sealferry::token {
namespace {

using protocol::Op;
using protocol::Status;

constexpr int exitProtocol = 2;

void begin(cbor::Writer& frame, std::uint64_t id, Status status) {
  frame.array(3);
  frame.number(id);
  frame.number(static_cast<std::uint64_t>(status));
}

Bytes progressFrame(std::uint64_t id, std::string_view step, unsigned done, unsigned total) {
  cbor::Writer frame;
  begin(frame, id, Status::progress);
  frame.array(3);
  frame.text(step);
  frame.number(done);
  frame.number(total);
  return frame.take();
}

Bytes errorFrame(std::uint64_t id, const Error& error) {
  cbor::Writer frame;
  begin(frame, id, Status::error);
  protocol::put(frame, error);
  return frame.take();
}

/// One connection: reads a request, answers it, until the input ends.
class Server {
 public:
  Server(const Pipe& pipe, const MakeBackend& makeBackend)
      : pipe_(pipe), answerer_(makeBackend, [this](auto step, auto done, auto total) {
          (void)writeFrame(pipe_, progressFrame(id_, step, done, total));  // a reader that left is noticed later
        }) {}

  int run() {
    while (auto frame = readFrame(pipe_)) {
      const bool good = handle(*frame);
      wipe(frame->data(), frame->size());  // there may have been a PIN in it
      if (!good) return exitProtocol;
    }
    return 0;
  }

 private:
  bool handle(const Bytes& frame) {
    cbor::Reader request(frame);
    if (request.array(3) != 3) return false;
    id_ = request.number();
    const auto op = static_cast<Op>(request.number(protocol::lastOp));
    if (!request.good() || (!greeted_ && op != Op::hello)) return false;
    greeted_ = true;
    return writeFrame(pipe_, reply(op, request));
  }

  Bytes reply(Op op, cbor::Reader& request) {
    cbor::Writer frame;
    begin(frame, id_, Status::ok);
    const auto done = answerer_.answer(op, request, frame);
    if (!done) return errorFrame(id_, done.error());
    if (frame.written().size() <= protocol::mostFrameBytes) return frame.take();
    return errorFrame(id_, Error{ErrorCode::too_large, "worker", 0, {}, {}});
  }

  const Pipe& pipe_;
  Answerer answerer_;
  std::uint64_t id_ = 0;
  bool greeted_ = false;
};

}  // namespace

int serve(const Pipe& pipe, const MakeBackend& makeBackend) {
  std::signal(SIGPIPE, SIG_IGN);
  startWatchdog(pipe.in);
  const auto host = getppid();
  const int status = Server(pipe, makeBackend).run();
  if (getppid() != host) endGroup();  // else the host does that
  return status;
}

}  // namespace sealferry::token
