// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order_facts.h"
#include "token/backend.h"

namespace sealferry::operation {

/// How seals are stored on this key, if they may be written at all; else layout_unknown, with its reason in the detail.
/// To be asked before any window: nobody is asked for a PIN for what cannot be done.
Result<token::KeyLayout> writableLayout(token::Session& session);

/// What vendors' tools show of a seal.
token::SealFace faceOf(const seal::Seal& seal, const std::string& owner);

}  // namespace sealferry::operation
