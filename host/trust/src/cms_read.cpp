// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "algorithm_identifier.h"
#include "base/digest.h"
#include "cms_attributes.h"
#include "cms_names.h"
#include "parsed.h"
#include "trust/cms.h"
#include "trust/signature.h"

namespace sealferry::trust::cms {
namespace {

constexpr std::size_t largestMessage = 16'777'216;
constexpr std::size_t mostCertificates = 32, mostElements = 4000;

/// The parts of a SignedData, as views.
struct Parts {
  std::string contentType;
  std::optional<ByteView> content;
  ByteView certificates;
  std::vector<der::Element> signers;
};

/// The parts of a SignerInfo.
struct SignerParts {
  der::Element identifier, digest, algorithm;
  std::optional<der::Element> attributes;
  ByteView signature;
  ByteView unsignedAttributes;
};

bool readContent(Parts& parts, der::Reader& body) {
  auto info = body.enter(der::tag::sequence);
  const auto type = info ? info->next() : std::nullopt;
  const auto oid = type ? der::objectIdentifier(*type) : std::nullopt;
  if (!oid) return false;
  parts.contentType = *oid;
  if (info->atEnd()) return true;
  const auto wrapped = info->next(der::tag::context(0));
  const auto octets = wrapped && info->atEnd() ? der::only(wrapped->content) : std::nullopt;
  parts.content = octets ? der::octets(*octets) : std::nullopt;
  return parts.content.has_value();
}

bool readSigners(Parts& parts, der::Reader& body) {
  auto set = body.enter(der::tag::set);
  while (set && !set->atEnd()) {
    const auto signer = set->next(der::tag::sequence);
    if (!signer || parts.signers.size() > 1) return false;
    parts.signers.push_back(*signer);
  }
  return set && body.atEnd();
}

bool readBody(Parts& parts, der::Reader& body) {
  if (!body.next(der::tag::integer) || !body.next(der::tag::set) || !readContent(parts, body)) return false;
  if (const auto certificates = body.next(der::tag::context(0))) parts.certificates = certificates->content;
  body.next(der::tag::context(1));  // lists are handed in by the caller, never taken from the message
  return readSigners(parts, body);
}

/// ContentInfo, up to the inside of SignedData.
std::optional<der::Reader> openBody(const der::Element& message) {
  auto outer = message.tag == der::tag::sequence ? der::inside(message) : std::nullopt;
  const auto type = outer ? outer->next() : std::nullopt;
  const auto oid = type ? der::objectIdentifier(*type) : std::nullopt;
  if (oid != oid::signedData && oid != oid::sm2SignedData) return std::nullopt;
  const auto wrapped = outer->next(der::tag::context(0));
  const auto body = wrapped && outer->atEnd() ? der::only(wrapped->content) : std::nullopt;
  return body && body->tag == der::tag::sequence ? der::inside(*body) : std::nullopt;
}

std::optional<SignerParts> readSigner(const der::Element& element) {
  auto inside = der::inside(element);
  if (!inside) return std::nullopt;
  auto& reader = *inside;
  SignerParts parts;
  const auto version = reader.next(der::tag::integer);
  const auto identifier = reader.next();
  const auto digest = reader.next(der::tag::sequence);
  if (!version || !identifier || !digest) return std::nullopt;
  parts.attributes = reader.next(der::tag::context(0));
  const auto algorithm = reader.next(der::tag::sequence);
  const auto value = reader.next(der::tag::octetString);
  const auto signature = value ? der::octets(*value) : std::nullopt;
  if (!algorithm || !signature) return std::nullopt;
  if (const auto rest = reader.next(der::tag::context(1))) parts.unsignedAttributes = rest->content;
  if (!reader.atEnd()) return std::nullopt;
  parts.identifier = *identifier;
  parts.digest = *digest;
  parts.algorithm = *algorithm;
  parts.signature = *signature;
  return parts;
}

/// Attribute certificates and other kinds (tagged) are passed over; a plain certificate that cannot be read is not.
Result<std::vector<Certificate>> readCertificates(ByteView content) {
  // All together: many small ones cost as much as a large one.
  if (!der::hasAtMost(content, mostElements)) return badMessage("badCertificate");
  std::vector<Certificate> out;
  for (der::Reader reader(content); !reader.atEnd();) {
    const auto element = reader.next();
    if (!element || out.size() == mostCertificates) return badMessage("badCertificate");
    if (element->tag != der::tag::sequence) continue;
    auto certificate = Certificate::fromDer(element->whole);
    if (!certificate) return badMessage("badCertificate");
    out.push_back(*std::move(certificate));
  }
  return out;
}

bool names(const der::Element& identifier, const Certificate& certificate) {
  const auto& parsed = certificate.parsed();
  if (identifier.tag == der::tag::context(0))
    return !parsed.subjectKeyId.empty() && std::ranges::equal(identifier.content, parsed.subjectKeyId);
  return identifier.tag == der::tag::sequence && std::ranges::equal(identifier.content, parsed.issuerAndSerial);
}

/// Under the SET tag, as RFC 5652 §5.4 has it signed; the content is as received.
Bytes underSetTag(const der::Element& attributes) { return der::element(der::tag::set, true, attributes.content); }

/// Takes the signer's certificate out of the set. Issuer and serial number should name one alone; where several bear
/// them, the ESS attribute decides.
std::optional<Certificate> takeSigner(std::vector<Certificate>& certificates, const der::Element& identifier,
                                      const std::optional<SignedAttributes>& attributes) {
  const auto named = [&](const Certificate& one) { return names(identifier, one); };
  const auto meant = [&](const Certificate& one) {
    return named(one) && attributes && fitsCertificate(*attributes, one);
  };
  auto found = std::ranges::find_if(certificates, meant);
  if (found == certificates.end()) found = std::ranges::find_if(certificates, named);
  if (found == certificates.end()) return std::nullopt;
  auto signer = *found;
  certificates.erase(found);
  return signer;
}

/// Which algorithm signed, and which digest the content has.
struct Algorithms {
  SignatureAlgorithm signature;
  DigestAlgorithm digest;
};

std::optional<Algorithms> readAlgorithms(const SignerParts& signer) {
  const auto digest = readDigestAlgorithm(signer.digest);
  const auto signature = digest ? readSignatureAlgorithm(signer.algorithm, digest) : std::nullopt;
  if (!signature) return std::nullopt;
  return Algorithms{*signature, *digest};
}

void fillAttributes(Message& message, const SignedAttributes& attributes, const der::Element& received) {
  message.hasSignedAttributes = true;
  message.messageDigest = attributes.messageDigest;
  message.signingTime = attributes.signingTime;
  message.certificateBound = attributes.certificateHash.has_value();
  message.toBeSigned = underSetTag(received);
}

Message assembled(const Parts& parts, const SignerParts& signer, const Algorithms& algorithms,
                  const Certificate& certificate, std::vector<Certificate> others) {
  Message message{.signer = certificate,
                  .certificates = std::move(others),
                  .contentType = parts.contentType,
                  .content = std::nullopt,
                  .algorithm = algorithms.signature,
                  .digest = algorithms.digest,
                  .messageDigest = {},
                  .signingTime = std::nullopt,
                  .hasSignedAttributes = false,
                  .toBeSigned = {},
                  .signature = copyOf(signer.signature),
                  .timestampTokens = readTimestampTokens(signer.unsignedAttributes)};
  if (parts.content) message.content = copyOf(*parts.content);
  return message;
}

Result<Message> assemble(const Parts& parts, const SignerParts& signer, std::vector<Certificate> certificates) {
  std::optional<SignedAttributes> attributes;
  if (signer.attributes) attributes = readSignedAttributes(signer.attributes->content);
  if (signer.attributes && (!attributes || attributes->contentType != parts.contentType))
    return badMessage("badAttributes");
  const auto algorithms = readAlgorithms(signer);
  if (!algorithms) return badMessage("unknownAlgorithm");
  const auto certificate = takeSigner(certificates, signer.identifier, attributes);
  if (!certificate) return badMessage("noSignerCertificate");
  if (attributes && !fitsCertificate(*attributes, *certificate)) return badMessage("certificateBinding");
  auto message = assembled(parts, signer, *algorithms, *certificate, std::move(certificates));
  if (attributes) fillAttributes(message, *attributes, *signer.attributes);
  return message;
}

}  // namespace

Result<Message> read(ByteView bytes, Tail tail, Attributes attributes) {
  if (bytes.size() > largestMessage) return badMessage("tooLarge");
  auto element = tail == Tail::zeros ? der::padded(bytes) : der::only(bytes);
  std::optional<Bytes> rewritten;
  if (!element && tail == Tail::zeros) rewritten = der::withDefiniteLengths(bytes);
  if (rewritten) element = der::only(*rewritten);
  if (!element) return badMessage("malformed");
  auto body = openBody(*element);
  if (!body) return badMessage("notSignedData");
  Parts parts;
  if (!readBody(parts, *body)) return badMessage(parts.signers.size() > 1 ? "signerCount" : "malformed");
  if (parts.signers.size() != 1) return badMessage("signerCount");
  const auto signer = readSigner(parts.signers.front());
  if (!signer) return badMessage("malformed");
  if (!signer->attributes && attributes == Attributes::required) return badMessage("noSignedAttributes");
  auto certificates = readCertificates(parts.certificates);
  if (!certificates) return passOn(certificates);
  return assemble(parts, *signer, *std::move(certificates));
}

std::string check(const Message& message, ByteView detachedDigest) {
  if (!message.hasSignedAttributes) {
    if (!message.content) return "noContent";
    return verifySignature(message.signer, message.algorithm, *message.content, message.signature) ? ""
                                                                                                   : "badSignature";
  }
  if (!message.content && detachedDigest.empty()) return "noContent";
  const auto digest = message.content ? digestOf(message.digest, *message.content) : copyOf(detachedDigest);
  if (!sameBytes(digest, message.messageDigest)) return "digestMismatch";
  return verifySignature(message.signer, message.algorithm, message.toBeSigned, message.signature) ? ""
                                                                                                   : "badSignature";
}

}  // namespace sealferry::trust::cms
