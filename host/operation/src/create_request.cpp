// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/digest.h"
#include "layout.h"
#include "operations.h"
#include "order_facts.h"
#include "pin.h"
#include "sign.h"
#include "trust/certification_request.h"

namespace sealferry::operation {
namespace {

using order::Operation;

Result<token::KeyPairRequest> pairAskedFor(const wire::NewKeyPair& pair) {
  if (pair.algorithm == "rsa" && (pair.bits == 2048 || pair.bits == 3072 || pair.bits == 4096))
    return token::KeyPairRequest{token::KeyAlgorithm::rsa, static_cast<unsigned>(pair.bits)};
  if (pair.algorithm == "ecdsa" && pair.bits == 256) return token::KeyPairRequest{token::KeyAlgorithm::ecdsa, 256};
  if (pair.algorithm == "sm2" && pair.bits == 256) return token::KeyPairRequest{token::KeyAlgorithm::sm2, 256};
  auto failure = fail(ErrorCode::bad_request, "pairAskedFor");
  failure.value().detail["field"] = "newKeyPair";
  return failure;
}

/// The pair of the current signing certificate, else the only signing pair there is.
Result<token::KeyPair> existingPair(token::Session& session) {
  const auto pairs = session.keyPairs();
  if (!pairs) return passOn(pairs);
  const auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  const auto found = std::ranges::find_if(*pairs, [&](const token::KeyPair& pair) {
    return *signing ? pair.keyId == (*signing)->keyId : pair.use == token::KeyUse::signing;
  });
  if (found == pairs->end()) return fail(ErrorCode::no_certificate, "existingPair");
  return *found;
}

Result<std::string> requestFor(token::Session& session, const token::KeyPair& pair) {
  const auto signing = signingCertificate(session);
  const std::string unit = signing && *signing ? (*signing)->certificate.unitName() : "SealFerry";
  const auto draft = trust::prepareRequest(pair.publicKeyInfo, unit);
  if (!draft) return passOn(draft);
  const auto signature = session.sign(pair.keyId, schemeFor(draft->algorithm()), draft->digest());
  if (!signature) return passOn(signature);
  return draft->finish(*signature);
}

}  // namespace

Result<wire::RequestAnswer> createRequest(Context& context, const wire::CreateRequest& request, const Call& call) {
  const auto order = openOrder(context, request.order);
  if (!order) return passOn(order);
  auto session = openKeyOf(context, *order);
  if (!session) return passOn(session);
  const auto facts = factsOf(context, call, *order, {Operation::request, Operation::issue}, **session);
  if (!facts) return passOn(facts);
  if (const auto covered = order::check(*order, *facts); !covered) return passOn(covered);
  const auto wanted = request.newKeyPair ? pairAskedFor(*request.newKeyPair) : token::KeyPairRequest{};
  if (!wanted) return passOn(wanted);

  // The seal that follows could not be written.
  if (const auto layout = writableLayout(**session); !layout) return passOn(layout);
  if (const auto reserved = reserve(context, **session); !reserved) return passOn(reserved);
  const auto digest = sha256(request.order);
  const auto key = keyWords(**session);
  call.listener.prompt("confirm");
  const prompt::WriteWords words{
      call.caller.origin, order->number, prompt::Act::createRequest, key, {}, {}, false, false};
  const auto agreed = context.window->confirm(prompt::writeQuestion(words, context.language), call.stop);
  call.listener.prompt("closed");
  if (!agreed) return passOn(agreed);
  if (!*agreed) return fail(ErrorCode::cancelled, "createRequest");
  if (const auto logged = logIn(context, call, **session, key, prompt::Act::createRequest); !logged)
    return passOn(logged);

  const auto pair = request.newKeyPair ? (*session)->createKeyPair(*wanted) : existingPair(**session);
  if (!pair) return passOn(pair);
  auto text = requestFor(**session, *pair);
  if (!text) return passOn(text);
  context.errands.begin({call.caller.origin, order->number, order->keySerial, digest,
                         context.clock() + Errands::longest, false, std::move(*session), false});
  return wire::RequestAnswer{std::move(*text)};
}

}  // namespace sealferry::operation
