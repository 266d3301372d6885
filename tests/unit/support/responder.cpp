// SPDX-License-Identifier: Apache-2.0
#include "responder.h"

#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::test {
namespace {

namespace der = trust::der;

Bytes algorithm(std::string_view oid) { return der::sequence({der::encodeObjectIdentifier(oid)}); }

Bytes tagged(int number, ByteView content) { return der::element(der::tag::context(number), true, content); }

const char* digestOid(trust::DigestAlgorithm digest) {
  if (digest == trust::DigestAlgorithm::sha1) return "1.3.14.3.2.26";
  return digest == trust::DigestAlgorithm::sm3 ? "1.2.156.10197.1.401" : "2.16.840.1.101.3.4.2.1";
}

const char* signatureOid(trust::SignatureAlgorithm algorithm) {
  if (algorithm == trust::SignatureAlgorithm::sm2Sm3) return "1.2.156.10197.1.501";
  return algorithm == trust::SignatureAlgorithm::rsaSha256 ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2";
}

/// Issuer and serial, cut out of the certificate.
std::pair<Bytes, Bytes> issuerAndSerial(const trust::Certificate& certificate) {
  auto body = der::Reader(certificate.der()).enter(der::tag::sequence)->enter(der::tag::sequence);
  body->next(der::tag::context(0));
  const auto serial = body->next(der::tag::integer);
  body->next();
  return {copyOf(body->next()->whole), copyOf(serial->whole)};
}

Bytes keyBits(const trust::Certificate& certificate) {
  auto info = der::Reader(certificate.publicKeyInfo()).enter(der::tag::sequence);
  info->next();
  return copyOf(*der::bits(*info->next()));
}

Bytes status(const Answer& answer) {
  if (answer.status == Answer::Status::good) return der::element(der::tag::context(0), false, {});
  if (answer.status == Answer::Status::unknown) return der::element(der::tag::context(2), false, {});
  return tagged(1, der::encodeGeneralizedTime(answer.revokedAt));
}

Bytes single(const Answer& answer) {
  const auto [issuer, serial] = issuerAndSerial(answer.certificate);
  const auto digest = [&](const Bytes& data) { return der::encodeOctets(trust::digestOf(answer.digest, data)); };
  const auto id =
      der::sequence({algorithm(digestOid(answer.digest)), digest(issuer), digest(keyBits(answer.issuer)), serial});
  const auto next = answer.nextUpdate ? tagged(0, der::encodeGeneralizedTime(*answer.nextUpdate)) : Bytes{};
  return der::sequence({id, status(answer), der::encodeGeneralizedTime(answer.thisUpdate), next});
}

Bytes extensions(bool critical) {
  if (!critical) return {};
  const auto one =
      der::sequence({der::encodeObjectIdentifier("1.2.3.4"), der::encodeBoolean(true), der::encodeOctets({})});
  return tagged(1, der::sequence({one}));
}

}  // namespace

Bytes Responder::response(const std::vector<Answer>& answers) const {
  std::vector<Bytes> singles;
  for (const auto& answer : answers) singles.push_back(single(answer));
  const auto id = tagged(2, der::encodeOctets(trust::digestOf(trust::DigestAlgorithm::sha1, keyBits(certificate))));
  const auto data = der::sequence({id, der::encodeGeneralizedTime(answers.front().thisUpdate), der::sequenceOf(singles),
                                   extensions(criticalExtension)});
  const auto scheme = trust::usualAlgorithm(certificate);
  const auto value = key.sign(scheme, trust::digestToSign(certificate, scheme, data).value());
  const auto certificates = certificate.isAuthority() ? Bytes{} : tagged(0, der::sequence({certificate.der()}));
  const auto basic = der::sequence({data, algorithm(signatureOid(scheme)), der::encodeBits(value), certificates});
  const auto bytes = der::sequence({der::encodeObjectIdentifier("1.3.6.1.5.5.7.48.1.1"), der::encodeOctets(basic)});
  return der::sequence({der::element(10, false, Bytes{0}), tagged(0, bytes)});
}

Responder namedResponder(const Key& issuer, Key own, const CertificateFields& fields) {
  auto certificate = certify(own, issuer, fields);
  return {std::move(own), std::move(certificate)};
}

}  // namespace sealferry::test
