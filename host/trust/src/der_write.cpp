// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/openssl.h"
#include "trust/der.h"

namespace sealferry::trust::der {
namespace {

void append(Bytes& out, ByteView part) { out.insert(out.end(), part.begin(), part.end()); }

template <auto encode, class T>
Bytes encoded(const T* object) {
  if (object == nullptr) return {};
  const int size = encode(object, nullptr);
  if (size <= 0) return {};
  Bytes out(static_cast<std::size_t>(size));
  unsigned char* cursor = out.data();
  encode(object, &cursor);
  return out;
}

/// "2026-11-22T08:00:00Z" to "20261122080000Z".
std::string compactTime(Time time) {
  auto text = toRfc3339(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  return text;
}

}  // namespace

Bytes header(int tag, bool constructed, std::size_t length) {
  const bool inContext = tag >= 0x100;
  const int number = inContext ? tag - 0x100 : tag, size = static_cast<int>(length);
  Bytes out(static_cast<std::size_t>(ASN1_object_size(constructed ? 1 : 0, size, number)) - length);
  unsigned char* cursor = out.data();
  ASN1_put_object(&cursor, constructed ? 1 : 0, size, number, inContext ? V_ASN1_CONTEXT_SPECIFIC : V_ASN1_UNIVERSAL);
  return out;
}

Bytes element(int tag, bool constructed, ByteView content) {
  const auto head = header(tag, constructed, content.size());
  return join({head, content});
}

Bytes join(std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (const auto part : parts) size += part.size();
  Bytes out;
  out.reserve(size);
  for (const auto part : parts) append(out, part);
  return out;
}

Bytes sequence(std::initializer_list<ByteView> parts) { return element(tag::sequence, true, join(parts)); }

Bytes sequenceOf(const std::vector<Bytes>& parts) {
  Bytes content;
  for (const auto& part : parts) append(content, part);
  return element(tag::sequence, true, content);
}

// X.690 §11.6: in ascending order of the encodings; none of them is a prefix of another, so plain comparison will do.
Bytes setOf(std::vector<Bytes> parts) {
  std::ranges::sort(parts);
  Bytes content;
  for (const auto& part : parts) append(content, part);
  return element(tag::set, true, content);
}

Bytes encodeInteger(std::int64_t value) {
  const Handle<ASN1_INTEGER, ASN1_INTEGER_free> number(ASN1_INTEGER_new());
  if (!number || ASN1_INTEGER_set_int64(number.get(), value) != 1) return {};
  return encoded<i2d_ASN1_INTEGER>(number.get());
}

Bytes encodeObjectIdentifier(std::string_view dotted) {
  const ErrorQueueGuard guard;
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> object(OBJ_txt2obj(std::string(dotted).c_str(), 1));
  return encoded<i2d_ASN1_OBJECT>(object.get());
}

Bytes encodeBoolean(bool value) {
  const std::uint8_t content = value ? 0xff : 0;
  return element(tag::boolean, false, {&content, 1});
}

Bytes encodeNull() { return element(tag::null, false, {}); }
Bytes encodeOctets(ByteView content) { return element(tag::octetString, false, content); }

Bytes encodeBits(ByteView content) {
  const std::uint8_t unused = 0;
  return element(tag::bitString, false, join({ByteView(&unused, 1), content}));
}

Bytes encodeText(int tag, std::string_view text) { return element(tag, false, viewOf(text)); }
Bytes encodeUtcTime(Time time) { return encodeText(tag::utcTime, compactTime(time).substr(2)); }
Bytes encodeGeneralizedTime(Time time) { return encodeText(tag::generalizedTime, compactTime(time)); }

}  // namespace sealferry::trust::der
