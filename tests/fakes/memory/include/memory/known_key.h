// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "memory/memory_key.h"

namespace sealferry::token {

/// A key made from files: `*.pem` (PKCS#8 private keys) each with its certificate `*.der` beside it; files named
/// encrypt* are encryption key pairs. What befalls it is read from the same folder before each call: `pulled` and
/// `mustchange` (there or not), `limit` (bytes free).
std::shared_ptr<MemoryKey> memoryKeyFrom(const std::filesystem::path& folder);

}  // namespace sealferry::token
