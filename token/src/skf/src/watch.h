// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <thread>

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
  /// A call has found out that the key is gone, before the event of it: that one, when it comes, says nothing of a key
  /// that has been put in since. `seen` is what `removals` was when the key was connected.
  void foundGone(const std::string& name, unsigned seen);
  /// False where the library has no events, or none that are to be believed.
  bool listens() const;

 private:
  struct State;
  std::shared_ptr<const Library> library_;
  std::shared_ptr<State> state_;
  std::thread thread_;
};

}  // namespace sealferry::token::skf
