// SPDX-License-Identifier: Apache-2.0
#include "sign.h"

#include <algorithm>

#include "base/digest.h"
#include "container.h"
#include "der.h"

namespace sealferry::token::skf {
namespace {

constexpr std::size_t sm3Bytes = 32;

Result<std::unique_ptr<Container>> containerOf(const Device& device, ByteView keyId) {
  const auto name = textOf(keyId);
  const auto all = device.names("SKF_EnumContainer");
  if (!all) return passOn(all);
  if (std::ranges::find(*all, name) == all->end()) return fail(ErrorCode::no_certificate, "sign");
  return Container::open(device, name);
}

bool isPkcs1(SignatureScheme scheme) {
  return scheme == SignatureScheme::rsaSha256 || scheme == SignatureScheme::rsaSha384 ||
         scheme == SignatureScheme::rsaSha512;
}

bool possible(const KeyPairRequest& request) {
  if (request.algorithm == KeyAlgorithm::rsa) return request.bits == 2048;
  return request.algorithm == KeyAlgorithm::sm2 && request.bits == 256;
}

/// What a broken generation leaves is taken away if the library can.
Result<std::optional<KeyPair>> generateIn(const Device& device, const std::string& name,
                                          const KeyPairRequest& request) {
  const auto container = Container::create(device, name);
  if (!container) return passOn(container);
  if (auto made = (*container)->generate(request); !made) return passOn(made);
  return (*container)->keyPair(KeyUse::signing);
}

}  // namespace

Result<Bytes> sign(const Device& device, ByteView keyId, SignatureScheme scheme, ByteView digest) {
  const auto container = containerOf(device, keyId);
  if (!container) return passOn(container);
  const auto pair = (*container)->keyPair(KeyUse::signing);
  if (!pair) return passOn(pair);
  if (!*pair) return fail(ErrorCode::mechanism_missing, "sign");
  if ((*pair)->algorithm == KeyAlgorithm::sm2 && scheme == SignatureScheme::sm2Sm3) {
    if (digest.size() != sm3Bytes) return fail(ErrorCode::bad_request, "sign");
    return (*container)->signSm2(digest);
  }
  if ((*pair)->algorithm != KeyAlgorithm::rsa || !isPkcs1(scheme)) return fail(ErrorCode::mechanism_missing, "sign");
  const auto info = digestInfo(digest);
  if (info.empty()) return fail(ErrorCode::bad_request, "sign");
  return (*container)->signRsa(info, ((*pair)->bits + 7) / 8);
}

Result<KeyPair> generate(const Device& device, const KeyPairRequest& request) {
  if (!possible(request)) return fail(ErrorCode::mechanism_missing, "createKeyPair");
  const auto name = "SealFerry-" + toHex(randomBytes(4));
  auto made = generateIn(device, name, request);
  if (made && *made) return std::move(**made);
  if (device.library().has("SKF_DeleteContainer"))
    (void)device.inApplication("SKF_DeleteContainer", const_cast<char*>(name.c_str()));
  if (!made) return passOn(made);
  return fail(ErrorCode::internal, "createKeyPair");
}

}  // namespace sealferry::token::skf
