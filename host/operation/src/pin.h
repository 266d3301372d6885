// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/call.h"
#include "operation/context.h"

namespace sealferry::operation {

/// Asks for the PIN in a native window and logs in. One window is one try, typed by the user; after a wrong one the
/// window comes again and says so. Before the last try there is a question of its own. What the user ends after a wrong
/// PIN is answered as pin_incorrect, so that the page can say where things stand.
Result<void> logIn(Context& context, const Call& call, token::Session& session, const prompt::KeyWords& key,
                   prompt::Act act);

/// Keeps other programs off the key until the session ends; before the first window. key_busy says who has it.
Result<void> reserve(Context& context, token::Session& session);

/// The window's words for a key: unit name and serial.
prompt::KeyWords keyWords(token::Session& session);

/// What the flags of the token, and what we saw ourselves, say of the next try.
struct PinPlace {
  bool low = false, last = false;
  std::optional<int> triesLeft;
};
PinPlace pinPlace(const token::PinState& state, unsigned ownFailures);

/// What the next window says of this key.
prompt::PinWords pinWords(const Context& context, const Call& call, const token::KeyInfo& info,
                          const prompt::KeyWords& key, prompt::Act act);

/// A PIN typed by the user after the warnings that are due. `what` is what the page is told of the window.
Result<Secret> askPin(Context& context, const Call& call, const prompt::PinQuestion& question,
                      std::string_view what = "pin");
/// For a key with keys of its own: the user is sent there, then `typing` waits for the driver. No PIN passes through
/// us.
Result<void> askOnPad(Context& context, const Call& call, const prompt::Question& question,
                      const std::function<Result<void>()>& typing, std::string_view what = "pin");
/// pin_locked or pin_must_change where no try may be spent; the explicit question before the last try.
Result<void> mayTry(Context& context, const Call& call, const token::KeyInfo& info, const prompt::KeyWords& key);

/// Was it the user who ended the asking, or nobody there to ask?
bool endedByUser(ErrorCode code);

/// Counts a failed try and adds to the error what is known about the next one, from flags read anew. `before` is what
/// the key said before the try.
tl::unexpected<Error> wrongPin(Context& context, token::Session& session, const token::KeyInfo& before,
                               const Error& error);

}  // namespace sealferry::operation
