// SPDX-License-Identifier: Apache-2.0
#include "host_death.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

namespace sealferry::contract {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

bool within(std::chrono::milliseconds time, const std::function<bool()>& holds) {
  const auto end = Clock::now() + time;
  while (!holds()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

/// A host in a process of its own, which begins the change and never gets an answer.
pid_t startHost(KillTarget& target, const Renewal& renewal, std::size_t call, const std::string& file) {
  const auto pid = fork();
  if (pid != 0) return pid;
  const auto backend = target.backend({"--pause-at", std::to_string(call), file});
  const auto session = backend->open(target.serial());
  if (session && (*session)->login(pin(rightPin))) (void)(*session)->apply(renewal.change, {});
  _exit(0);
}

/// The process id of the worker once it has come to the call.
pid_t pausedWorker(const std::string& file) {
  if (!within(5s, [&] { return std::filesystem::exists(file + ".paused"); })) return -1;
  pid_t worker = -1;
  std::ifstream(file + ".paused") >> worker;
  return worker;
}

void reap(pid_t process) {
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
}

/// We adopt the worker when its host dies, so that its end can be seen.
bool ends(pid_t worker, std::chrono::milliseconds time) {
  return within(time, [&] { return waitpid(worker, nullptr, WNOHANG) == worker; });
}

struct Scene {
  Folder folder;
  std::string file = (folder.path() / "go").string();
  pid_t worker = -1;

  /// The worker stands at the call, its host is dead.
  bool begin(KillTarget& target, const Renewal& renewal, std::size_t call) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prepare(target, renewal);
    const auto host = startHost(target, renewal, call, file);
    worker = pausedWorker(file);
    reap(host);
    return worker > 0;
  }
};

}  // namespace

void killHostEverywhere(KillTarget& target, const std::vector<std::string>& calls, std::mt19937& random, Tally& tally) {
  const Renewal renewal;
  for (std::size_t call = 1; call <= calls.size(); ++call) {
    const auto where = target.name() + ": host killed at " + calls[call - 1];
    Scene scene;
    if (!scene.begin(target, renewal, call)) {
      tally.check(false, where + ": the worker came there");
      continue;
    }
    std::ofstream(scene.file).put('\n');
    const bool gone = ends(scene.worker, 10s);
    tally.check(gone, where + ": the worker is gone");
    if (!gone) reap(scene.worker);
    checkAfterwards(target, renewal, where, random, tally);
  }
}

void retryAtOnce(KillTarget& target, const std::vector<std::string>& calls, Tally& tally) {
  const Renewal renewal;
  for (std::size_t call = 2; call <= calls.size(); call += 4) {
    const auto where = target.name() + ": retried while the old worker is at " + calls[call - 1];
    Scene scene;
    if (!scene.begin(target, renewal, call)) {
      tally.check(false, where + ": the worker came there");
      continue;
    }
    std::thread goOn([&] {
      std::this_thread::sleep_for(300ms);
      std::ofstream(scene.file).put('\n');
    });
    std::mt19937 random(1);
    checkAfterwards(target, renewal, where, random, tally);
    goOn.join();
    const bool gone = ends(scene.worker, 10s);
    tally.check(gone, where + ": the old worker is gone");
    if (!gone) reap(scene.worker);
    checkAfterwards(target, renewal, where + ", later", random, tally);
  }
}

void hangForEver(KillTarget& target, Tally& tally) {
  const Renewal renewal;
  const auto where = target.name() + ": host killed, driver hangs";
  Scene scene;
  if (!scene.begin(target, renewal, 5)) return tally.check(false, where + ": the worker came there");
  const auto began = Clock::now();
  const bool gone = ends(scene.worker, 12s);
  tally.check(gone && Clock::now() - began > 8s, where + ": ended by its watchdog after ten seconds");
  if (!gone) reap(scene.worker);
  std::mt19937 random(1);
  checkAfterwards(target, renewal, where, random, tally);
}

}  // namespace sealferry::contract
