// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealferry::token::pcsc {

/// Blocks until something happened where the service's socket would be, a minute at most: the service may have come.
void waitForService();

}  // namespace sealferry::token::pcsc
