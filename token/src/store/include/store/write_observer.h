// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace sealferry::token {

/// Told of each native call that can change what a key holds. Tests number the calls and break off at any of them;
/// nothing else uses it, and a release worker has none.
class WriteObserver {
 public:
  virtual ~WriteObserver() = default;
  virtual void before(std::string_view call) = 0;
  virtual void after(std::string_view call) = 0;
};

/// Surrounds one such call; `observer` may be null.
class ObservedWrite {
 public:
  ObservedWrite(WriteObserver* observer, std::string_view call) : observer_(observer), call_(call) {
    if (observer_ != nullptr) observer_->before(call_);
  }
  ~ObservedWrite() {
    if (observer_ != nullptr) observer_->after(call_);
  }
  ObservedWrite(const ObservedWrite&) = delete;
  ObservedWrite& operator=(const ObservedWrite&) = delete;

 private:
  WriteObserver* observer_;
  std::string_view call_;
};

}  // namespace sealferry::token
