// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealferry::token {

/// Ends the process ten seconds after the other side of the pipe was closed, whatever else is going on.
void startWatchdog(int pipe);

}  // namespace sealferry::token
