// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/call.h"
#include "operation/context.h"

namespace sealferry::operation {

/// Asks for the PUK and a new PIN in native windows and sets it. One PUK typed is one try; after a wrong one its window
/// comes again and says so, with the new PIN kept. Before the last try there is a question of its own. What the user
/// ends after a wrong PUK is answered as puk_incorrect. The new PIN, empty where it was typed on the key itself.
Result<Secret> setPinWithPuk(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key);

}  // namespace sealferry::operation
