// SPDX-License-Identifier: Apache-2.0
#include "encode.h"

#include "algorithm.h"
#include "seal/make.h"
#include "trust/der.h"

namespace sealferry::seal {
namespace {

namespace der = trust::der;

Bytes header(const Seal& seal) {
  return der::sequence({der::encodeText(der::tag::ia5String, "ES"),
                        der::encodeInteger(static_cast<std::int64_t>(seal.version)),
                        der::encodeText(der::tag::ia5String, seal.vendor)});
}

Bytes certificateList(const CertificateList& list) {
  std::vector<Bytes> entries;
  for (std::size_t i = 0; i < list.entries.size(); ++i) {
    const auto octets = der::encodeOctets(list.entries[i]);
    const bool whole = list.kind == CertificateList::Kind::certificates;
    entries.push_back(
        whole ? octets : der::sequence({der::encodeText(der::tag::printableString, list.digestTypes.at(i)), octets}));
  }
  return der::sequenceOf(entries);
}

Bytes property(const Seal& seal) {
  const bool first = seal.version == Version::v1;
  const auto time = first ? der::encodeUtcTime : der::encodeGeneralizedTime;
  const auto kind = first ? Bytes{} : der::encodeInteger(static_cast<std::int64_t>(seal.signers.kind));
  return der::sequence({der::encodeInteger(seal.type), der::encodeText(der::tag::utf8String, seal.name), kind,
                        certificateList(seal.signers), time(seal.created), time(seal.notBefore), time(seal.notAfter)});
}

Bytes picture(const Picture& picture) {
  return der::sequence({der::encodeText(der::tag::ia5String, picture.type), der::encodeOctets(picture.data),
                        der::encodeInteger(picture.widthMm), der::encodeInteger(picture.heightMm)});
}

}  // namespace

/// `critical` is written even when FALSE, against DER: the common reader of these files loses extensions without it.
Bytes extensions(const std::vector<Extension>& all) {
  if (all.empty()) return {};
  std::vector<Bytes> parts;
  parts.reserve(all.size());
  for (const auto& one : all)
    parts.push_back(der::sequence(
        {der::encodeObjectIdentifier(one.oid), der::encodeBoolean(one.critical), der::encodeOctets(one.value)}));
  return der::sequenceOf(parts);
}

Bytes encodeInfo(const Seal& seal) {
  return der::sequence({header(seal), der::encodeText(der::tag::ia5String, seal.id), property(seal),
                        picture(seal.picture), extensions(seal.extensions)});
}

Bytes encodeSigned(const Seal& seal) {
  auto info = encodeInfo(seal);
  if (seal.version != Version::v1) return info;
  return der::sequence({info, der::encodeOctets(seal.makerCertificate), der::encodeObjectIdentifier(sm2WithSm3)});
}

Bytes encode(const Seal& seal) {
  const auto signing = der::join({der::encodeOctets(seal.makerCertificate), der::encodeObjectIdentifier(seal.algorithm),
                                  der::encodeBits(seal.signature)});
  if (seal.version == Version::v1)
    return der::sequence({encodeInfo(seal), der::element(der::tag::sequence, true, signing)});
  const auto timestamp =
      seal.timestamp ? der::element(der::tag::context(0), true, der::encodeBits(*seal.timestamp)) : Bytes{};
  return der::sequence({encodeInfo(seal), signing, timestamp});
}

}  // namespace sealferry::seal
