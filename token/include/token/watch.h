// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "token/registry.h"

namespace sealferry::token {

/// What a watch has seen since it was last asked. It never says which key: that is asked of the backends.
enum class News {
  none,
  changed,  ///< keys may have come or gone; also the first word, once it has begun to watch
  lost,     ///< the service behind it has stopped, and may come back; drivers may have lost it too
  ended,    ///< it does not watch (any more): look now and then instead
};

/// Tells that keys may have come or gone. While nothing happens it costs no processor time, here or in its process.
class Watch {
 public:
  virtual ~Watch() = default;
  /// Readable once there is news; stays so until it is taken.
  virtual int descriptor() const = 0;
  /// The gravest news there is, without waiting.
  virtual News take() = 0;
};

/// A worker that does nothing but wait: blocking calls next to a driver's other calls would hold those up. `source` is
/// {"pcsc", {}} for the reader service, which serves all drivers that use it, or a module whose own events are known to
/// be good (C_WaitForSlotEvent, SKF_WaitForDevEvent). Never fails: what cannot watch says `ended`.
std::unique_ptr<Watch> workerWatch(const ModuleSetting& source, const WorkerSetting& setting);

}  // namespace sealferry::token
