// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "pkcs11/setting.h"
#include "store/write_observer.h"
#include "token/backend.h"

namespace sealferry::token {

/// Keys behind a PKCS#11 module (v2.40). Loads the module into this very process: for the worker, never for the host.
/// no_driver if the file cannot be loaded or is no such module. Not for several threads, and no two on one module.
Result<std::unique_ptr<Backend>> pkcs11Backend(const std::string& path, const Pkcs11Setting& setting = {},
                                               WriteObserver* observer = nullptr);

/// For a process that does nothing else with the module: each call blocks in C_WaitForSlotEvent (v2.40 §5.5) until a
/// key came or went. mechanism_missing if the module has no such wait.
Result<std::function<Result<void>()>> pkcs11SlotEvents(const std::string& path);

}  // namespace sealferry::token
