// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "base/openssl.h"
#include "trust/der.h"

namespace sealferry::trust::der {
namespace {

int tagOf(int number, int tagClass) {
  if (tagClass == V_ASN1_UNIVERSAL) return number;
  if (tagClass == V_ASN1_CONTEXT_SPECIFIC && number < 0x100) return tag::context(number);
  return tag::other;
}

/// Has the header the one length DER allows? ASN1_get_object itself also takes padded lengths.
bool isMinimal(std::size_t headerSize, bool constructed, long length, int number) {
  const int total = ASN1_object_size(constructed ? 1 : 0, static_cast<int>(length), number);
  return total >= 0 && static_cast<std::size_t>(total) == headerSize + static_cast<std::size_t>(length);
}

std::optional<Element> readElement(ByteView data) {
  if (data.empty() || data.size() > 0x3fffffff) return std::nullopt;
  const ErrorQueueGuard guard;
  const unsigned char* cursor = data.data();
  long length = 0;
  int number = 0, tagClass = 0;
  const int flags = ASN1_get_object(&cursor, &length, &number, &tagClass, static_cast<long>(data.size()));
  if ((flags & 0x80) != 0 || (flags & 1) != 0 || length < 0) return std::nullopt;  // malformed, or indefinite
  const auto headerSize = static_cast<std::size_t>(cursor - data.data());
  const auto size = static_cast<std::size_t>(length);
  const bool constructed = (flags & V_ASN1_CONSTRUCTED) != 0;
  if (size > data.size() - headerSize || !isMinimal(headerSize, constructed, length, number)) return std::nullopt;
  return Element{tagOf(number, tagClass), constructed, data.subspan(headerSize, size), data.first(headerSize + size)};
}

template <auto decode, auto release>
auto decoded(const Element& element) {
  const ErrorQueueGuard guard;
  const unsigned char* cursor = element.whole.data();
  auto* object = decode(nullptr, &cursor, static_cast<long>(element.whole.size()));
  return Handle<std::remove_pointer_t<decltype(object)>, release>(object);
}

bool isAscii(ByteView content) {
  return std::ranges::all_of(content, [](std::uint8_t byte) { return byte < 0x80; });
}

bool isUtf8(ByteView content) {
  auto rest = content;
  while (!rest.empty()) {
    unsigned long character = 0;
    const int used = UTF8_getc(rest.data(), static_cast<int>(rest.size()), &character);
    if (used <= 0 || (character >= 0xd800 && character < 0xe000) || character > 0x10ffff) return false;
    rest = rest.subspan(static_cast<std::size_t>(used));
  }
  return true;
}

Time toTime(const std::tm& parts) {
  using namespace std::chrono;
  const auto date = year{parts.tm_year + 1900} / month{static_cast<unsigned>(parts.tm_mon + 1)} /
                    day{static_cast<unsigned>(parts.tm_mday)};
  const auto midnight = sys_days{date}.time_since_epoch();
  return duration_cast<seconds>(midnight).count() + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec;
}

}  // namespace

std::optional<Element> Reader::next() {
  auto element = readElement(rest_);
  rest_ = element ? rest_.subspan(element->whole.size()) : ByteView{};
  return element;
}

std::optional<Element> Reader::next(int tag) {
  if (!nextIs(tag)) return std::nullopt;
  return next();
}

bool Reader::nextIs(int tag) const {
  const auto element = readElement(rest_);
  return element && element->tag == tag;
}

std::optional<Reader> Reader::enter(int tag) {
  const auto element = next(tag);
  if (!element) return std::nullopt;
  return inside(*element);
}

std::optional<Element> only(ByteView data) {
  auto element = readElement(data);
  if (!element || element->whole.size() != data.size()) return std::nullopt;
  return element;
}

std::optional<Element> padded(ByteView data) {
  Reader reader(data);
  auto element = reader.next();
  const auto rest = reader.rest();
  const bool zeros = std::ranges::all_of(rest, [](std::uint8_t byte) { return byte == 0; });
  return zeros ? element : std::nullopt;
}

std::optional<Reader> inside(const Element& element) {
  if (!element.constructed) return std::nullopt;
  return Reader(element.content);
}

bool hasAtMost(ByteView data, std::size_t most) {
  constexpr std::size_t deepest = 64;
  std::vector<Reader> open{Reader(data)};
  for (std::size_t count = 0; !open.empty();) {
    const auto element = open.back().next();
    if (!element) {
      open.pop_back();
      continue;
    }
    if (++count > most || open.size() > deepest) return false;
    if (element->constructed || element->tag == tag::octetString) open.emplace_back(element->content);
  }
  return true;
}

std::optional<std::int64_t> integer(const Element& element) {
  if (element.tag != tag::integer || element.constructed) return std::nullopt;
  const auto value = decoded<d2i_ASN1_INTEGER, ASN1_INTEGER_free>(element);
  std::int64_t number = 0;
  const ErrorQueueGuard guard;
  if (!value || ASN1_INTEGER_get_int64(&number, value.get()) != 1) return std::nullopt;
  return number;
}

std::optional<bool> boolean(const Element& element) {
  if (element.tag != tag::boolean || element.constructed || element.content.size() != 1) return std::nullopt;
  if (element.content[0] != 0 && element.content[0] != 0xff) return std::nullopt;
  return element.content[0] != 0;
}

std::optional<std::string> objectIdentifier(const Element& element) {
  if (element.tag != tag::objectIdentifier || element.constructed || element.content.size() > 64) return std::nullopt;
  const auto value = decoded<d2i_ASN1_OBJECT, ASN1_OBJECT_free>(element);
  if (!value) return std::nullopt;
  std::string text(256, '\0');
  const int length = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), value.get(), 1);
  if (length <= 0 || static_cast<std::size_t>(length) >= text.size()) return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<ByteView> octets(const Element& element) {
  if (element.tag != tag::octetString || element.constructed) return std::nullopt;
  return element.content;
}

std::optional<ByteView> bits(const Element& element) {
  if (element.tag != tag::bitString || element.constructed) return std::nullopt;
  if (element.content.empty() || element.content[0] != 0) return std::nullopt;
  return element.content.subspan(1);
}

std::optional<std::string> text(const Element& element) {
  if (element.constructed) return std::nullopt;
  const bool right = element.tag == tag::utf8String                                         ? isUtf8(element.content)
                     : element.tag == tag::printableString || element.tag == tag::ia5String ? isAscii(element.content)
                                                                                            : false;
  if (!right) return std::nullopt;
  return textOf(element.content);
}

std::optional<TimeValue> time(const Element& element) {
  if ((element.tag != tag::utcTime && element.tag != tag::generalizedTime) || element.constructed) return std::nullopt;
  const auto value = decoded<d2i_ASN1_TIME, ASN1_TIME_free>(element);
  std::tm parts{};
  const ErrorQueueGuard guard;
  if (!value || ASN1_TIME_to_tm(value.get(), &parts) != 1) return std::nullopt;
  const std::size_t length = element.tag == tag::utcTime ? 13 : 15;
  return TimeValue{toTime(parts), element.content.size() == length && element.content.back() == 'Z'};
}

}  // namespace sealferry::trust::der
