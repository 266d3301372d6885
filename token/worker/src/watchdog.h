// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealferry::token {

/// Ends the process ten seconds after the other side of the pipe was closed, whatever else is going on.
void startWatchdog(int pipe);

/// The end of this process and of what its driver has forked, which is of its process group; does not return unless the
/// group is not its own.
void endGroup();

}  // namespace sealferry::token
