// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "document/codec.h"
#include "document/engine.h"

extern char** environ;

namespace sealferry::document {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto wallLimit = std::chrono::seconds(90);
constexpr auto pictureLimit = std::chrono::seconds(8);
constexpr int noDocument = -1;
constexpr std::size_t largestAnswer = 64 * 1024 * 1024;
constexpr int documentDescriptor = 3;

std::uint64_t systemError() { return static_cast<std::uint64_t>(errno); }

tl::unexpected<Error> unreadable(std::string reason, std::uint64_t native = 0) {
  auto failure = fail(ErrorCode::document_unreadable, "documentChild", native);
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

/// A running child: ended and waited for with the object.
class Child {
 public:
  Child(pid_t process, int channel) : process_(process), channel_(channel) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    ::close(channel_);
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  int channel() const { return channel_; }

  /// The exit status, once the channel has closed.
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return status;
  }

 private:
  pid_t process_;
  int channel_;
};

Result<std::unique_ptr<Child>> start(const std::filesystem::path& program, int document) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorCode::internal, "socketpair", systemError());
  // dup2 onto itself would keep close-on-exec: the document is first moved out of the way.
  const int copy = document == noDocument ? noDocument : ::fcntl(document, F_DUPFD_CLOEXEC, documentDescriptor + 1);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  if (copy >= 0) posix_spawn_file_actions_adddup2(&actions, copy, documentDescriptor);
  std::string name = program.string();
  std::array<char*, 2> arguments = {name.data(), nullptr};
  pid_t process = -1;
  const int status = copy < 0 && document != noDocument
                         ? errno
                         : ::posix_spawn(&process, name.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (copy >= 0) ::close(copy);
  ::close(ends[1]);
  if (status != 0) {
    ::close(ends[0]);
    return fail(ErrorCode::internal, "posix_spawn", static_cast<std::uint64_t>(status));
  }
  return std::make_unique<Child>(process, ends[0]);
}

bool sendAll(int channel, ByteView data) {
  while (!data.empty()) {
    const auto count = ::send(channel, data.data(), data.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(count));
  }
  return ::shutdown(channel, SHUT_WR) == 0;
}

Result<Bytes> receiveAll(int channel, Clock::duration limit) {
  const auto deadline = Clock::now() + limit;
  Bytes answer;
  std::array<std::uint8_t, 65536> part{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd wait{channel, POLLIN, 0};
    if (left <= 0) return unreadable("limits");
    if (::poll(&wait, 1, static_cast<int>(left)) <= 0) continue;
    const auto count = ::read(channel, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable("crashed", systemError());
    if (count == 0) return answer;
    if (answer.size() + static_cast<std::size_t>(count) > largestAnswer) return unreadable("limits");
    answer.insert(answer.end(), part.begin(), part.begin() + count);
  }
}

class ProcessEngine : public Engine {
 public:
  explicit ProcessEngine(std::filesystem::path program) : program_(std::move(program)) {}

  Result<Reserved> reserve(int document, const StampRequest& request) override {
    const auto answer = ask(document, codec::ChildRequest(request));
    if (!answer) return passOn(answer);
    const auto* reserved = std::get_if<Reserved>(&*answer);
    if (reserved == nullptr) return fail(ErrorCode::internal, "reserve");
    return *reserved;
  }

  Result<Report> verify(int document, const VerifyRequest& request) override {
    const auto answer = ask(document, codec::ChildRequest(codec::VerifyOrder{}));
    if (!answer) return passOn(answer);
    const auto* findings = std::get_if<std::vector<SignatureFinding>>(&*answer);
    if (findings == nullptr) return fail(ErrorCode::internal, "verify");
    return reportOn(*findings, request.anchors, request.at);
  }

  Result<Bytes> toPng(ByteView picture, std::size_t largestBytes) override {
    const auto answer = ask(noDocument, codec::ChildRequest(codec::PictureOrder{copyOf(picture), largestBytes}));
    if (!answer && answer.error().code == ErrorCode::seal_invalid) return passOn(answer);
    const auto* shown = answer ? std::get_if<codec::ShownPicture>(&*answer) : nullptr;
    if (shown != nullptr && shown->png.size() <= largestBytes) return shown->png;
    auto failure = fail(ErrorCode::seal_invalid, "toPng");
    failure.value().detail["reason"] = "pictureMalformed";
    return failure;
  }

 private:
  Result<codec::ChildAnswer> ask(int document, const codec::ChildRequest& request) const {
    const auto child = start(program_, document);
    if (!child) return passOn(child);
    const bool sent = sendAll((*child)->channel(), codec::encode(request));
    const bool isPicture = std::holds_alternative<codec::PictureOrder>(request);
    const auto bytes = receiveAll((*child)->channel(), isPicture ? pictureLimit : wallLimit);
    if (!bytes) return passOn(bytes);
    const int status = (*child)->wait();
    if (WIFSIGNALED(status)) return unreadable(WTERMSIG(status) == SIGXCPU ? "limits" : "crashed");
    if (!sent || bytes->empty()) return unreadable("crashed");
    auto answer = codec::decodeAnswer(*bytes);
    if (!answer) return answer;
    if (const auto* error = std::get_if<Error>(&*answer)) return tl::unexpected<Error>(*error);
    return answer;
  }

  std::filesystem::path program_;
};

}  // namespace

std::unique_ptr<Engine> processEngine(const std::filesystem::path& program) {
  return std::make_unique<ProcessEngine>(program);
}

}  // namespace sealferry::document
