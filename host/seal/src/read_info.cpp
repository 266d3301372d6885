// SPDX-License-Identifier: Apache-2.0
#include "format.h"

namespace sealferry::seal::format {
namespace {

namespace der = trust::der;

constexpr std::size_t longestId = 128, longestType = 16;
constexpr std::size_t mostExtensions = 32;

/// The layout was told by the number of members; the header must agree with it. Products are reported that write 2 or 3
/// into a header of the first layout.
bool setVersion(Course& course, Seal& seal, int number, bool first) {
  if (first) {
    seal.version = Version::v1;
    if (number == 1) return true;
    return number == 2 || number == 3 ? course.tolerate("headerVersion") : course.refuse("versionUnknown");
  }
  seal.version = number == 5 ? Version::v5 : Version::v4;
  return number == 4 || number == 5 || course.refuse("versionUnknown");
}

bool readHeader(Course& course, Seal& seal, der::Reader header, bool first) {
  std::string id;
  int number = 0;
  if (!readText(course, id, header, der::tag::ia5String, longestId)) return false;
  if (id != "ES") return course.refuse("headerId");
  if (!readInteger(course, number, header) || !setVersion(course, seal, number, first)) return false;
  if (!readText(course, seal.vendor, header, der::tag::ia5String, longestId)) return false;
  return header.atEnd() || course.refuse("malformed");
}

bool readPicture(Course& course, Seal& seal, der::Reader picture) {
  if (!readText(course, seal.picture.type, picture, der::tag::ia5String, longestType)) return false;
  const auto data = picture.next(der::tag::octetString);
  const auto octets = data ? der::octets(*data) : std::nullopt;
  if (!octets) return course.refuse("malformed");
  seal.picture.data = copyOf(*octets);
  if (!readInteger(course, seal.picture.widthMm, picture)) return false;
  if (!readInteger(course, seal.picture.heightMm, picture)) return false;
  return picture.atEnd() || course.refuse("malformed");
}

/// `critical` is a DEFAULT FALSE, which DER leaves out; real products and common libraries write it, so both are right.
bool readExtension(Course& course, Extension& out, der::Reader reader) {
  const auto type = reader.next(der::tag::objectIdentifier);
  const auto oid = type ? der::objectIdentifier(*type) : std::nullopt;
  if (!oid) return course.refuse("malformed");
  out.oid = *oid;
  if (const auto flag = reader.next(der::tag::boolean)) {
    const auto critical = der::boolean(*flag);
    if (!critical) return course.refuse("malformed");
    out.critical = *critical;
  }
  const auto value = reader.next(der::tag::octetString);
  const auto octets = value ? der::octets(*value) : std::nullopt;
  if (!octets || !reader.atEnd()) return course.refuse("malformed");
  out.value = copyOf(*octets);
  return true;
}

/// The list itself, out of the wrappings seen in the field: an explicit tag, or an OCTET STRING.
std::optional<der::Reader> unwrapped(Course& course, const der::Element& element) {
  if (element.tag == der::tag::sequence) return der::inside(element);
  const auto inner = der::only(element.content);
  const bool tagged = element.tag >= der::tag::context(0) && element.tag < der::tag::other;
  const bool wrapped = tagged || element.tag == der::tag::octetString;
  if (!wrapped || !inner || inner->tag != der::tag::sequence || !course.tolerate("extensionsWrapped"))
    return std::nullopt;
  return der::inside(*inner);
}

}  // namespace

bool readExtensions(Course& course, std::vector<Extension>& out, der::Reader& rest) {
  if (rest.atEnd()) return true;
  const auto element = rest.next();
  auto list = element ? unwrapped(course, *element) : std::nullopt;
  if (!list) return course.refuse("malformed");
  while (!list->atEnd()) {
    const auto inside = list->enter(der::tag::sequence);
    if (!inside || out.size() == mostExtensions) return course.refuse("malformed");
    out.emplace_back();
    if (!readExtension(course, out.back(), *inside)) return false;
    // No extension is defined that we would know, so a critical one cannot be honoured.
    if (out.back().critical) return course.refuse("criticalExtension");
  }
  return true;
}

bool readInfo(Course& course, Seal& seal, der::Reader info, bool first) {
  const auto header = info.enter(der::tag::sequence);
  if (!header) return course.refuse("malformed");
  if (!readHeader(course, seal, *header, first)) return false;
  if (!readText(course, seal.id, info, der::tag::ia5String, longestId)) return false;
  if (seal.id.empty()) return course.refuse("text");
  const auto property = info.enter(der::tag::sequence);
  if (!property || !readProperty(course, seal, *property)) return course.refuse("malformed");
  const auto picture = info.enter(der::tag::sequence);
  if (!picture || !readPicture(course, seal, *picture)) return course.refuse("malformed");
  return readExtensions(course, seal.extensions, info) && (info.atEnd() || course.refuse("malformed"));
}

}  // namespace sealferry::seal::format
