// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "operation/call.h"
#include "operation/context.h"
#include "wire/messages.h"

namespace sealferry::operation {

/// Runs one request: the caller's standing, the right its method needs, then the operation. The answer is the JSON of
/// the result. origin_not_trusted, insecure_context or right_missing before anything else is looked at.
Result<std::string> run(Context& context, const wire::Request& request, const Caller& caller, prompt::Stop stop,
                        const Listener& listener);

}  // namespace sealferry::operation
