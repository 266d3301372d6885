// SPDX-License-Identifier: Apache-2.0
#include "algorithm.h"
#include "format.h"

namespace sealferry::seal::format {
namespace {

namespace der = trust::der;

constexpr std::size_t mostEntries = 64, longestName = 1024, longestDigestType = 64;

/// Certificate ::= SEQUENCE { SEQUENCE, SEQUENCE, BIT STRING } (RFC 5280 §4.1): enough to tell one from a digest in a
/// list that says it has certificates, or from rubbish. More is looked at when the signer's own is compared.
bool looksLikeCertificate(ByteView bytes) {
  const auto whole = der::only(bytes);
  auto members = whole && whole->tag == der::tag::sequence ? der::inside(*whole) : std::nullopt;
  return members && members->next(der::tag::sequence) && members->next(der::tag::sequence) &&
         members->next(der::tag::bitString) && members->atEnd();
}

/// GM/T 0031-2014 says "SEQUENCE OF cert": meant are OCTET STRINGs, but bare certificates are a reading one meets.
bool readCertificate(Course& course, CertificateList& list, const der::Element& element) {
  const bool bare = element.tag == der::tag::sequence;
  const auto certificate = bare ? std::optional(element.whole) : der::octets(element);
  if (!certificate || !looksLikeCertificate(*certificate)) return course.refuse("malformed");
  list.entries.push_back(copyOf(*certificate));
  return !bare || course.tolerate("bareCertificate");
}

bool readDigest(Course& course, CertificateList& list, const der::Element& element) {
  auto reader = element.tag == der::tag::sequence ? der::inside(element) : std::nullopt;
  if (!reader) return course.refuse("malformed");
  std::string type;
  if (!readText(course, type, *reader, der::tag::printableString, longestDigestType)) return false;
  const auto value = reader->next(der::tag::octetString);
  const auto octets = value ? der::octets(*value) : std::nullopt;
  if (!octets || octets->empty() || !reader->atEnd()) return course.refuse("malformed");
  // The type is free text; what calls itself SM3 has SM3's size.
  if (type == "SM3" && octets->size() != sm3Bytes) return course.refuse("malformed");
  list.digestTypes.push_back(std::move(type));
  list.entries.push_back(copyOf(*octets));
  return true;
}

bool readList(Course& course, CertificateList& list, der::Reader reader) {
  while (!reader.atEnd()) {
    const auto element = reader.next();
    if (!element || list.entries.size() == mostEntries) return course.refuse("malformed");
    const bool whole = list.kind == CertificateList::Kind::certificates;
    if (!(whole ? readCertificate(course, list, *element) : readDigest(course, list, *element))) return false;
  }
  return !list.entries.empty() || course.refuse("emptyCertificateList");
}

/// certListType, which alone tells the two untagged kinds of list apart; the first layout knows certificates only.
bool readListKind(Course& course, Seal& seal, der::Reader& property) {
  if (seal.version == Version::v1) return true;
  int kind = 0;
  if (!readInteger(course, kind, property)) return false;
  if (kind != 1 && kind != 2) return course.refuse("malformed");
  seal.signers.kind = kind == 1 ? CertificateList::Kind::certificates : CertificateList::Kind::digests;
  return true;
}

bool readTime(Course& course, Time& out, der::Reader& property, int tag) {
  const auto element = property.next();
  const auto value = element ? der::time(*element) : std::nullopt;
  if (!value) return course.refuse("time");
  out = value->time;
  return (element->tag == tag && value->canonical) || course.tolerate("timeForm");
}

}  // namespace

bool readProperty(Course& course, Seal& seal, der::Reader property) {
  const int timeTag = seal.version == Version::v1 ? der::tag::utcTime : der::tag::generalizedTime;
  if (!readInteger(course, seal.type, property)) return false;
  if (!readText(course, seal.name, property, der::tag::utf8String, longestName)) return false;
  if (!readListKind(course, seal, property)) return false;
  const auto list = property.enter(der::tag::sequence);
  if (!list || !readList(course, seal.signers, *list)) return course.refuse("malformed");
  if (!readTime(course, seal.created, property, timeTag)) return false;
  if (!readTime(course, seal.notBefore, property, timeTag)) return false;
  if (!readTime(course, seal.notAfter, property, timeTag)) return false;
  return property.atEnd() || course.refuse("malformed");
}

}  // namespace sealferry::seal::format
