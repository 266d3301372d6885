// SPDX-License-Identifier: Apache-2.0
#include "algorithm.h"
#include "format.h"

namespace sealferry::seal {
namespace {

namespace der = trust::der;
using format::Course;

constexpr std::size_t largestSeal = 2'097'152;
constexpr std::size_t mostMembers = 5;

/// The members of a SEQUENCE; more than any version has is refused before anything is looked at.
std::vector<der::Element> membersOf(const der::Element& outer) {
  std::vector<der::Element> members;
  auto reader = outer.tag == der::tag::sequence ? der::inside(outer) : std::nullopt;
  while (reader && !reader->atEnd()) {
    const auto element = reader->next();
    if (!element || members.size() == mostMembers) return {};
    members.push_back(*element);
  }
  return members;
}

std::optional<der::Reader> infoOf(const std::vector<der::Element>& members) {
  return members[0].tag == der::tag::sequence ? der::inside(members[0]) : std::nullopt;
}

/// cert, algorithm and value, whose order all versions share.
bool readSigning(Course& course, Seal& seal, const der::Element& certificate, const der::Element& algorithm,
                 const der::Element& value) {
  const auto octets = der::octets(certificate);
  const auto oid = der::objectIdentifier(algorithm);
  const auto bits = der::bits(value);
  if (!octets || !oid || !bits) return course.refuse("malformed");
  if (*oid != sm2WithSm3) return course.refuse("algorithm");
  seal.makerCertificate = copyOf(*octets);
  seal.algorithm = *oid;
  seal.signature = copyOf(*bits);
  return true;
}

/// v1: what is signed is a SEQUENCE of its own, of the very members that were received.
bool readFirst(Course& course, Seal& seal, const std::vector<der::Element>& members) {
  const auto info = infoOf(members);
  const auto signing = membersOf(members[1]);
  if (!info || signing.size() != 3) return course.refuse("malformed");
  if (!format::readInfo(course, seal, *info, true)) return false;
  if (!readSigning(course, seal, signing[0], signing[1], signing[2])) return false;
  seal.signedBytes = der::sequence({members[0].whole, signing[0].whole, signing[1].whole});
  return true;
}

/// v5: [0] EXPLICIT BIT STRING that holds the token's DER; one product leaves the tag out.
bool readTimestamp(Course& course, Seal& seal, const der::Element& member) {
  const bool tagged = member.tag == der::tag::context(0);
  const auto inner = tagged ? der::only(member.content) : std::optional(member);
  const auto bits = inner ? der::bits(*inner) : std::nullopt;
  if (!bits) return course.refuse("malformed");
  seal.timestamp = copyOf(*bits);
  return tagged || course.tolerate("timestampUntagged");
}

bool readLater(Course& course, Seal& seal, const std::vector<der::Element>& members) {
  const auto info = infoOf(members);
  if (!info) return course.refuse("malformed");
  if (!format::readInfo(course, seal, *info, false)) return false;
  if (!readSigning(course, seal, members[1], members[2], members[3])) return false;
  seal.signedBytes = copyOf(members[0].whole);
  if (members.size() == 4) return true;
  return seal.version == Version::v5 ? readTimestamp(course, seal, members[4]) : course.refuse("malformed");
}

bool readSeal(Course& course, Seal& seal, ByteView bytes) {
  if (bytes.size() > largestSeal) return course.refuse("tooLarge");
  der::Reader reader(bytes);
  const auto outer = reader.next();
  if (!outer) return course.refuse("malformed");
  if (!reader.atEnd()) return course.refuse("trailingBytes");
  const auto members = membersOf(*outer);
  if (members.size() == 2) return readFirst(course, seal, members);
  return members.size() >= 4 ? readLater(course, seal, members) : course.refuse("malformed");
}

}  // namespace

Result<Seal> read(ByteView bytes, Strictness strictness) {
  Course course;
  course.strictness = strictness;
  Seal seal;
  if (!readSeal(course, seal, bytes)) {
    Error error{ErrorCode::seal_invalid, "seal::read", 0, {}, {{"reason", course.reason}}};
    if (!course.deviation.empty()) error.detail["deviation"] = course.deviation;
    return tl::unexpected<Error>(std::move(error));
  }
  seal.der = copyOf(bytes);
  seal.notes = std::move(course.notes);
  return seal;
}

}  // namespace sealferry::seal
