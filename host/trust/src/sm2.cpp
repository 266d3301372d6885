// SPDX-License-Identifier: Apache-2.0
#include "sm2.h"

#include <openssl/core_names.h>

#include "trust/algorithm.h"

namespace sealferry::trust {
namespace {

using GroupHandle = Handle<EC_GROUP, EC_GROUP_free>;
constexpr std::size_t fieldSize = 32;

bool append(Bytes& out, const BIGNUM* number) {
  Bytes field(fieldSize);
  if (number == nullptr || BN_bn2binpad(number, field.data(), static_cast<int>(fieldSize)) < 0) return false;
  out.insert(out.end(), field.begin(), field.end());
  return true;
}

bool appendCurve(Bytes& out) {
  const GroupHandle group(EC_GROUP_new_by_curve_name(NID_sm2));
  const BnHandle p(BN_new()), a(BN_new()), b(BN_new()), x(BN_new()), y(BN_new());
  if (!group || !p || !a || !b || !x || !y) return false;
  if (EC_GROUP_get_curve(group.get(), p.get(), a.get(), b.get(), nullptr) != 1) return false;
  const EC_POINT* generator = EC_GROUP_get0_generator(group.get());
  if (EC_POINT_get_affine_coordinates(group.get(), generator, x.get(), y.get(), nullptr) != 1) return false;
  return append(out, a.get()) && append(out, b.get()) && append(out, x.get()) && append(out, y.get());
}

bool appendParameter(Bytes& out, const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  const bool found = EVP_PKEY_get_bn_param(key, name, &number) == 1;
  const BnHandle owner(number);
  return found && append(out, number);
}

}  // namespace

std::optional<Bytes> sm2Z(const EVP_PKEY* key) {
  const ErrorQueueGuard guard;
  constexpr auto idBits = sm2UserId.size() * 8;
  Bytes input{static_cast<std::uint8_t>(idBits >> 8), static_cast<std::uint8_t>(idBits & 0xff)};
  input.insert(input.end(), sm2UserId.begin(), sm2UserId.end());
  if (!appendCurve(input)) return std::nullopt;
  if (!appendParameter(input, key, OSSL_PKEY_PARAM_EC_PUB_X)) return std::nullopt;
  if (!appendParameter(input, key, OSSL_PKEY_PARAM_EC_PUB_Y)) return std::nullopt;
  return digestOf(DigestAlgorithm::sm3, input);
}

}  // namespace sealferry::trust
