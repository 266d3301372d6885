// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "base/result.h"
#include "worker/serve.h"

namespace sealferry::token {

/// What a wait came back with.
enum class Waited { changed, lost };

/// Blocks, without using the processor, until keys may have come or gone. A failure means that it cannot tell.
using WaitForChange = std::function<Result<Waited>()>;
using MakeWait = std::function<Result<WaitForChange>()>;

/// Tells the other side of the pipe one word for each wait that came back, and one at the beginning, until that side
/// closes it: then the process ends at once, whatever it is blocked in. Returns the exit code where the waiting fails,
/// or comes back so often that it is no waiting.
int watch(const Pipe& pipe, const MakeWait& makeWait);

}  // namespace sealferry::token
