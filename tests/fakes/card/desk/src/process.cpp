// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgets that C++ may include it
}

extern char** environ;

namespace sealferry::desk {

Process::Process(pid_t pid) : pid_(pid), handle_(pid > 0 ? pidfd_open(pid, 0) : -1) {}

Process Process::start(const std::vector<std::string>& arguments, const std::filesystem::path& output) {
  std::vector<char*> list;
  for (const auto& argument : arguments) list.push_back(const_cast<char*>(argument.c_str()));
  list.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  pid_t pid = -1;
  const int problem = posix_spawnp(&pid, list[0], &files, nullptr, list.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  return Process(problem == 0 ? pid : -1);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), handle_(std::exchange(other.handle_, -1)), status_(other.status_) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this == &other) return *this;
  end();
  pid_ = std::exchange(other.pid_, -1);
  handle_ = std::exchange(other.handle_, -1);
  status_ = other.status_;
  return *this;
}

Process::~Process() { end(); }

bool Process::ended(std::chrono::milliseconds most) {
  if (pid_ < 0) return true;
  pollfd watched{handle_, POLLIN, 0};
  if (poll(&watched, 1, static_cast<int>(most.count())) != 1) return false;
  waitpid(pid_, &status_, 0);
  close(handle_);
  pid_ = handle_ = -1;
  return true;
}

bool Process::running() { return !ended(std::chrono::milliseconds(0)); }

int Process::wait(std::chrono::milliseconds most) {
  const bool mine = pid_ > 0;
  return mine && ended(most) && WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

void Process::end(std::chrono::milliseconds patience) {
  if (pid_ > 0) ::kill(pid_, patience.count() > 0 ? SIGTERM : SIGKILL);
  if (ended(patience.count() > 0 ? patience : std::chrono::seconds(5))) return;
  ::kill(pid_, SIGKILL);
  (void)ended(std::chrono::seconds(5));
}

}  // namespace sealferry::desk
