// SPDX-License-Identifier: Apache-2.0
#include "algorithm_identifier.h"

#include "names.h"

namespace sealferry::trust {
namespace {

constexpr std::string_view maskOid = "1.2.840.113549.1.1.8";  // MGF1
constexpr std::string_view rsaOid = "1.2.840.113549.1.1.1";

struct Identifier {
  std::string oid;
  std::optional<der::Element> parameters;
};

std::optional<Identifier> readIdentifier(const der::Element& element) {
  auto reader = element.tag == der::tag::sequence ? der::inside(element) : std::nullopt;
  const auto first = reader ? reader->next() : std::nullopt;
  const auto oid = first ? der::objectIdentifier(*first) : std::nullopt;
  if (!oid) return std::nullopt;
  Identifier out{*oid, std::nullopt};
  if (!reader->atEnd()) {
    out.parameters = reader->next();
    if (!out.parameters || !reader->atEnd()) return std::nullopt;
  }
  return out;
}

/// The element inside an explicit tag.
std::optional<der::Element> explicitContent(der::Reader& reader, int number) {
  const auto outer = reader.next(der::tag::context(number));
  return outer ? der::only(outer->content) : std::nullopt;
}

/// Both default to SHA-1, which no PSS of ours allows, so both must be written.
std::optional<DigestAlgorithm> pssDigest(const der::Element& parameters) {
  auto reader = parameters.tag == der::tag::sequence ? der::inside(parameters) : std::nullopt;
  const auto hash = reader ? explicitContent(*reader, 0) : std::nullopt;
  const auto mask = hash ? explicitContent(*reader, 1) : std::nullopt;
  const auto maskIdentifier = mask ? readIdentifier(*mask) : std::nullopt;
  if (!maskIdentifier || maskIdentifier->oid != maskOid || !maskIdentifier->parameters) return std::nullopt;
  const auto digest = readDigestAlgorithm(*hash);
  return digest == readDigestAlgorithm(*maskIdentifier->parameters) ? digest : std::nullopt;
}

Bytes pssParameters(DigestAlgorithm digest) {
  const auto hash = encodeDigestAlgorithm(digest);
  const auto mask = der::sequence({der::encodeObjectIdentifier(maskOid), hash});
  const auto salt = der::encodeInteger(static_cast<std::int64_t>(digestSize(digest)));
  return der::sequence({der::element(der::tag::context(0), true, hash), der::element(der::tag::context(1), true, mask),
                        der::element(der::tag::context(2), true, salt)});
}

}  // namespace

std::optional<DigestAlgorithm> readDigestAlgorithm(const der::Element& identifier) {
  const auto parts = readIdentifier(identifier);
  if (!parts || (parts->parameters && parts->parameters->tag != der::tag::null)) return std::nullopt;
  return digestByOid(parts->oid);
}

Bytes encodeDigestAlgorithm(DigestAlgorithm digest) {
  return der::sequence({der::encodeObjectIdentifier(digestRow(digest).oid)});
}

std::optional<SignatureAlgorithm> readSignatureAlgorithm(const der::Element& identifier,
                                                         std::optional<DigestAlgorithm> beside) {
  const auto parts = readIdentifier(identifier);
  if (!parts) return std::nullopt;
  if (parts->oid != pssOid) return signatureByOid(parts->oid, beside);
  const auto digest = parts->parameters ? pssDigest(*parts->parameters) : std::nullopt;
  if (!digest || (beside && beside != digest)) return std::nullopt;
  return signatureByOid(parts->oid, digest);
}

// RSA is named by the key's own identifier with NULL, as most writers do (RFC 3370 §3.2); SM2 as GB/T 35275 writers do.
Bytes encodeSignatureAlgorithm(SignatureAlgorithm algorithm) {
  const auto& row = signatureRow(algorithm);
  if (row.pss) return der::sequence({der::encodeObjectIdentifier(pssOid), pssParameters(row.digest)});
  if (row.key == KeyKind::rsa) return der::sequence({der::encodeObjectIdentifier(rsaOid), der::encodeNull()});
  if (row.key == KeyKind::sm2) return der::sequence({der::encodeObjectIdentifier("1.2.156.10197.1.301.1")});
  return der::sequence({der::encodeObjectIdentifier(row.oid)});
}

}  // namespace sealferry::trust
