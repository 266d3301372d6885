// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
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

/// For a process that does nothing else with the library: each call blocks in SKF_WaitForDevEvent until a key came or
/// went. mechanism_missing if the library has no such call; a failure later on if what it answers is no event of the
/// standard's, or it answers without having waited.
Result<std::function<Result<void>()>> skfDeviceEvents(const std::string& path, const SkfSetting& setting = {});

}  // namespace sealferry::token
