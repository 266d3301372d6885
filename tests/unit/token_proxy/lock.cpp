// SPDX-License-Identifier: Apache-2.0
// One key, many programs: each worker here is one.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>

#include "scene.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

std::unique_ptr<Backend> program(const std::string& name, int process = 4711) {
  WorkerSetting setting{SEALFERRY_WORKER, 5s, {}};
  setting.holder = {name, process};
  return workerBackend({"pkcs11", SEALFERRY_FAKE_MODULE}, setting);
}

std::unique_ptr<Session> openKey(Backend& backend) {
  auto session = backend.open(test::FakeKey::serial);
  REQUIRE(session);
  return std::move(*session);
}

Secret rightPin() { return Secret(viewOf("123456")); }

/// The lock files there are, of this test's own folder.
std::vector<std::filesystem::path> lockFiles(const test::FakeKey& key) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(key.runtime / ("sealferry-" + std::to_string(getuid()))))
    files.push_back(entry.path());
  return files;
}

}  // namespace

TEST_CASE(
    "the second program is told at once who has the key; reading stays free; the end of the session gives it back") {
  const test::FakeKey key;
  const auto first = program("chromium"), second = program("sealferry");
  auto holding = openKey(*first);
  const auto waiting = openKey(*second);
  REQUIRE(holding->reserve());
  REQUIRE(holding->reserve());
  const auto began = Clock::now();
  for (const auto& refused : {waiting->reserve(), waiting->login(rightPin())}) {
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::key_busy);
    CHECK(refused.error().detail.at("holder") == "chromium");
    CHECK(refused.error().detail.at("holderPid") == "4711");
    CHECK(refused.error().detail.at("holderSince").size() == 20);
    CHECK(refused.error().detail.size() == 3);
  }
  CHECK(Clock::now() - began < 2s);
  CHECK(key.store->triesLeft() == 3);
  CHECK(waiting->certificates());
  REQUIRE(holding->login(rightPin()));
  REQUIRE(holding->logout());
  CHECK_FALSE(waiting->reserve());
  holding.reset();
  CHECK(waiting->reserve());
  CHECK(waiting->login(rightPin()));
}

TEST_CASE("two sessions of one program share it") {
  const test::FakeKey key;
  const auto backend = program("firefox"), other = program("chrome");
  auto one = openKey(*backend);
  auto two = openKey(*backend);
  const auto stranger = openKey(*other);
  REQUIRE(one->reserve());
  REQUIRE(two->reserve());
  one.reset();
  CHECK_FALSE(stranger->reserve());
  two.reset();
  CHECK(stranger->reserve());
}

TEST_CASE("the same stick under another id, as another driver shows it, is the same key: by its certificate") {
  test::FakeKey key;
  const auto first = program("chromium");
  const auto holding = openKey(*first);
  REQUIRE(holding->reserve());
  const test::FakeKey sameStick("S2", key);  // other serial, so another id; the same objects
  const auto second = program("firefox");
  auto session = second->open("S2");
  REQUIRE(session);
  const auto refused = (*session)->reserve();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::key_busy);
  const test::FakeKey another("S3");
  const auto third = program("firefox");
  auto free = third->open("S3");
  REQUIRE(free);
  CHECK((*free)->reserve());
}

TEST_CASE("what stands in a lock file is another process's text") {
  const test::FakeKey key;
  const auto first = program("chromium"), second = program("sealferry");
  const auto holding = openKey(*first);
  const auto waiting = openKey(*second);
  REQUIRE(holding->reserve());
  for (const auto* text : {"", "\n", "<b>Evil</b> 1;2 now 1", "UPPER -5 2026-11-22 x",
                           "a\x1b[31m 99999999999999999999 y z", "\xff\xfe\0\0"}) {
    for (const auto& file : lockFiles(key)) std::ofstream(file, std::ios::trunc) << text;
    const auto refused = waiting->reserve();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::key_busy);
    CHECK(refused.error().detail.at("holder") == "other");
    CHECK(refused.error().detail.size() == 1);
  }
}

TEST_CASE("a holder that is killed gives the key back, even with a child of its driver still there") {
  const test::FakeKey key;
  const auto host = fork();
  if (host == 0) {
    const auto backend = program("chromium");
    const auto session = backend->open(test::FakeKey::serial);
    if (session && (*session)->reserve()) {
      key.store->setScript("C_GetTokenInfo 1 fork");
      (void)(*session)->info();
      key.store->setScript("");
      std::ofstream(key.folder / "held").put('\n');
    }
    pause();
    _exit(0);
  }
  while (!std::filesystem::exists(key.folder / "held")) usleep(2000);
  const auto second = program("sealferry");
  const auto waiting = openKey(*second);
  CHECK_FALSE(waiting->reserve());
  kill(host, SIGKILL);
  waitpid(host, nullptr, 0);
  const auto began = Clock::now();
  const auto mine = waiting->reserve();  // its worker is leaving: that is waited for
  CHECK_MESSAGE(mine.has_value(),
                (mine ? "" : std::string(errorRow(mine.error().code).name) + " " + mine.error().where));
  CHECK(Clock::now() - began < 3s);
}
