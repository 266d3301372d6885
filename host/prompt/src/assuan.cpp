// SPDX-License-Identifier: Apache-2.0
#include "assuan.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace sealferry::prompt {
namespace {

using Clock = std::chrono::steady_clock;

// The window itself is told to give up after two minutes (SETTIMEOUT); this is for a pinentry that hangs.
constexpr auto answerDeadline = std::chrono::seconds(150);
constexpr std::size_t longestLine = 1002;  // Assuan: 1000 bytes and the line end

// libgpg-error, source 5 (pinentry) shifted by 24 bits: 99 cancelled, 114 not confirmed, 62 timeout.
constexpr unsigned codeOf(std::string_view text) {
  unsigned code = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') break;
    code = code * 10 + static_cast<unsigned>(digit - '0');
  }
  return code & 0xFFFF;
}

tl::unexpected<Error> refusal(std::string_view line) {
  const auto code = codeOf(line.substr(std::min<std::size_t>(4, line.size())));
  if (code == 99 || code == 114) return fail(ErrorCode::cancelled, "pinentry", code);
  if (code == 62) return fail(ErrorCode::timed_out, "pinentry", code);
  return fail(ErrorCode::prompt_missing, "pinentry", code);
}

int hexDigit(std::uint8_t digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return 0;
}

/// Undoes the escaping, into memory that is wiped.
Secret decode(ByteView data) {
  Secret result(data.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] == '%' && i + 2 < data.size()) {
      result.data()[size++] = static_cast<std::uint8_t>(hexDigit(data[i + 1]) << 4 | hexDigit(data[i + 2]));
      i += 2;
    } else {
      result.data()[size++] = data[i];
    }
  }
  result.shrink(size);
  return result;
}

bool beginsWith(ByteView line, std::string_view word) {
  return line.size() >= word.size() && std::memcmp(line.data(), word.data(), word.size()) == 0;
}

}  // namespace

std::string assuanEscape(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char letter : text) {
    const auto byte = static_cast<std::uint8_t>(letter);
    if (byte >= 0x20 && byte != '%') {
      result.push_back(letter);
      continue;
    }
    result.push_back('%');
    result.push_back(digits[byte >> 4]);
    result.push_back(digits[byte & 15]);
  }
  return result;
}

Result<Assuan> Assuan::start(const std::string& program, Stop stop) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorCode::internal, "socketpair", static_cast<std::uint64_t>(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string name = program;
  std::array<char*, 2> arguments = {name.data(), nullptr};
  pid_t child = -1;
  const int status = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (status != 0) {
    ::close(ends[0]);
    return fail(ErrorCode::prompt_missing, "posix_spawn", static_cast<std::uint64_t>(status));
  }
  Assuan assuan(child, ends[0]);
  if (const auto greeting = assuan.answer(stop); !greeting) return passOn(greeting);
  return assuan;
}

Assuan::Assuan(Assuan&& other) noexcept
    : child_(std::exchange(other.child_, -1)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      pending_(std::move(other.pending_)) {}

Assuan::~Assuan() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (child_ <= 0) return;
  ::kill(child_, SIGTERM);
  for (int i = 0; i < 50; ++i) {
    if (::waitpid(child_, nullptr, WNOHANG) != 0) return;
    ::usleep(10'000);
  }
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

Result<void> Assuan::readLine(Secret& line, Clock::time_point deadline, Stop stop) {
  for (;;) {
    const auto view = pending_.view();
    const auto end = std::ranges::find(view, std::uint8_t{'\n'});
    if (end != view.end()) {
      const auto size = static_cast<std::size_t>(end - view.begin());
      line = Secret(view.first(size));
      pending_ = Secret(view.subspan(size + 1));
      return {};
    }
    if (view.size() > longestLine) return fail(ErrorCode::prompt_missing, "pinentry line");
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return fail(ErrorCode::timed_out, "pinentry");
    std::array<pollfd, 2> waits = {pollfd{descriptor_, POLLIN, 0}, pollfd{stop.descriptor, POLLIN, 0}};
    const int count = ::poll(waits.data(), waits.size(), static_cast<int>(left));
    if (count < 0 && errno != EINTR) return fail(ErrorCode::internal, "poll", static_cast<std::uint64_t>(errno));
    if (count <= 0) continue;
    if (waits[1].revents != 0) return fail(ErrorCode::cancelled, "pinentry stopped");
    Secret grown(view.size() + longestLine);
    std::ranges::copy(view, grown.data());
    const auto got = ::read(descriptor_, grown.data() + view.size(), longestLine);
    if (got <= 0) return fail(ErrorCode::prompt_missing, "pinentry closed");
    grown.shrink(view.size() + static_cast<std::size_t>(got));
    pending_ = std::move(grown);
  }
}

Result<Secret> Assuan::command(std::string_view line, Stop stop) {
  std::string text(line);
  text.push_back('\n');
  if (line.size() > longestLine || ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL) < 0)
    return fail(ErrorCode::prompt_missing, "pinentry send", static_cast<std::uint64_t>(errno));
  return answer(stop);
}

Result<Secret> Assuan::answer(Stop stop) {
  const auto deadline = Clock::now() + answerDeadline;
  Secret data;
  for (;;) {
    Secret line;
    if (const auto read = readLine(line, deadline, stop); !read) return passOn(read);
    if (beginsWith(line.view(), "OK")) return data;
    if (beginsWith(line.view(), "ERR ")) return refusal(textOf(line.view()));
    if (beginsWith(line.view(), "D ")) data = decode(line.view().subspan(2));
  }
}

}  // namespace sealferry::prompt
