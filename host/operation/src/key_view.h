// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/context.h"
#include "seal/verdict.h"
#include "wire/answers.h"

namespace sealferry::operation {

/// What listKeys and status say of a key.
Result<wire::KeySummary> summaryOf(token::Session& session);
/// What readKey says; pictures only where `pictures`.
Result<wire::KeyView> viewOf(Context& context, token::Session& session, bool pictures);

wire::VerdictView viewOf(const seal::Verdict& verdict);

}  // namespace sealferry::operation
