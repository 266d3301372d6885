// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "module/store.h"
#include "soft/certificate.h"
#include "token/registry.h"

namespace sealferry::test {

/// A key of the fake module in a folder of its own, which workers started from now on see; locks lie there too.
struct FakeKey {
  static constexpr const char* serial = "S1";

  explicit FakeKey(const std::string& mySerial = serial) : FakeKey(mySerial, makeFolder()) {
    runtime = folder;
    setenv("SEALFERRY_LOCK_FOLDER", runtime.c_str(), 1);
  }
  /// What another driver makes of the same stick: the objects of `other` under another serial, the same locks.
  FakeKey(const std::string& mySerial, const FakeKey& other) : FakeKey(mySerial, makeFolder()) {
    runtime = other.runtime;
    std::filesystem::remove_all(folder / "key" / "objects");
    std::filesystem::copy(other.folder / "key" / "objects", folder / "key" / "objects");
  }
  FakeKey(const FakeKey&) = delete;
  FakeKey& operator=(const FakeKey&) = delete;
  ~FakeKey() { std::filesystem::remove_all(folder); }

  std::filesystem::path folder, runtime;
  std::unique_ptr<fake::Store> store;

 private:
  FakeKey(const std::string& mySerial, std::filesystem::path at) : folder(std::move(at)) {
    store = std::make_unique<fake::Store>(folder / "key");
    store->create(mySerial, "123456");
    const auto pair = soft::Key::makeP256();
    store->addKeyPair(pair, {1}, "sign");
    store->addCertificate(soft::makeCertificate(pair.publicKeyInfo()), {1}, "sign");
    setenv("SEALFERRY_FAKE_KEY", (folder / "key").c_str(), 1);
  }
  static std::filesystem::path makeFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "sealferry-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
};

}  // namespace sealferry::test
