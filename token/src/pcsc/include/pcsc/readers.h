// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/result.h"

namespace sealferry::token::pcsc {

/// All readers of the PC/SC service, and what is in them. Not for several threads.
class Readers {
 public:
  /// no_driver if the service's library is not installed.
  static Result<std::unique_ptr<Readers>> load();
  virtual ~Readers() = default;

  enum class Change {
    readers,  ///< a reader or a key came or went; also when the service has come back
    lost,     ///< the service has stopped
  };
  /// Blocks until something has changed since the last call, or since load(). Fails if this user may not use the
  /// service. While the service is not there it waits for it to come.
  virtual Result<Change> wait() = 0;
};

}  // namespace sealferry::token::pcsc
