// SPDX-License-Identifier: Apache-2.0
#include "format.h"
#include "signed_parts.h"

namespace sealferry::seal {
namespace format {
namespace {

namespace der = trust::der;

constexpr std::size_t largestSeal = 2'097'152;
constexpr std::size_t mostMembers = 5;

std::optional<der::Reader> infoOf(const std::vector<der::Element>& members) {
  return members[0].tag == der::tag::sequence ? der::inside(members[0]) : std::nullopt;
}

/// cert, algorithm and value, whose order all versions share.
bool readSigning(Course& course, Seal& seal, const der::Element& certificate, const der::Element& algorithm,
                 const der::Element& value) {
  const auto octets = der::octets(certificate);
  const auto bits = der::bits(value);
  if (!octets || !bits) return course.refuse("malformed");
  seal.makerCertificate = copyOf(*octets);
  seal.signature = copyOf(*bits);
  return readAlgorithm(course, seal.algorithm, algorithm);
}

/// v1: the seal's value and what it is of lie in a SEQUENCE.
bool readFirst(Course& course, Seal& seal, const std::vector<der::Element>& members) {
  const auto info = infoOf(members);
  const auto signing = membersOf(members[1], mostMembers);
  if (!info || signing.size() != 3) return course.refuse("malformed");
  if (!readInfo(course, seal, *info, true)) return false;
  return readSigning(course, seal, signing[0], signing[1], signing[2]);
}

bool readLater(Course& course, Seal& seal, const std::vector<der::Element>& members) {
  const auto info = infoOf(members);
  if (!info) return course.refuse("malformed");
  if (!readInfo(course, seal, *info, false)) return false;
  if (!readSigning(course, seal, members[1], members[2], members[3])) return false;
  if (members.size() == 4) return true;
  return seal.version == Version::v5 ? readTimestamp(course, seal.timestamp, members[4]) : course.refuse("malformed");
}

}  // namespace

bool readSeal(Course& course, Seal& seal, ByteView bytes) {
  if (bytes.size() > largestSeal) return course.refuse("tooLarge");
  der::Reader reader(bytes);
  const auto outer = reader.next();
  if (!outer) return course.refuse("malformed");
  if (!reader.atEnd()) return course.refuse("trailingBytes");
  const auto members = membersOf(*outer, mostMembers);
  seal.der = copyOf(bytes);
  if (members.size() == 2) return readFirst(course, seal, members);
  return members.size() >= 4 ? readLater(course, seal, members) : course.refuse("malformed");
}

}  // namespace format

namespace der = trust::der;

SignedParts::SignedParts(const Seal& seal) {
  der::Reader outer(seal.der);
  auto members = outer.enter(der::tag::sequence);
  const auto info = members ? members->next() : std::nullopt;
  if (!info) return;
  if (seal.version == Version::v1) {
    auto signing = members->enter(der::tag::sequence);
    const auto certificate = signing ? signing->next() : std::nullopt;
    const auto algorithm = certificate ? signing->next() : std::nullopt;
    if (!algorithm) return;
    parts = {{}, info->whole, certificate->whole, algorithm->whole};
    header = der::header(der::tag::sequence, true, parts[1].size() + parts[2].size() + parts[3].size());
    parts[0] = header;
  } else {
    parts = {info->whole};
  }
}

Bytes signedBytes(const Seal& seal) {
  Bytes out;
  for (const auto part : SignedParts(seal).parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Result<Seal> read(ByteView bytes, Strictness strictness) {
  format::Course course;
  course.strictness = strictness;
  Seal seal;
  if (!format::readSeal(course, seal, bytes)) return format::refusal(course, "seal::read");
  seal.notes = std::move(course.notes);
  return seal;
}

}  // namespace sealferry::seal
