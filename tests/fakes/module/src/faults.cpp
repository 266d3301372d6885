// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <sstream>
#include <thread>

namespace sealferry::fake {
namespace {

const std::map<std::string, Fault> names{
    {"pull", Fault::pull},   {"pull-after", Fault::pullAfter}, {"error", Fault::error}, {"stale", Fault::stale},
    {"hang", Fault::hang},   {"crash", Fault::crash},          {"exit", Fault::exit},   {"print", Fault::print},
    {"lie", Fault::lie},     {"threads", Fault::threads},      {"fork", Fault::fork},   {"abort", Fault::abort},
    {"close", Fault::close}, {"settle", Fault::settle}};

void print() {
  for (int i = 0; i < 200; ++i) std::puts("vendor driver: debug \x01\x02\x03 0000000000000000000000000000");
  std::fflush(stdout);
  (void)!write(STDOUT_FILENO, "\x04\0\0\0\xff\xff\xff\xff", 8);  // looks like a frame
}

void leaveChild() {
  if (::fork() != 0) return;
  alarm(5);
  while (true) pause();
}

void startThreads() {
  for (int i = 0; i < 4; ++i) std::thread([] { pause(); }).detach();
}

/// Without a report of any sanitizer: it is meant.
void die(int signal) {
  std::signal(signal, SIG_DFL);
  raise(signal);
}

void closeAll() {
  constexpr int mostDescriptors = 1024;
  for (int i = 0; i < mostDescriptors; ++i) ::close(i);
}

void settle() {
  (void)!chdir("/");
  std::setlocale(LC_ALL, "");
  for (const int signal : {SIGPIPE, SIGCHLD, SIGTERM, SIGALRM}) std::signal(signal, [](int) {});
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

void carryOut(Fault fault, Store& store) {
  if (fault == Fault::pull) store.pull();
  if (fault == Fault::crash) die(SIGSEGV);
  if (fault == Fault::abort) die(SIGABRT);
  if (fault == Fault::close) closeAll();
  if (fault == Fault::settle) settle();
  if (fault == Fault::exit) _exit(0);
  if (fault == Fault::print) print();
  if (fault == Fault::threads) startThreads();
  if (fault == Fault::fork) leaveChild();
  while (fault == Fault::hang) pause();
}

}  // namespace

Fault Faults::enter(Store& store, const std::string& call) {
  if (auto now = store.script(); now != script_) {
    script_ = std::move(now);
    counts_.clear();
  }
  const auto mine = ++counts_[call];
  const auto all = ++counts_["*"];
  std::istringstream lines(script_);
  std::string name, action;
  unsigned nth = 0;
  while (lines >> name >> nth >> action) {
    if (!(name == call && nth == mine) && !(name == "*" && nth == all)) continue;
    const auto fault = names.at(action);
    carryOut(fault, store);
    return fault;
  }
  return Fault::none;
}

}  // namespace sealferry::fake
