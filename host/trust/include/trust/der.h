// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

/// Walking over received DER and putting DER together, on OpenSSL's own primitives (ASN1_get_object, d2i_*, i2d_*).
/// Used where templates cannot: structures that are read leniently in places, and signed parts that must be hashed as
/// they were received. Nothing is copied while walking, nothing recurses.
namespace sealferry::trust::der {

/// Universal tags by their number; context tags through contextTag(). Constructed or not is part of the element.
namespace tag {
inline constexpr int boolean = 1, integer = 2, bitString = 3, octetString = 4, null = 5, objectIdentifier = 6,
                     utf8String = 12, sequence = 16, set = 17, printableString = 19, ia5String = 22, utcTime = 23,
                     generalizedTime = 24;
inline constexpr int context(int number) { return 0x100 + number; }
inline constexpr int other = 0x1000;  ///< application and private classes
}  // namespace tag

/// One element: views of the received bytes.
struct Element {
  int tag = 0;
  bool constructed = false;
  ByteView content;
  ByteView whole;  ///< tag and length included
};

/// Reads elements one after the other. Definite, minimal lengths only. Once something is wrong, next() answers nothing.
class Reader {
 public:
  explicit Reader(ByteView data) : rest_(data) {}
  bool atEnd() const { return rest_.empty(); }
  ByteView rest() const { return rest_; }
  std::optional<Element> next();
  std::optional<Element> next(int tag);  ///< nothing, and nothing consumed, unless the tag is this
  bool nextIs(int tag) const;
  std::optional<Reader> enter(int tag);  ///< the inside of the next element, a constructed one of this tag

 private:
  ByteView rest_;
};

/// The only element of these bytes; nothing if it is malformed or something follows.
std::optional<Element> only(ByteView data);
/// The element at the front, if nothing but zero bytes follows: PDF pads /Contents with them.
std::optional<Element> padded(ByteView data);
/// The BER element at the front, with only zero bytes behind it, with definite lengths where it has indefinite ones
/// (X.690 §8.1.3.6): so older software writes the outer parts of a message (RFC 5652 §1 lets it). Elements that have a
/// definite length are taken over as they are, to the byte. At most 32 levels.
std::optional<Bytes> withDefiniteLengths(ByteView data);
std::optional<Reader> inside(const Element& element);  ///< nothing unless it is constructed

/// Are there at most `most` elements in these bytes, however they lie in each other? OCTET STRINGs that hold elements
/// are counted through, for readers go into them. What is malformed ends its own branch.
bool hasAtMost(ByteView data, std::size_t most);

std::optional<std::int64_t> integer(const Element& element);
std::optional<bool> boolean(const Element& element);
std::optional<std::string> objectIdentifier(const Element& element);  ///< dotted number
std::optional<ByteView> octets(const Element& element);
std::optional<ByteView> bits(const Element& element);  ///< whole bytes only
/// UTF8String (checked), PrintableString or IA5String (ASCII).
std::optional<std::string> text(const Element& element);

struct TimeValue {
  Time time;
  bool canonical;  ///< written as DER wants: with seconds, in UTC with Z, without a fraction
};
std::optional<TimeValue> time(const Element& element);  ///< UTCTime or GeneralizedTime

/// Encoding. Parts are complete elements.
Bytes element(int tag, bool constructed, ByteView content);
/// What stands before a content of this length.
Bytes header(int tag, bool constructed, std::size_t length);
Bytes join(std::initializer_list<ByteView> parts);
Bytes sequence(std::initializer_list<ByteView> parts);
Bytes sequenceOf(const std::vector<Bytes>& parts);
Bytes setOf(std::vector<Bytes> parts);  ///< in DER's order
Bytes encodeInteger(std::int64_t value);
Bytes encodeObjectIdentifier(std::string_view dotted);  ///< empty if it is none
Bytes encodeBoolean(bool value);
Bytes encodeNull();
Bytes encodeOctets(ByteView content);
Bytes encodeBits(ByteView content);
Bytes encodeText(int tag, std::string_view text);
Bytes encodeUtcTime(Time time);  ///< 1950 to 2049
Bytes encodeGeneralizedTime(Time time);

}  // namespace sealferry::trust::der
