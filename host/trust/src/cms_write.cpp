// SPDX-License-Identifier: Apache-2.0
#include "algorithm_identifier.h"
#include "cms_names.h"
#include "parsed.h"
#include "trust/cms.h"
#include "trust/signature.h"

namespace sealferry::trust::cms {
namespace {

Bytes attribute(std::string_view type, ByteView value) {
  return der::sequence({der::encodeObjectIdentifier(type), der::element(der::tag::set, true, value)});
}

/// RFC 5035 §4: the certificate's hash alone binds it, made as strong as the signature's own digest. SHA-256 is the
/// default and therefore left out (DER); it stands beside SM3 too, which RFC 5035's readers do not know.
Bytes signingCertificate(const Certificate& signer, DigestAlgorithm digest) {
  const bool usual = digest == DigestAlgorithm::sha256 || digest == DigestAlgorithm::sm3;
  const auto hash = der::encodeOctets(usual ? signer.sha256() : digestOf(digest, signer.der()));
  const auto one = usual ? der::sequence({hash}) : der::sequence({encodeDigestAlgorithm(digest), hash});
  return der::sequence({der::sequence({one})});
}

/// RFC 5652 §11.3: UTCTime up to 2049, GeneralizedTime from 2050 on.
Bytes encodeTime(Time time) {
  constexpr Time year2050 = 2'524'608'000;
  return time < year2050 ? der::encodeUtcTime(time) : der::encodeGeneralizedTime(time);
}

Bytes signedAttributes(const Request& request, ByteView digest) {
  std::vector<Bytes> attributes{
      attribute(oid::contentType, der::encodeObjectIdentifier(request.contentType)),
      attribute(oid::messageDigest, der::encodeOctets(digest)),
      attribute(oid::signingCertificateV2, signingCertificate(request.signer, digestIn(request.algorithm))),
  };
  if (request.signingTime) attributes.push_back(attribute(oid::signingTime, encodeTime(*request.signingTime)));
  return der::setOf(std::move(attributes));
}

Bytes encapsulated(const Request& request) {
  const auto type = der::encodeObjectIdentifier(request.contentType);
  if (!request.content) return der::sequence({type});
  return der::sequence({type, der::element(der::tag::context(0), true, der::encodeOctets(*request.content))});
}

Bytes certificateSet(const Request& request) {
  std::vector<Bytes> all{request.signer.der()};
  for (const auto& extra : request.extraCertificates)
    if (!(extra == request.signer)) all.push_back(extra.der());
  const auto set = der::setOf(std::move(all));
  return der::element(der::tag::context(0), true, der::only(set)->content);
}

Bytes signerInfo(const Request& request, ByteView toBeSigned, ByteView signature) {
  const auto attributes = der::element(der::tag::context(0), true, der::only(toBeSigned)->content);
  return der::sequence({der::encodeInteger(1), der::sequence({request.signer.parsed().issuerAndSerial}),
                        encodeDigestAlgorithm(digestIn(request.algorithm)), attributes,
                        encodeSignatureAlgorithm(request.algorithm), der::encodeOctets(signature)});
}

bool isSm2(const Request& request) { return request.algorithm == SignatureAlgorithm::sm2Sm3; }

/// RFC 5652 §5.1: version 3 as soon as the content is not plain data; GB/T 35275 knows 1 alone.
std::int64_t versionOf(const Request& request) { return isSm2(request) || request.contentType == oid::data ? 1 : 3; }

}  // namespace

Result<Draft> prepare(Request request) {
  const auto digestAlgorithm = digestIn(request.algorithm);
  if (request.content.has_value() == request.contentDigest.has_value()) return badMessage("content");
  if (request.contentType.empty()) request.contentType = isSm2(request) ? oid::sm2Data : oid::data;
  if (der::encodeObjectIdentifier(request.contentType).empty()) return badMessage("contentType");
  const auto digest = request.content ? digestOf(digestAlgorithm, *request.content) : *request.contentDigest;
  if (digest.size() != digestSize(digestAlgorithm)) return badMessage("contentDigest");
  auto toBeSigned = signedAttributes(request, digest);
  auto handed = digestToSign(request.signer, request.algorithm, toBeSigned);
  if (!handed) return passOn(handed);
  return Draft(std::move(request), std::move(toBeSigned), *std::move(handed));
}

Result<Bytes> Draft::finish(ByteView signature) const {
  if (!verifySignature(request_.signer, request_.algorithm, toBeSigned_, signature))
    return badCertificate("cms::finish", "keyMismatch");
  const auto digests = der::setOf({encodeDigestAlgorithm(digestIn(request_.algorithm))});
  const auto signers = der::setOf({signerInfo(request_, toBeSigned_, signature)});
  const auto body = der::sequence(
      {der::encodeInteger(versionOf(request_)), digests, encapsulated(request_), certificateSet(request_), signers});
  return der::sequence({der::encodeObjectIdentifier(isSm2(request_) ? oid::sm2SignedData : oid::signedData),
                        der::element(der::tag::context(0), true, body)});
}

}  // namespace sealferry::trust::cms
