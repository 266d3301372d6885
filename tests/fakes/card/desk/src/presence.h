// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>

namespace sealferry::desk {

/// Waits until pcscd says that there is, or is not, a card in this reader (blocking SCardGetStatusChange).
bool awaitCard(const std::string& reader, bool present, std::chrono::milliseconds most);

}  // namespace sealferry::desk
