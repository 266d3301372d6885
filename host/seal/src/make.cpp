// SPDX-License-Identifier: Apache-2.0
#include "seal/make.h"

#include <algorithm>

#include "algorithm.h"
#include "base/digest.h"
#include "checking.h"
#include "encode.h"
#include "seal/picture.h"
#include "trust/der.h"
#include "trust/signature.h"

namespace sealferry::seal {
namespace {

constexpr std::size_t mostSigners = 64, longestId = 64, longestName = 200;
constexpr Time year1950 = -631'152'000, year2050 = 2'524'608'000;

tl::unexpected<Error> refuse(std::string reason) {
  return tl::unexpected<Error>(Error{ErrorCode::seal_invalid, "seal::make", 0, {}, {{"reason", std::move(reason)}}});
}

bool isPrintableAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

bool isUtf8(const std::string& text) {
  const auto encoded = trust::der::encodeText(trust::der::tag::utf8String, text);
  return trust::der::text(*trust::der::only(encoded)).has_value();
}

bool textsFit(const Fields& fields) {
  return !fields.id.empty() && fields.id.size() <= longestId && isPrintableAscii(fields.id) &&
         fields.vendor.size() <= longestId && isPrintableAscii(fields.vendor) && !fields.name.empty() &&
         fields.name.size() <= longestName && isUtf8(fields.name);
}

/// v1 has UTCTime, which ends with 2049.
bool timesFit(const Fields& fields) {
  const auto fits = [&](Time time) { return fields.version != Version::v1 || (time >= year1950 && time < year2050); };
  return fields.notBefore <= fields.notAfter && fields.created <= fields.notAfter && fits(fields.created) &&
         fits(fields.notBefore) && fits(fields.notAfter);
}

std::string pictureFault(const Picture& picture) {
  const auto info = inspectPicture(picture.data);
  if (!info) return info.error().detail.at("reason");
  if (info->kind == PictureKind::ofd) return "pictureUnknown";  // nobody could show it
  if (!isWholePicture(picture.data, info->kind)) return "pictureMalformed";
  if (!declares(picture.type, info->kind)) return "pictureTypeMismatch";
  return hasPlausibleSize(picture) ? "" : "pictureSize";
}

/// GM/T 0031-2025 has the maker's certificate checked before signing; so do we, for all versions. Its chain is the
/// caller's to check, who has the roots.
std::string makerFault(const Fields& fields) {
  const auto& maker = fields.maker;
  if (maker.keyKind() != trust::KeyKind::sm2) return "makerKey";
  if (!maker.maySign()) return "makerUsage";
  return fields.created >= maker.notBefore() && fields.created <= maker.notAfter() ? "" : "makerExpired";
}

/// A certificate that begins later may be listed: renewals are made ahead.
std::string signersFault(const Fields& fields) {
  if (fields.signers.empty() || fields.signers.size() > mostSigners) return "emptyCertificateList";
  for (const auto& signer : fields.signers) {
    if (!signer.maySign()) return "signerUsage";
    if (signer.notAfter() < fields.created) return "signerExpired";
  }
  return {};
}

std::string faultOf(const Fields& fields) {
  if (auto fault = signersFault(fields); !fault.empty()) return fault;
  if (!textsFit(fields)) return "text";
  if (!timesFit(fields)) return "time";
  const bool critical = std::ranges::any_of(fields.extensions, &Extension::critical);
  if (critical) return "criticalExtension";
  if (auto fault = pictureFault(fields.picture); !fault.empty()) return fault;
  if (fields.version == Version::v1 && fields.listKind == CertificateList::Kind::digests) return "versionUnknown";
  return makerFault(fields);
}

CertificateList listOf(const Fields& fields) {
  CertificateList list{.kind = fields.listKind, .entries = {}, .digestTypes = {}};
  for (const auto& signer : fields.signers) {
    const bool whole = list.kind == CertificateList::Kind::certificates;
    list.entries.push_back(whole ? signer.der() : sm3(signer.der()));
    if (!whole) list.digestTypes.emplace_back("SM3");
  }
  return list;
}

Seal unsignedSeal(const Fields& fields) {
  Seal seal;
  seal.version = fields.version;
  seal.vendor = fields.vendor;
  seal.id = fields.id;
  seal.type = fields.type;
  seal.name = fields.name;
  seal.signers = listOf(fields);
  seal.created = fields.created;
  seal.notBefore = fields.notBefore;
  seal.notAfter = fields.notAfter;
  seal.picture = fields.picture;
  seal.extensions = fields.extensions;
  seal.makerCertificate = fields.maker.der();
  seal.algorithm = sm2WithSm3;
  return seal;
}

}  // namespace

Result<Draft> prepare(const Fields& fields) {
  if (auto fault = faultOf(fields); !fault.empty()) return refuse(std::move(fault));
  auto seal = unsignedSeal(fields);
  auto toBeSigned = encodeSigned(seal);
  auto digest = trust::digestToSign(fields.maker, trust::SignatureAlgorithm::sm2Sm3, toBeSigned);
  if (!digest) return refuse("makerKey");
  return Draft(std::move(seal), fields.maker, std::move(toBeSigned), *std::move(digest));
}

Result<Bytes> Draft::finish(ByteView signature, std::optional<Bytes> timestamp) const {
  if (!trust::verifySignature(maker_, trust::SignatureAlgorithm::sm2Sm3, toBeSigned(), signature))
    return refuse("keyMismatch");
  if (timestamp && seal_.version != Version::v5) return refuse("versionUnknown");
  auto seal = seal_;
  seal.signature = copyOf(signature);
  seal.timestamp = std::move(timestamp);
  auto der = encode(seal);
  // What is handed out has to be what our own reading takes: it has limits that the fields do not show.
  if (const auto read = seal::read(der, Strictness::strict); !read) return refuse(read.error().detail.at("reason"));
  return der;
}

}  // namespace sealferry::seal
