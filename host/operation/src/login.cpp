// SPDX-License-Identifier: Apache-2.0

#include "holding.h"
#include "operations.h"
#include "order/receipt.h"
#include "pin.h"
#include "sign.h"

namespace sealferry::operation {

Result<wire::LoginAnswer> login(Context& context, const wire::Login& request, const Call& call) {
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  const auto signing = signingCertificate(**session);
  if (!signing) return passOn(signing);
  if (!*signing) return fail(ErrorCode::no_certificate, "login");
  const auto draft = order::prepareLogin({call.caller.origin, request.nonce, context.clock()}, (*signing)->certificate);
  if (!draft) return passOn(draft);
  const auto logged = logIn(context, call, **session, keyWords(**session), prompt::Act::login);
  if (!logged) return passOn(logged);
  const auto signer = stillHeld(**session, (*signing)->certificate.sha256());
  if (!signer) return passOn(signer);
  const auto message = signWith(**session, *signer, *draft);
  if (!message) return passOn(message);
  return wire::LoginAnswer{*message};
}

}  // namespace sealferry::operation
