// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "trust/certificate.h"

/// CMS SignedData (RFC 5652) with exactly one signer, and its sibling GB/T 35275 for SM2. Two-phase, so that the key
/// signs elsewhere:
///
///     auto draft = cms::prepare(request);               // signed attributes are fixed here
///     auto value = session.sign(key, scheme, draft->digest());
///     auto der   = draft->finish(*value);               // checks the value, then wraps it
namespace sealferry::trust::cms {

/// What is to be signed, and how. Give either `content` (it is enclosed) or `contentDigest` (detached: made with
/// digestIn(algorithm) over content that lies elsewhere).
struct Request {
  Certificate signer;
  SignatureAlgorithm algorithm;  ///< must fit the signer's key; see usualAlgorithm()
  std::optional<Bytes> content = std::nullopt;
  std::optional<Bytes> contentDigest = std::nullopt;
  std::vector<Certificate> extraCertificates = {};  ///< put beside the signer's, e.g. intermediates
  std::optional<Time> signingTime = std::nullopt;   ///< the signed attribute; never for PAdES (it forbids it)
  std::string contentType = {};                     ///< dotted number; empty: id-data (of GB/T 35275 for SM2)
};

/// A message that lacks only the signature value. Signed attributes: contentType, messageDigest,
/// ESS signingCertificateV2 (RFC 5035; by the digest that signs, SHA-256 beside SM3), signingTime if asked for; sorted
/// as DER wants.
class Draft {
 public:
  const Bytes& toBeSigned() const { return toBeSigned_; }  ///< DER SET OF Attribute: what the signature is over
  const Bytes& digest() const { return digest_; }          ///< what the key is handed: see digestToSign()
  SignatureAlgorithm algorithm() const { return request_.algorithm; }
  const Certificate& signer() const { return request_.signer; }
  /// The finished message in DER. certificate_invalid with reason keyMismatch if the value does not verify with the
  /// signer's certificate: a wrong key signed.
  Result<Bytes> finish(ByteView signature) const;

 private:
  friend Result<Draft> prepare(Request request);
  Draft(Request request, Bytes toBeSigned, Bytes digest)
      : request_(std::move(request)), toBeSigned_(std::move(toBeSigned)), digest_(std::move(digest)) {}
  Request request_;
  Bytes toBeSigned_, digest_;
};

/// bad_request if neither or both of content and digest are given, or the digest's length is wrong; certificate_invalid
/// if key and algorithm do not fit.
Result<Draft> prepare(Request request);

/// The message once more, with a time stamp token over its signature value among the unsigned attributes
/// (id-aa-signatureTimeStampToken, RFC 3161 appendix A; CAdES-T, PAdES B-T). Nothing that is signed changes. The token
/// is not looked into: readTimestamp, checkTimestamp. Zero bytes behind the message are left off. bad_request with
/// reason malformed, or unsignedAttributes if there are any already.
Result<Bytes> withTimestamp(ByteView message, ByteView token);

/// A message as read; nothing in it is believed before check().
struct Message {
  Certificate signer;                     ///< the certificate in the message that the SignerInfo names
  std::vector<Certificate> certificates;  ///< the others: intermediates, for checkChain
  std::string contentType;                ///< dotted number
  std::optional<Bytes> content;           ///< none when detached
  SignatureAlgorithm algorithm;
  DigestAlgorithm digest;  ///< of messageDigest
  Bytes messageDigest;
  std::optional<Time> signingTime;  ///< the signer's claim
  bool hasSignedAttributes = true;
  bool certificateBound = false;  ///< an ESS signing-certificate attribute (v1 or v2) is there and fits
  Bytes toBeSigned;               ///< the signed attributes as received, under the SET tag
  Bytes signature;
  std::vector<Bytes> timestampTokens;  ///< unsigned attribute 1.2.840.113549.1.9.16.2.14, not checked here
};

/// What may follow the message: nothing, or the zero bytes a PDF pads /Contents with.
enum class Tail { none, zeros };

/// Messages without signed attributes are signed over their content itself. Ours always have them; foreign GB/T 35275
/// messages often have none.
enum class Attributes { required, optional };

/// Reads one SignedData with exactly one SignerInfo. Strict DER, at most 16 MiB, at most 32
/// certificates. Every failure is bad_request with detail reason, one of: malformed, tooLarge, notSignedData,
/// signerCount, noSignerCertificate, noSignedAttributes, badAttributes, unknownAlgorithm, badCertificate,
/// certificateBinding (an ESS attribute names another certificate).
Result<Message> read(ByteView der, Tail tail = Tail::none, Attributes attributes = Attributes::required);

/// Does the message hold? `detachedDigest` (made with message.digest) is needed when there is no content, and then
/// must be given; empty otherwise. A detached message without signed attributes cannot be checked by a digest:
/// noContent. Returns the empty word when it holds, else: noContent, digestMismatch, badSignature. Trust in the signer
/// is another matter: checkChain().
std::string check(const Message& message, ByteView detachedDigest = {});

}  // namespace sealferry::trust::cms
