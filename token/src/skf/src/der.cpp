// SPDX-License-Identifier: Apache-2.0
#include "der.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace sealferry::token::skf {
namespace {

template <auto release>
struct With {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Integer = std::unique_ptr<ASN1_INTEGER, With<ASN1_INTEGER_free>>;

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

Bytes integer(ByteView magnitude) {
  const std::unique_ptr<BIGNUM, With<BN_free>> number(
      BN_bin2bn(magnitude.data(), static_cast<int>(magnitude.size()), nullptr));
  const Integer value(BN_to_ASN1_INTEGER(number.get(), nullptr));
  unsigned char* der = nullptr;
  const int size = i2d_ASN1_INTEGER(value.get(), &der);
  Bytes bytes(der, der + std::max(size, 0));
  OPENSSL_free(der);
  return bytes;
}

/// Tag, length, content (X.690 §8.1).
Bytes wrap(std::uint8_t tag, ByteView content) {
  Bytes der{tag};
  const auto size = content.size();
  if (size >= 0x100) {
    append(der, Bytes{0x82, static_cast<std::uint8_t>(size >> 8)});
  } else if (size >= 0x80) {
    der.push_back(0x81);
  }
  der.push_back(static_cast<std::uint8_t>(size));
  append(der, content);
  return der;
}

constexpr std::uint8_t sequence = 0x30, bits = 0x03;

// SEQUENCE{rsaEncryption, NULL} and SEQUENCE{id-ecPublicKey, sm2p256v1 1.2.156.10197.1.301}
const Bytes rsaAlgorithm{0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
const Bytes sm2Algorithm{0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
                         0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};

Bytes keyInfo(const Bytes& algorithm, const Bytes& key) {
  Bytes content{0};
  append(content, key);
  auto info = algorithm;
  append(info, wrap(bits, content));
  return wrap(sequence, info);
}

}  // namespace

Bytes publicKeyInfo(const sealferry::skf::EccPublicKey& key) {
  Bytes point{4};
  append(point, key.x);
  append(point, key.y);
  return keyInfo(sm2Algorithm, point);
}

Bytes publicKeyInfo(const sealferry::skf::RsaPublicKey& key) {
  auto numbers = integer(key.modulus);
  append(numbers, integer(key.exponent));
  return keyInfo(rsaAlgorithm, wrap(sequence, numbers));
}

Bytes signatureDer(ByteView rs) {
  auto numbers = integer(rs.first(rs.size() / 2));
  append(numbers, integer(rs.subspan(rs.size() / 2)));
  return wrap(sequence, numbers);
}

Bytes digestInfo(ByteView digest) {
  // id-sha256, -384, -512: 2.16.840.1.101.3.4.2.{1,2,3}
  const std::uint8_t last = digest.size() == 32 ? 1 : digest.size() == 48 ? 2 : digest.size() == 64 ? 3 : 0;
  if (last == 0) return {};
  Bytes content{0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last, 0x05, 0x00};
  append(content, wrap(0x04, digest));
  return wrap(sequence, content);
}

Bytes firstElement(ByteView der) {
  if (der.empty() || der[0] == 0) return {};
  if (der.size() < 2) return copyOf(der);
  std::size_t length = der[1], head = 2;
  if (length >= 0x80) {  // so many octets tell the length
    const auto octets = length - 0x80;
    if (octets == 0 || octets > 4 || der.size() < head + octets) return copyOf(der);
    length = 0;
    for (; head < octets + 2; ++head) length = length << 8 | der[head];
  }
  return copyOf(der.first(std::min(der.size(), head + length)));
}

}  // namespace sealferry::token::skf
