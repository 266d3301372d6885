// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "module/store.h"

/// A key in the fake module, and in the odd one, of which it is the key too; gone at the end.
struct FakeKey {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("sealferry-fake-" + std::to_string(getpid()));
  sealferry::fake::Store store{folder / "key"};

  explicit FakeKey(const char* serial) {
    setenv("SEALFERRY_FAKE_KEY", (folder / "key").c_str(), 1);
    store.create(serial, "123456");
  }
  ~FakeKey() { std::filesystem::remove_all(folder); }
  FakeKey(const FakeKey&) = delete;
  FakeKey& operator=(const FakeKey&) = delete;
};
