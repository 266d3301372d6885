// SPDX-License-Identifier: Apache-2.0
// A key that is pulled is noticed by an event, without asking, and from then on its library is left alone.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "folder.h"
#include "skf/backend.h"
#include "softkey/device.h"

using namespace sealferry;
using namespace sealferry::token;
using namespace std::chrono_literals;

namespace {

std::size_t calls(const std::filesystem::path& folder) {
  std::ifstream lines(folder / "calls");
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) ++count;
  return count;
}

std::chrono::microseconds processorTime() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return std::chrono::seconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         std::chrono::microseconds(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

softkey::Device makeKey(const std::filesystem::path& folder) {
  softkey::Device device(folder);
  REQUIRE(device.format({.serial = "S1"}));
  REQUIRE(device.createApplication("app", {"12345678", "111111", 6, 3, 4}));
  REQUIRE(device.changePin("app", softkey::User::user, viewOf("111111"), viewOf("123456")));
  setenv("SEALFERRY_SOFTKEY", folder.c_str(), 1);
  return device;
}

}  // namespace

TEST_CASE("after a key was pulled no call is made for it") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  const auto backend = skfBackend(SEALFERRY_SOFTKEY_LIBRARY);
  REQUIRE(backend);
  auto session = (*backend)->open("S1");
  REQUIRE(session);
  REQUIRE((*session)->login(Secret(viewOf("123456"))));
  std::this_thread::sleep_for(200ms);  // the wait for events has begun
  std::ofstream(folder.path() / "calls").flush();
  CHECK((*session)->info());
  CHECK(calls(folder.path()) > 0);  // the log is kept
  std::ofstream(folder.path() / "calls").flush();
  device.pull();
  std::this_thread::sleep_for(500ms);  // time for the event, while nobody asks
  CHECK((*session)->info().error().code == ErrorCode::key_removed);
  CHECK((*session)->certificates().error().code == ErrorCode::key_removed);
  CHECK((*session)->apply({.order = "1", .put = {{"x", {1}}}}, {}).error().code == ErrorCode::key_removed);
  session->reset();
  CHECK(calls(folder.path()) == 0);
  device.plug();
  CHECK((*backend)->open("S1"));
}

TEST_CASE("waiting for events costs nothing") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  const auto backend = skfBackend(SEALFERRY_SOFTKEY_LIBRARY);
  REQUIRE(backend);
  std::this_thread::sleep_for(200ms);
  const auto before = processorTime();
  std::this_thread::sleep_for(1s);
  CHECK((processorTime() - before) < 20ms);
}
