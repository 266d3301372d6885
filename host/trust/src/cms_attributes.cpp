// SPDX-License-Identifier: Apache-2.0
#include "cms_attributes.h"

#include <set>

#include "algorithm_identifier.h"
#include "base/digest.h"
#include "cms_names.h"

namespace sealferry::trust::cms {
namespace {

struct Attribute {
  std::string type;
  ByteView values;  ///< content of the SET
};

std::optional<Attribute> readAttribute(der::Reader& reader) {
  auto inside = reader.enter(der::tag::sequence);
  const auto type = inside ? inside->next() : std::nullopt;
  const auto oid = type ? der::objectIdentifier(*type) : std::nullopt;
  const auto values = oid ? inside->next(der::tag::set) : std::nullopt;
  if (!values || !values->constructed || !inside->atEnd()) return std::nullopt;
  return Attribute{*oid, values->content};
}

/// ESSCertID and ESSCertIDv2: { [hashAlgorithm,] certHash, [issuerSerial] }; only the first one names the signer.
bool readSigningCertificate(SignedAttributes& out, const der::Element& value, DigestAlgorithm digest) {
  auto outer = value.tag == der::tag::sequence ? der::inside(value) : std::nullopt;
  auto list = outer ? outer->enter(der::tag::sequence) : std::nullopt;
  auto first = list ? list->enter(der::tag::sequence) : std::nullopt;
  if (!first) return false;
  if (first->nextIs(der::tag::sequence)) {
    const auto named = readDigestAlgorithm(*first->next());
    if (!named) return false;
    digest = *named;
  }
  const auto element = first->next(der::tag::octetString);
  const auto hash = element ? der::octets(*element) : std::nullopt;
  if (!hash) return false;
  out.certificateHash = copyOf(*hash);
  out.certificateHashAlgorithm = digest;
  return true;
}

bool readContentType(SignedAttributes& out, const der::Element& value) {
  const auto type = der::objectIdentifier(value);
  if (type) out.contentType = *type;
  return type.has_value();
}

bool readMessageDigest(SignedAttributes& out, const der::Element& value) {
  const auto digest = der::octets(value);
  if (digest) out.messageDigest = copyOf(*digest);
  return digest.has_value();
}

bool readSigningTime(SignedAttributes& out, const der::Element& value) {
  const auto time = der::time(value);
  if (time) out.signingTime = time->time;
  return time.has_value();
}

bool readKnown(SignedAttributes& out, const Attribute& attribute) {
  const auto value = der::only(attribute.values);
  const auto& type = attribute.type;
  if (type == oid::contentType) return value && readContentType(out, *value);
  if (type == oid::messageDigest) return value && readMessageDigest(out, *value);
  if (type == oid::signingTime) return value && readSigningTime(out, *value);
  if (type == oid::signingCertificateV2) return value && readSigningCertificate(out, *value, DigestAlgorithm::sha256);
  // The old attribute (SHA-1) counts only where the new one is not there: see RFC 5035 §1.
  if (type == oid::signingCertificate && !out.certificateHash)
    return value && readSigningCertificate(out, *value, DigestAlgorithm::sha1);
  return true;
}

}  // namespace

std::optional<SignedAttributes> readSignedAttributes(ByteView content) {
  SignedAttributes out;
  std::set<std::string> seen;
  for (der::Reader reader(content); !reader.atEnd();) {
    const auto attribute = readAttribute(reader);
    if (!attribute || !seen.insert(attribute->type).second || seen.size() > 32) return std::nullopt;
    if (!readKnown(out, *attribute)) return std::nullopt;
  }
  if (out.contentType.empty() || out.messageDigest.empty()) return std::nullopt;
  return out;
}

std::vector<Bytes> readTimestampTokens(ByteView content) {
  std::vector<Bytes> out;
  for (der::Reader reader(content); !reader.atEnd() && out.size() < 8;) {
    const auto attribute = readAttribute(reader);
    if (!attribute) break;
    const auto value = attribute->type == oid::timestampToken ? der::only(attribute->values) : std::nullopt;
    if (value) out.push_back(copyOf(value->whole));
  }
  return out;
}

bool fitsCertificate(const SignedAttributes& attributes, const Certificate& signer) {
  if (!attributes.certificateHash) return true;
  return sameBytes(*attributes.certificateHash, digestOf(attributes.certificateHashAlgorithm, signer.der()));
}

}  // namespace sealferry::trust::cms
