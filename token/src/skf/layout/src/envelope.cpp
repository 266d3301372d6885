// SPDX-License-Identifier: Apache-2.0
#include "skf_layout/envelope.h"

#include <algorithm>

#include "number_field.h"

namespace sealferry::skf {
namespace {

constexpr std::size_t mostCipher = 32;
constexpr std::uint8_t tagInteger = 0x02, tagBits = 0x03, tagOctets = 0x04, tagOid = 0x06, tagSequence = 0x30;

/// DER, item by item (X.690): definite lengths in their shortest form, nothing else.
class DerReader {
 public:
  explicit DerReader(ByteView input) : rest_(input) {}
  ByteView item(std::uint8_t tag) {
    if (!good_ || rest_.size() < 2 || rest_[0] != tag) return bad();
    std::size_t size = rest_[1], head = 2;
    if (size == 0x81 && rest_.size() > 2 && rest_[2] >= 0x80) {
      size = rest_[2];
      head = 3;
    } else if (size == 0x82 && rest_.size() > 3 && rest_[2] != 0) {
      size = static_cast<std::size_t>(rest_[2] << 8 | rest_[3]);
      head = 4;
    } else if (size >= 0x80) {
      return bad();
    }
    if (rest_.size() - head < size) return bad();
    const auto content = rest_.subspan(head, size);
    rest_ = rest_.subspan(head + size);
    return content;
  }
  /// A non-negative INTEGER of at most 256 bits, as 32 bytes.
  Bytes number() {
    auto content = item(tagInteger);
    if (content.size() > 1 && content[0] == 0) content = content.subspan(1);
    if (!good_ || content.empty() || content.size() > number256) return (void)bad(), Bytes{};
    Bytes value(number256 - content.size());
    value.insert(value.end(), content.begin(), content.end());
    return value;
  }
  void restIsAnything() { rest_ = {}; }
  bool finished() const { return good_ && rest_.empty(); }

 private:
  ByteView bad() {
    good_ = false;
    rest_ = {};
    return {};
  }
  ByteView rest_;
  bool good_ = true;
};

/// 1.2.156.10197.1.104 and .1.104.1: SM4 and SM4-ECB.
bool isSm4(ByteView oid) {
  const Bytes plain{0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x68};
  Bytes ecb = plain;
  ecb.push_back(1);
  return std::ranges::equal(oid, plain) || std::ranges::equal(oid, ecb);
}

bool readCipher(ByteView sequence, EnvelopedKey& key) {
  DerReader cipher(sequence);
  key.x = cipher.number();
  key.y = cipher.number();
  key.hash = copyOf(cipher.item(tagOctets));
  key.cipher = copyOf(cipher.item(tagOctets));
  return cipher.finished() && key.hash.size() == number256 && !key.cipher.empty() && key.cipher.size() <= mostCipher;
}

/// BIT STRING with whole bytes.
ByteView wholeBits(ByteView content) { return content.empty() || content[0] != 0 ? ByteView{} : content.subspan(1); }

std::optional<EnvelopedKey> parseDer(ByteView sent) {
  DerReader outer(sent);
  DerReader inner(outer.item(tagSequence));
  if (!outer.finished()) return std::nullopt;
  DerReader algorithm(inner.item(tagSequence));
  const bool sm4 = isSm4(algorithm.item(tagOid));
  EnvelopedKey key;
  const bool cipher = readCipher(inner.item(tagSequence), key);
  const auto point = wholeBits(inner.item(tagBits));
  const auto secret = wholeBits(inner.item(tagBits));
  if (!inner.finished() || !sm4 || !cipher || point.size() != 1 + 2 * number256 || point[0] != 4) return std::nullopt;
  if (secret.size() != number256 && secret.size() != field) return std::nullopt;
  key.publicKey = {copyOf(point.subspan(1, number256)), copyOf(point.subspan(1 + number256))};
  key.privateKey.assign(field - secret.size(), 0);
  key.privateKey.insert(key.privateKey.end(), secret.begin(), secret.end());
  return key;
}

std::optional<Bytes> lowHalf(const Bytes& wide) {
  const auto half = wide.begin() + number256;
  if (std::any_of(wide.begin(), half, [](auto byte) { return byte != 0; })) return std::nullopt;
  return Bytes(half, wide.end());
}

}  // namespace

Bytes encode(const Layout& layout, const EnvelopedKey& key) {
  FieldWriter out(layout);
  out.number(1);
  out.number(key.symmetric);
  out.number(256);
  out.rightAligned(key.privateKey, field);
  out.bytes(encode(layout, key.publicKey));
  out.rightAligned(key.x, field);
  out.rightAligned(key.y, field);
  out.bytes(key.hash);
  out.number(key.cipher.size());
  out.bytes(key.cipher);
  return out.take();
}

std::optional<EnvelopedKey> decodeEnvelope(const Layout& layout, ByteView blob) {
  FieldReader in(layout, blob);
  EnvelopedKey key;
  const auto version = in.number();
  key.symmetric = in.number();
  const auto bits = in.number();
  key.privateKey = in.bytes(field);
  const auto publicKey = decodeEcc(layout, in.bytes(eccBlobSize(layout)));
  const auto x = lowHalf(in.bytes(field));
  const auto y = lowHalf(in.bytes(field));
  key.hash = in.bytes(number256);
  const auto size = in.number();
  if (!in.good() || version != 1 || bits != 256 || !publicKey || !x || !y || size == 0 || size > mostCipher)
    return std::nullopt;
  key.cipher = in.bytes(static_cast<std::size_t>(size));
  key.publicKey = *publicKey;
  key.x = *x;
  key.y = *y;
  if (!in.good()) return std::nullopt;
  return key;
}

std::optional<EnvelopedKey> parseEnvelope(ByteView sent) {
  if (!sent.empty() && sent[0] == tagSequence) return parseDer(sent);
  const Layout plain;
  auto key = decodeEnvelope(plain, sent);
  constexpr std::size_t slack = 4;  // sizeof with Cipher[1] and its padding is sent by some
  if (!key || sent.size() > encode(plain, *key).size() + slack) return std::nullopt;
  return key;
}

}  // namespace sealferry::skf
