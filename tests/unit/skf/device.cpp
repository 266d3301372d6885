// SPDX-License-Identifier: Apache-2.0
// The soft key's folder under an attacker's hands: what was changed, exchanged or taken from elsewhere is refused.
#include "softkey/device.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "folder.h"

using namespace sealferry;
using namespace sealferry::softkey;
namespace fs = std::filesystem;

namespace {

constexpr const char* application = "app";

Device makeKey(const fs::path& folder) {
  Device device(folder);
  REQUIRE(device.format({.serial = "S1", .totalBytes = 60'000}));
  REQUIRE(device.createApplication(application, {"12345678", "123456", 6, 3, 4}));
  return device;
}

Outcome<Secret> enter(const Device& device, std::string_view pin = "123456") {
  return device.verifyPin(application, User::user, viewOf(pin));
}

std::vector<fs::path> records(const fs::path& folder, const std::string& prefix) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

std::string contentOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a try is spent before the PIN is looked at, and its record cannot be turned back by hand") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  const auto before = contentOf(records(folder.path(), "try.")[0]);
  CHECK(enter(device, "000000").error() == Status::pinIncorrect);
  CHECK(device.pinFacts(application, User::user)->triesLeft == 2);
  auto record = contentOf(records(folder.path(), "try.")[0]);
  CHECK(record != before);
  for (std::size_t i = 0; i < record.size(); ++i) {
    auto changed = record;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    std::ofstream(records(folder.path(), "try.")[0], std::ios::binary) << changed;
    CHECK_FALSE(device.pinFacts(application, User::user));
    CHECK_FALSE(enter(device));
  }
}

TEST_CASE("a lost counter is no fresh one") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  fs::remove(records(folder.path(), "try.")[0]);
  CHECK_FALSE(enter(device));
  CHECK_FALSE(device.pinFacts(application, User::user));
}

TEST_CASE("records cannot take each other's places, and not those of another key") {
  const KeyFolder folder, elsewhere;
  const auto device = makeKey(folder.path());
  const auto other = makeKey(elsewhere.path());
  for (const auto* name : {"one", "two"}) {
    REQUIRE(device.createFile(application, {.name = name, .size = 4}));
    REQUIRE(device.writeFile(application, name, 0, viewOf(name), nullptr));
  }
  const auto files = records(folder.path(), "fil.");
  REQUIRE(files.size() == 2);
  fs::copy(files[0], files[1], fs::copy_options::overwrite_existing);
  CHECK_FALSE(device.files(application));
  REQUIRE(other.createFile(application, {.name = "one", .size = 4}));
  fs::copy(records(elsewhere.path(), "fil.")[0], files[0], fs::copy_options::overwrite_existing);
  CHECK_FALSE(device.readFile(application, "one", nullptr));
}

TEST_CASE("a file that only the user may read is closed on the disk and needs the PIN") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  const auto secrets = enter(device);
  REQUIRE(secrets);
  const std::string text = "confidential, surely";
  REQUIRE(device.createFile(application, {"secret", rightUser, rightUser, text.size()}));
  REQUIRE(device.writeFile(application, "secret", 0, viewOf(text), &*secrets));
  CHECK(textOf(*device.readFile(application, "secret", &*secrets)) == text);
  CHECK_FALSE(device.readFile(application, "secret", nullptr));
  for (const auto& entry : fs::directory_iterator(folder.path()))
    CHECK(contentOf(entry.path()).find(text) == std::string::npos);
}

TEST_CASE("the secrets outlive a change of the PIN and an unblocking, and no other PIN opens them") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  CHECK(device.pinFacts(application, User::user)->factoryPin);
  const auto before = enter(device);
  REQUIRE(before);
  REQUIRE(device.changePin(application, User::user, viewOf("123456"), viewOf("654321")));
  CHECK_FALSE(device.pinFacts(application, User::user)->factoryPin);
  CHECK(enter(device).error() == Status::pinIncorrect);
  for (int i = 0; i < 3; ++i) (void)enter(device, "000000");
  CHECK(enter(device, "654321").error() == Status::pinLocked);
  CHECK_FALSE(device.unblockPin(application, viewOf("87654321"), viewOf("111111")));
  REQUIRE(device.unblockPin(application, viewOf("12345678"), viewOf("111111")));
  const auto after = enter(device, "111111");
  REQUIRE(after);
  CHECK(std::ranges::equal(before->view(), after->view()));
}

TEST_CASE("memory has an end") {
  const KeyFolder folder;
  const auto device = makeKey(folder.path());
  REQUIRE(device.createFile(application, {.name = "a", .size = 40'000}));
  CHECK(device.createFile(application, {.name = "b", .size = 40'000}).error() == Status::noRoom);
  REQUIRE(device.deleteFile(application, "a"));
  CHECK(device.createFile(application, {.name = "b", .size = 40'000}));
  CHECK(device.freeBytes() < 20'000);
}
