// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "skf/setting.h"
#include "store/write_observer.h"
#include "token/backend.h"

namespace sealferry::token {

/// Keys behind a GM/T 0016 library (SKF). Loads it into this very process: for the worker, never for the host.
/// no_driver if the file cannot be loaded or lacks a call that nothing can be done without. Not for several threads.
Result<std::unique_ptr<Backend>> skfBackend(const std::string& path, const SkfSetting& setting = {},
                                            WriteObserver* observer = nullptr);

}  // namespace sealferry::token
