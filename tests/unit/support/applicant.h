// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "token/backend.h"

namespace sealferry::test {

/// What an applicant needs of a key: it is listed, its certificate has its private key, that signs, a seal can be
/// written and read. Empty if all that works, else what did not. The PIN is 123456, the one certificate is an RSA one.
inline std::string failureOf(const Result<std::unique_ptr<token::Backend>>& backend, std::string_view serial) {
  if (!backend) return "load: " + backend.error().where;
  const auto keys = (*backend)->keys();
  if (!keys || keys->size() != 1 || keys->front().serial != serial) return "keys";
  if (keys->front().pin.locked) return "taken for locked";
  const auto session = (*backend)->open(serial);
  if (!session) return "open: " + session.error().where;
  const auto certificates = (*session)->certificates();
  if (!certificates) return "certificates: " + certificates.error().where;
  if (certificates->size() != 1 || !certificates->front().hasPrivateKey) return "no certificate with a private key";
  if (auto done = (*session)->login(Secret(viewOf("123456"))); !done) return "login: " + done.error().where;
  const auto signature = (*session)->sign(certificates->front().keyId, token::SignatureScheme::rsaSha256, Bytes(32, 1));
  if (!signature) return "sign: " + signature.error().where;
  const Bytes seal(5000, 7);
  if (auto done = (*session)->apply({.order = "1", .put = {{"seal", seal}}}, {}); !done)
    return "apply: " + done.error().where;
  return (*session)->readBlob("seal") == seal ? "" : "another seal";
}

}  // namespace sealferry::test
