// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <sstream>

#include "call.h"

namespace sealferry::softkey {
namespace {

namespace fs = std::filesystem;

/// What has been counted since the script changed.
struct Counts {
  std::string script;
  std::map<std::string, unsigned> calls;
};

Counts& counts() {
  static Counts only;
  return only;
}

void print() {
  for (int i = 0; i < 200; ++i) std::puts("soft key: debug \x01\x02\x03 0000000000000000000000000000");
  std::fflush(stdout);
  (void)!::write(STDOUT_FILENO, "\x04\0\0\0\xff\xff\xff\xff", 8);  // looks like a frame
}

void leaveChild() {
  if (::fork() != 0) return;
  alarm(5);
  while (true) pause();
}

/// Without a report of any sanitizer: it is meant.
void crash() {
  std::signal(SIGSEGV, SIG_DFL);
  raise(SIGSEGV);
}

void carryOut(const std::string& fault) {
  if (fault == "pull") pullAll();
  if (fault == "crash") crash();
  if (fault == "kill") raise(SIGKILL);
  if (fault == "exit") _exit(0);
  if (fault == "print") print();
  if (fault == "fork") leaveChild();
  while (fault == "hang") pause();
}

std::string contentOf(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// `any`: lines with a `*` count this call too.
std::string faultAt(const std::string& name, Counts& counted, bool any) {
  const auto mine = ++counted.calls[name];
  const auto all = ++counted.calls["*"];
  std::istringstream lines(counted.script);
  std::string call, action;
  unsigned nth = 0;
  while (lines >> call >> nth >> action)
    if ((call == name && nth == mine) || (any && call == "*" && nth == all)) return action;
  return {};
}

}  // namespace

Ending beginCall(const char* name) {
  const auto folders = keyFolders();
  if (folders.empty()) return {};
  if (fs::exists(folders[0] / "calls")) std::ofstream(folders[0] / "calls", std::ios::app) << name << '\n';
  if (auto now = contentOf(folders[0] / "script"); now != counts().script) counts() = {std::move(now), {}};
  if (counts().script.empty()) return {};
  const auto fault = faultAt(name, counts(), true);
  carryOut(fault);
  return {fault == "pull-after", fault == "error", fault == "lie"};
}

Ending beginWait() {
  static std::mutex guard;  // this call is outside of the others' lock
  static Counts waits;
  const auto folders = keyFolders();
  if (folders.empty()) return {};
  std::string fault;
  {
    const std::lock_guard lock(guard);
    if (auto now = contentOf(folders[0] / "script"); now != waits.script) waits = {std::move(now), {}};
    fault = faultAt("SKF_WaitForDevEvent", waits, false);
  }
  carryOut(fault);
  return {false, fault == "error", fault == "lie"};
}

}  // namespace sealferry::softkey
