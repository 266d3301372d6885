// SPDX-License-Identifier: Apache-2.0
#include "key_pairs.h"

#include "card/tlv.h"

namespace sealferry::card {
namespace {

constexpr unsigned keyReference = 0x84;
constexpr unsigned publicKeyTemplate = 0x7F49, rsaTemplate = 0x7F48, ecTemplate = 0xE0;
constexpr unsigned pointTag = 0x86, scalarTag = 0x88, cofactorTag = 0x87;
constexpr std::size_t mostKeys = 16;

/// The prime of P-256: the only curve this card knows.
bool isP256(const std::vector<Tlv>& parameters) {
  const auto prime = valueOf(parameters, 0x81);
  return prime && toHex(*prime) == "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
}

Answer publicKey(ByteView inner) {
  Bytes outer;
  appendTlv(outer, publicKeyTemplate, inner);
  return {outer};
}

std::optional<SecretKey> keyOf(const Tlv& object) {
  const auto parts = parseTlvs(object.value);
  if (!parts) return std::nullopt;
  if (object.tag == rsaTemplate) {
    const auto p = valueOf(*parts, 0x92), q = valueOf(*parts, 0x93);
    return p && q ? SecretKey::fromPrimes(*p, *q) : std::nullopt;
  }
  const auto scalar = valueOf(*parts, scalarTag);
  if (object.tag != ecTemplate || !scalar || !isP256(*parts)) return std::nullopt;
  return SecretKey::fromP256Scalar(*scalar);
}

}  // namespace

std::uint8_t KeyPairs::reference() const {
  const auto found = environment_.find(keyReference);
  return found == environment_.end() ? std::uint8_t{0} : found->second;
}

Answer KeyPairs::setEnvironment(const Command& command) {
  const auto all = parseTlvs(command.data);
  if (!all) return refuse(status::wrongData);
  for (const auto& one : *all)
    if (!one.value.empty()) environment_[one.tag] = one.value.front();
  return {};
}

Answer KeyPairs::keep(const std::optional<SecretKey>& key) {
  if (!key) return refuse(status::wrongData);
  if (state_.keys.size() >= mostKeys && !state_.keys.contains(reference())) return refuse(status::noMemory);
  state_.keys[reference()] = key->image();
  return {};
}

Answer KeyPairs::generateRsa() {
  const auto key = SecretKey::makeRsa();
  if (auto kept = keep(key); kept.status != status::good) return kept;
  Bytes inner;
  appendTlv(inner, 0x81, key->modulus());
  appendTlv(inner, 0x82, Bytes{1, 0, 1});
  return publicKey(inner);
}

/// The curve's parameters come with the command and go back with the answer.
Answer KeyPairs::generateEc(ByteView parameters) {
  const auto all = parseTlvs(parameters);
  const auto cofactor = all ? valueOf(*all, cofactorTag) : std::nullopt;
  if (!all || !cofactor || !isP256(*all)) return refuse(status::wrongData);
  const auto key = SecretKey::makeP256();
  if (auto kept = keep(key); kept.status != status::good) return kept;
  Bytes inner;
  for (const unsigned tag : {0x81U, 0x82U, 0x83U, 0x84U, 0x85U})
    if (const auto value = valueOf(*all, tag)) appendTlv(inner, tag, *value);
  appendTlv(inner, pointTag, key->point());
  appendTlv(inner, cofactorTag, *cofactor);
  return publicKey(inner);
}

Answer KeyPairs::generate(const Command& command) {
  if (!mayMake()) return refuse(status::notPermitted);
  return command.data.empty() ? generateRsa() : generateEc(command.data);
}

Answer KeyPairs::put(const Command& command) {
  if (!mayMake()) return refuse(status::notPermitted);
  const auto all = parseTlvs(command.data);
  if (!all || all->size() != 1) return refuse(status::wrongData);
  return keep(keyOf(all->front()));
}

/// PERFORM SECURITY OPERATION: P1-P2 9E9A signs, 8086 deciphers (with a leading byte that says how it is padded).
Answer KeyPairs::operate(const Command& command) {
  if (!pins_.loggedIn()) return refuse(status::notPermitted);
  const auto image = state_.keys.find(reference());
  if (image == state_.keys.end()) return refuse(status::noKey);
  const auto key = SecretKey::fromImage(image->second);
  if (!key) return refuse(status::failure);
  const bool signs = command.p1 == 0x9E && command.p2 == 0x9A, deciphers = command.p1 == 0x80 && command.p2 == 0x86;
  if ((!signs && !deciphers) || command.data.empty()) return refuse(status::wrongParameters);
  const auto result = signs ? key->sign(command.data) : key->decipher(ByteView(command.data).subspan(1));
  return result ? Answer{*result} : refuse(status::wrongData);
}

}  // namespace sealferry::card
