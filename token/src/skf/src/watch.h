// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "library.h"

namespace sealferry::token::skf {

/// Listens for keys being pulled, in a thread of its own that sleeps in SKF_WaitForDevEvent. A library without events
/// says nothing here; then only the calls themselves tell.
class Watch {
 public:
  explicit Watch(std::shared_ptr<const Library> library);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// How often the key of this name has been pulled so far.
  unsigned removals(const std::string& name) const;

 private:
  struct State;
  std::shared_ptr<const Library> library_;
  std::shared_ptr<State> state_;
};

}  // namespace sealferry::token::skf
