// SPDX-License-Identifier: Apache-2.0
// Programs of one user lock a key in one folder, whatever their environments say.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "lock_file.h"

using namespace sealferry::token;

TEST_CASE("the usual folder of a session is used if it is this user's alone; else the variable, else /tmp") {
  auto pattern = (std::filesystem::temp_directory_path() / "sealferry-XXXXXX").string();
  const std::string folder = mkdtemp(pattern.data());
  CHECK(sessionFolder(folder, "/run/user/1000/snap.browser") == folder);
  CHECK(sessionFolder(folder, nullptr) == folder);
  CHECK(sessionFolder(folder, "") == folder);
  REQUIRE(chmod(folder.c_str(), 0755) == 0);  // others may look into it
  CHECK(sessionFolder(folder, "/another") == "/another");
  CHECK(sessionFolder(folder, nullptr) == "/tmp");
  CHECK(sessionFolder(folder, "") == "/tmp");
  CHECK(sessionFolder(folder, "relative") == "/tmp");
  REQUIRE(chmod(folder.c_str(), 0700) == 0);
  const auto link = folder + ".link";
  REQUIRE(symlink(folder.c_str(), link.c_str()) == 0);
  CHECK(sessionFolder(link, "/another") == "/another");
  std::filesystem::remove(link);
  std::filesystem::remove_all(folder);
  CHECK(sessionFolder(folder, "/another") == "/another");
}
