// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "module/store.h"
#include "subject.h"

namespace sealferry::contract {

/// A fresh key of the fake module in a folder of its own, found through SEALFERRY_FAKE_KEY.
class FakeKey {
 public:
  static constexpr const char* serial = "FAKE000000000001";
  static constexpr const char* module = SEALFERRY_FAKE_MODULE;
  FakeKey();
  void reset();
  fake::Store& store() { return store_; }

 private:
  Folder folder_;
  fake::Store store_;
};

}  // namespace sealferry::contract
