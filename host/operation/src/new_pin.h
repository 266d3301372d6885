// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/call.h"
#include "operation/context.h"

namespace sealferry::operation {

/// A new PIN, typed twice, that is not one of those everybody knows; the window comes again until it is, or the user
/// gives up.
Result<Secret> askNewPin(Context& context, const Call& call, prompt::PinWords words);

}  // namespace sealferry::operation
