// SPDX-License-Identifier: Apache-2.0
#include "der.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace sealferry::token::pkcs11 {
namespace {

constexpr std::uint8_t tagInteger = 0x02, tagBits = 0x03, tagOctets = 0x04, tagNull = 0x05, tagOid = 0x06,
                       tagSequence = 0x30;

const Bytes rsaEncryption{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01};  // 1.2.840.113549.1.1.1
const Bytes ecPublicKey{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};                // 1.2.840.10045.2.1

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// Tag, length, content (X.690 §8.1).
Bytes tlv(std::uint8_t tag, const Bytes& content) {
  Bytes head{tag};
  if (content.size() < 0x80) {
    head.push_back(static_cast<std::uint8_t>(content.size()));
  } else {
    Bytes length;
    for (auto rest = content.size(); rest > 0; rest >>= 8)
      length.insert(length.begin(), static_cast<std::uint8_t>(rest));
    head.push_back(static_cast<std::uint8_t>(0x80 | length.size()));
    head = head + length;
  }
  return head + content;
}

/// An unsigned number as INTEGER: without leading zeroes, but one where the first bit would make it negative.
Bytes integer(ByteView magnitude) {
  const auto* first =
      std::find_if(magnitude.data(), magnitude.data() + magnitude.size(), [](auto b) { return b != 0; });
  Bytes content(first, magnitude.data() + magnitude.size());
  if (content.empty() || (content[0] & 0x80) != 0) content.insert(content.begin(), 0);
  return tlv(tagInteger, content);
}

Bytes keyInfo(const Bytes& algorithm, const Bytes& parameters, const Bytes& key) {
  const auto identifier = tlv(tagSequence, tlv(tagOid, algorithm) + parameters);
  return tlv(tagSequence, identifier + tlv(tagBits, Bytes{0} + key));
}

bool isPoint(ByteView bytes) { return bytes.size() >= 3 && bytes[0] == 0x04 && bytes.size() % 2 == 1; }

/// The point inside an OCTET STRING of short or long form length.
ByteView unwrapped(ByteView bytes) {
  if (bytes.size() > 2 && bytes[0] == tagOctets && bytes[1] == bytes.size() - 2) return bytes.subspan(2);
  if (bytes.size() > 3 && bytes[0] == tagOctets && bytes[1] == 0x81 && bytes[2] == bytes.size() - 3)
    return bytes.subspan(3);
  return bytes;
}

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

}  // namespace

const Bytes curveSm2{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};   // 1.2.156.10197.1.301
const Bytes curveP256{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};  // 1.2.840.10045.3.1.7

Bytes rsaPublicKeyInfo(ByteView modulus, ByteView exponent) {
  if (modulus.empty() || exponent.empty()) return {};
  return keyInfo(rsaEncryption, {tagNull, 0}, tlv(tagSequence, integer(modulus) + integer(exponent)));
}

Bytes ecPublicKeyInfo(ByteView parameters, ByteView point) {
  const auto inner = unwrapped(point);
  if (parameters.empty() || !isPoint(inner)) return {};
  return keyInfo(ecPublicKey, copyOf(parameters), copyOf(inner));
}

PublicKeyFacts publicKeyFacts(ByteView publicKeyInfo) {
  const auto* at = publicKeyInfo.data();
  const std::unique_ptr<EVP_PKEY, FreeKey> key(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKeyInfo.size())));
  if (!key) return {};
  const auto bits = static_cast<unsigned>(EVP_PKEY_get_bits(key.get()));
  if (EVP_PKEY_is_a(key.get(), "RSA") == 1) return {KeyAlgorithm::rsa, bits};
  const auto sm2 = std::search(publicKeyInfo.begin(), publicKeyInfo.end(), curveSm2.begin(), curveSm2.end());
  if (sm2 != publicKeyInfo.end()) return {KeyAlgorithm::sm2, bits};
  return {KeyAlgorithm::ecdsa, EVP_PKEY_is_a(key.get(), "EC") == 1 ? bits : 0};
}

Bytes ecdsaSignature(ByteView rs) {
  if (rs.empty() || rs.size() % 2 != 0) return {};
  const auto half = rs.size() / 2;
  return tlv(tagSequence, integer(rs.first(half)) + integer(rs.subspan(half)));
}

Bytes digestInfo(ByteView digest) {
  // id-sha256, -384, -512: 2.16.840.1.101.3.4.2.{1,2,3}
  const std::uint8_t last = digest.size() == 32 ? 1 : digest.size() == 48 ? 2 : digest.size() == 64 ? 3 : 0;
  if (last == 0) return {};
  const Bytes oid{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last};
  const auto identifier = tlv(tagSequence, tlv(tagOid, oid) + Bytes{tagNull, 0});
  return tlv(tagSequence, identifier + tlv(tagOctets, copyOf(digest)));
}

}  // namespace sealferry::token::pkcs11
