// SPDX-License-Identifier: Apache-2.0
#include "algorithm.h"
#include "base/time.h"
#include "format.h"
#include "seal/signature.h"
#include "trust/timestamp.h"

namespace sealferry::seal {
namespace {

namespace der = trust::der;
using format::Course;

constexpr std::size_t largestSignature = 4'194'304;
constexpr std::size_t mostMembers = 5, mostSigned = 7;
constexpr std::size_t longestInfo = 4096;
constexpr Time beijing = 8 * 3600;

/// A BIT STRING; some v1 products write an OCTET STRING.
bool readBits(Course& course, ByteView& out, const der::Element& element) {
  if (const auto bits = der::bits(element)) {
    out = *bits;
    return true;
  }
  const auto octets = der::octets(element);
  if (!octets) return course.refuse("malformed");
  out = *octets;
  return course.tolerate("octetString");
}

/// `yyyy-MM-dd HH:mm:ss`, which one library writes in the local time of its maker.
std::optional<Time> textTime(ByteView content) {
  auto text = textOf(content);
  if (text.size() != 19 || text[10] != ' ') return std::nullopt;
  text[10] = 'T';
  const auto time = fromRfc3339(text + "Z");
  if (!time) return std::nullopt;
  return *time - beijing;
}

/// GM/T 0031-2014 lets a time stamp token stand in the place of the time. It cannot be over the signature, inside of
/// which it lies, and no text seen says over what: its time is taken as the signer's claim, and noted. Who made it is
/// looked at by the check.
bool readTokenTime(Course& course, Signature& signature, ByteView content) {
  const auto stamp = trust::readTimestamp(content);
  if (!stamp) return course.refuse("time");
  signature.time = stamp->time;
  signature.timeToken = copyOf(content);
  return course.tolerate("timeToken");
}

/// v1: a BIT STRING around a DER UTCTime, or around other things that are met.
bool readFirstTime(Course& course, Signature& signature, const der::Element& element) {
  ByteView content;
  if (!readBits(course, content, element)) return false;
  if (const auto text = textTime(content)) {
    signature.time = *text;
    return course.tolerate("timeText");
  }
  const auto inner = der::only(content);
  const auto value = inner ? der::time(*inner) : std::nullopt;
  if (!value) return readTokenTime(course, signature, content);
  signature.time = value->time;
  return (inner->tag == der::tag::utcTime && value->canonical) || course.tolerate("timeForm");
}

bool readLaterTime(Course& course, Signature& signature, const der::Element& element) {
  const auto value = der::time(element);
  if (!value) return course.refuse("time");
  signature.time = value->time;
  return (element.tag == der::tag::generalizedTime && value->canonical) || course.tolerate("timeForm");
}

bool readHash(Course& course, Signature& signature, const der::Element& element) {
  ByteView content;
  if (!readBits(course, content, element)) return false;
  if (content.size() != sm3Bytes) return course.refuse("malformed");
  signature.dataHash = copyOf(content);
  return true;
}

bool readSigner(Course& course, Signature& signature, const der::Element& certificate, const der::Element& algorithm) {
  const auto octets = der::octets(certificate);
  if (!octets) return course.refuse("malformed");
  signature.signerCertificate = copyOf(*octets);
  return format::readAlgorithm(course, signature.algorithm, algorithm);
}

/// The seal's version; products are met that write another one of those there are.
bool readVersion(Course& course, const Signature& signature, std::int64_t number) {
  if (number == static_cast<int>(signature.seal.version)) return true;
  return number >= 1 && number <= 5 ? course.tolerate("signatureVersion") : course.refuse("versionUnknown");
}

/// version, seal, time, hash and name, which all versions share.
bool readShared(Course& course, Signature& signature, const std::vector<der::Element>& members) {
  const auto version = der::integer(members[0]);
  if (!version) return course.refuse("malformed");
  if (!format::readSeal(course, signature.seal, members[1].whole)) return false;
  const bool first = signature.seal.version == Version::v1;
  if (!readVersion(course, signature, *version)) return false;
  if (!(first ? readFirstTime(course, signature, members[2]) : readLaterTime(course, signature, members[2])))
    return false;
  if (!readHash(course, signature, members[3])) return false;
  der::Reader name(members[4].whole);
  return format::readText(course, signature.propertyInfo, name, der::tag::ia5String, longestInfo);
}

/// v4 and v5: [0] EXPLICIT ExtensionDatas.
bool readSignedExtensions(Course& course, Signature& signature, const der::Element& member) {
  if (member.tag != der::tag::context(0) || member.content.empty()) return course.refuse("malformed");
  der::Reader inner(member.content);
  return format::readExtensions(course, signature.extensions, inner) && (inner.atEnd() || course.refuse("malformed"));
}

bool readSigned(Course& course, Signature& signature, const der::Element& element) {
  const auto members = format::membersOf(element, mostSigned);
  if (members.size() < 5 || !readShared(course, signature, members)) return course.refuse("malformed");
  if (signature.seal.version == Version::v1)
    return members.size() == 7 ? readSigner(course, signature, members[5], members[6]) : course.refuse("malformed");
  if (members.size() == 6) return readSignedExtensions(course, signature, members[5]);
  return members.size() == 5 || course.refuse("malformed");
}

bool readValue(Course& course, Signature& signature, const der::Element& element) {
  const auto bits = der::bits(element);
  if (!bits) return course.refuse("malformed");
  signature.signature = copyOf(*bits);
  return true;
}

bool readAll(Course& course, Signature& signature, ByteView bytes) {
  if (bytes.size() > largestSignature) return course.refuse("tooLarge");
  der::Reader reader(bytes);
  const auto outer = reader.next();
  if (!outer) return course.refuse("malformed");
  if (!reader.atEnd()) return course.refuse("trailingBytes");
  signature.der = copyOf(bytes);
  const auto members = format::membersOf(*outer, mostMembers);
  if (members.size() != 2 && members.size() < 4) return course.refuse("malformed");
  if (!readSigned(course, signature, members[0])) return false;
  const bool first = signature.seal.version == Version::v1;
  if (first != (members.size() == 2)) return course.refuse("malformed");
  if (first) return readValue(course, signature, members[1]);
  if (!readSigner(course, signature, members[1], members[2]) || !readValue(course, signature, members[3])) return false;
  return members.size() == 4 || format::readTimestamp(course, signature.timestamp, members[4]);
}

}  // namespace

ByteView signedBytes(const Signature& signature) {
  auto outer = der::Reader(signature.der).enter(der::tag::sequence);
  const auto first = outer ? outer->next() : std::nullopt;
  return first ? first->whole : ByteView{};
}

bool looksLikeSignature(ByteView bytes) {
  auto outer = der::Reader(bytes).enter(der::tag::sequence);
  auto first = outer ? outer->enter(der::tag::sequence) : std::nullopt;
  return first && first->nextIs(der::tag::integer);
}

Result<Signature> readSignature(ByteView bytes, Strictness strictness) {
  Course course;
  course.strictness = strictness;
  Signature signature;
  if (!readAll(course, signature, bytes)) return format::refusal(course, "seal::readSignature");
  signature.notes = std::move(course.notes);
  return signature;
}

}  // namespace sealferry::seal
