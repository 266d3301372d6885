// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <utility>

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgets that C++ may include it
}

extern char** environ;

namespace sealferry::token::proxy {
namespace {

using namespace std::chrono_literals;

/// The descriptors the worker starts with: the pipe as 0 and 1, stderr, nothing else.
struct FileActions {
  explicit FileActions(int pipe) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipe, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  posix_spawn_file_actions_t actions{};
};

/// A session of its own, so that neither Ctrl-C nor the end of the terminal breaks a write off and no driver can ask
/// for anything there; and the signals as a program expects them.
struct Attributes {
  Attributes() {
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  posix_spawnattr_t attributes{};
};

std::vector<char*> pointers(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<char*> list{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) list.push_back(const_cast<char*>(argument.c_str()));
  list.push_back(nullptr);
  return list;
}

/// Kills the process, if it still lives, and what its driver has forked: they are of its session. As long as it has not
/// been waited for, nobody else can have its number.
int waitFor(pid_t pid) noexcept {
  ::kill(-pid, SIGKILL);
  int status = 0;
  waitpid(pid, &status, 0);
  return status;
}

/// Workers that were let go before they had ended. They are looked at whenever another one starts or is let go, so that
/// a host which lives for long keeps no zombies.
class Leaving {
 public:
  void add(pid_t pid, int handle) {
    const std::lock_guard guard(mutex_);
    all_.push_back({handle, POLLIN, 0});
    pids_.push_back(pid);
  }

  void sweep() {
    const std::lock_guard guard(mutex_);
    if (poll(all_.data(), all_.size(), 0) <= 0) return;
    for (std::size_t i = all_.size(); i-- > 0;) {
      if (all_[i].revents == 0) continue;
      (void)waitFor(pids_[i]);
      close(all_[i].fd);
      all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i));
      pids_.erase(pids_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

 private:
  std::mutex mutex_;
  std::vector<pollfd> all_;
  std::vector<pid_t> pids_;
};

Leaving& leaving() {
  static Leaving all;
  return all;
}

int millisecondsUntil(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000'000));
}

}  // namespace

Result<Process> Process::start(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  leaving().sweep();
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorCode::internal, "socketpair", static_cast<std::uint64_t>(errno));
  const FileActions files(ends[1]);
  const Attributes attributes;
  const auto name = program.string();
  pid_t pid = -1;
  const int problem = posix_spawn(&pid, name.c_str(), &files.actions, &attributes.attributes,
                                  pointers(name, arguments).data(), environ);
  close(ends[1]);
  if (problem != 0) {
    close(ends[0]);
    return fail(ErrorCode::internal, "posix_spawn", static_cast<std::uint64_t>(problem));
  }
  return Process(pid, pidfd_open(pid, 0), ends[0]);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      handle_(std::exchange(other.handle_, -1)),
      pipe_(std::exchange(other.pipe_, -1)),
      closed_(other.closed_) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this == &other) return *this;
  release();
  pid_ = std::exchange(other.pid_, -1);
  handle_ = std::exchange(other.handle_, -1);
  pipe_ = std::exchange(other.pipe_, -1);
  closed_ = other.closed_;
  return *this;
}

Process::~Process() { release(); }

/// Closes the pipe and gives the worker a moment to end; it is not waited for longer, but looked at again later.
void Process::release() noexcept {
  hangUp();
  leaving().sweep();
  if (pid_ > 0 && awaitEnd(Clock::now() + 200ms)) (void)reap();
  if (pid_ > 0)
    leaving().add(pid_, handle_);
  else if (handle_ >= 0)
    close(handle_);
  pid_ = handle_ = -1;
}

void Process::hangUp() {
  if (pipe_ >= 0) close(pipe_);
  pipe_ = -1;
}

Wait Process::await(short events, Clock::time_point deadline, const Interrupt* interrupt) const {
  const int stop = interrupt == nullptr ? -1 : interrupt->descriptor();
  std::array<pollfd, 3> watched{{{pipe_, events, 0}, {handle_, POLLIN, 0}, {stop, POLLIN, 0}}};
  while (true) {
    const int count = poll(watched.data(), watched.size(), millisecondsUntil(deadline));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) return Wait::deadline;
    if (watched[0].revents != 0) return Wait::ready;  // an answer that is there counts, whatever else has happened
    if (watched[2].revents != 0) return Wait::interrupted;
    return Wait::ended;
  }
}

Wait Process::send(ByteView bytes, Clock::time_point deadline, const Interrupt* interrupt) {
  while (!bytes.empty()) {
    const auto put = ::send(pipe_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(put));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return Wait::ended;
    if (const auto wait = await(POLLOUT, deadline, interrupt); wait != Wait::ready) return wait;
  }
  return Wait::ready;
}

Wait Process::receive(std::uint8_t* at, std::size_t size, Clock::time_point deadline, const Interrupt* interrupt) {
  while (size > 0) {
    if (const auto wait = await(POLLIN, deadline, interrupt); wait != Wait::ready) return wait;
    const auto got = recv(pipe_, at, size, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return Wait::ended;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return Wait::ready;
}

std::optional<std::uint8_t> Process::takeByte() {
  std::uint8_t byte = 0;
  const auto got = recv(pipe_, &byte, 1, MSG_DONTWAIT);
  if (got == 1) return byte;
  closed_ = got == 0 || (errno != EAGAIN && errno != EINTR);
  return std::nullopt;
}

bool Process::awaitEnd(Clock::time_point deadline, const Interrupt* interrupt) {
  const int stop = interrupt == nullptr ? -1 : interrupt->descriptor();
  std::array<pollfd, 2> watched{{{handle_, POLLIN, 0}, {stop, POLLIN, 0}}};
  while (poll(watched.data(), watched.size(), millisecondsUntil(deadline)) < 0 && errno == EINTR) {
  }
  return watched[0].revents != 0;
}

int Process::kill() {
  if (pid_ <= 0) return 0;
  const int status = reap();
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int Process::reap() noexcept {
  const int status = waitFor(pid_);
  pid_ = -1;
  return status;
}

}  // namespace sealferry::token::proxy
