// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "algorithm.h"
#include "checking.h"
#include "encode.h"
#include "seal/signature.h"
#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::seal {
namespace {

namespace der = trust::der;

constexpr std::size_t longestOwnInfo = 1024;

tl::unexpected<Error> refuseSignature(std::string reason) {
  return tl::unexpected<Error>(
      Error{ErrorCode::seal_invalid, "seal::prepareSignature", 0, {}, {{"reason", std::move(reason)}}});
}

bool isPropertyInfo(const std::string& text) {
  return !text.empty() && text.size() <= longestOwnInfo &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

std::string faultOf(const SignatureFields& fields) {
  const auto& signer = fields.signer;
  if (signer.keyKind() != trust::KeyKind::sm2) return "signerKey";
  if (!signer.maySign()) return "signerUsage";
  if (fields.time < signer.notBefore() || fields.time > signer.notAfter()) return "signerExpired";
  if (!listsCertificate(fields.seal, signer.der())) return "signerNotListed";
  if (fields.time < fields.seal.notBefore || fields.time > fields.seal.notAfter) return "time";
  if (fields.seal.version == Version::v5 && !madeTooLate(fields.seal, fields.time).empty()) return "time";
  if (fields.dataHash.size() != sm3Bytes) return "dataHash";
  return isPropertyInfo(fields.propertyInfo) ? "" : "text";
}

/// v1 wraps a UTCTime into a BIT STRING, for there it may also hold a token.
Bytes encodeTime(Version version, Time time) {
  return version == Version::v1 ? der::encodeBits(der::encodeUtcTime(time)) : der::encodeGeneralizedTime(time);
}

Bytes encodeExtensions(const Signature& signature) {
  const auto all = extensions(signature.extensions);
  return all.empty() ? Bytes{} : der::element(der::tag::context(0), true, all);
}

Bytes signerPart(ByteView certificate) {
  return der::join({der::encodeOctets(certificate), der::encodeObjectIdentifier(sm2WithSm3)});
}

/// TBS_Sign.
Bytes encodeSigned(const Signature& signature) {
  const auto version = signature.seal.version;
  const auto tail = version == Version::v1 ? signerPart(signature.signerCertificate) : encodeExtensions(signature);
  return der::sequence({der::encodeInteger(static_cast<std::int64_t>(version)), signature.seal.der,
                        encodeTime(version, signature.time), der::encodeBits(signature.dataHash),
                        der::encodeText(der::tag::ia5String, signature.propertyInfo), tail});
}

Bytes assembled(Version version, ByteView toBeSigned, ByteView certificate, ByteView value,
                const std::optional<Bytes>& timestamp) {
  if (version == Version::v1) return der::sequence({toBeSigned, der::encodeBits(value)});
  const auto token = timestamp ? der::element(der::tag::context(0), true, der::encodeBits(*timestamp)) : Bytes{};
  return der::sequence({toBeSigned, signerPart(certificate), der::encodeBits(value), token});
}

}  // namespace

Result<SignatureDraft> prepareSignature(const SignatureFields& fields) {
  if (auto fault = faultOf(fields); !fault.empty()) return refuseSignature(std::move(fault));
  Signature signature;
  signature.seal = fields.seal;
  signature.time = fields.time;
  signature.dataHash = fields.dataHash;
  signature.propertyInfo = fields.propertyInfo;
  signature.signerCertificate = fields.signer.der();
  auto toBeSigned = encodeSigned(signature);
  auto digest = trust::digestToSign(fields.signer, trust::SignatureAlgorithm::sm2Sm3, toBeSigned);
  if (!digest) return refuseSignature("signerKey");
  return SignatureDraft(fields.seal.version, fields.signer, std::move(toBeSigned), *std::move(digest));
}

Result<Bytes> SignatureDraft::finish(ByteView signature) const {
  if (!trust::verifySignature(signer_, trust::SignatureAlgorithm::sm2Sm3, toBeSigned_, signature))
    return refuseSignature("keyMismatch");
  return assembled(version_, toBeSigned_, signer_.der(), signature, std::nullopt);
}

Bytes encodeSignature(const Signature& signature) {
  return assembled(signature.seal.version, encodeSigned(signature), signature.signerCertificate, signature.signature,
                   signature.timestamp);
}

}  // namespace sealferry::seal
