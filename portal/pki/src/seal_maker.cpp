// SPDX-License-Identifier: Apache-2.0
#include "pki/seal_maker.h"

#include "pki/picture.h"

namespace sealferry::pki {
namespace {

constexpr std::string_view vendor = "SEALFERRY";

/// RFC 3161 wants the stamp over the signature value, so it comes last.
Result<std::optional<Bytes>> stamped(const Stamper& stamper, const Bytes& value) {
  if (!stamper) return std::optional<Bytes>{};
  auto token = stamper(value);
  if (!token) return passOn(token);
  return std::optional(*std::move(token));
}

Result<Bytes> finished(const Authority& maker, const seal::Fields& fields, const Stamper& stamper = nullptr) {
  const auto draft = seal::prepare(fields);
  if (!draft) return passOn(draft);
  const auto value = maker.key.sign(trust::SignatureAlgorithm::sm2Sm3, draft->digest());
  if (!value) return passOn(value);
  const auto token = stamped(stamper, *value);
  if (!token) return passOn(token);
  return draft->finish(*value, *token);
}

std::vector<trust::Certificate> signersOf(const SealOrder& order) {
  std::vector<trust::Certificate> all{order.signer};
  all.insert(all.end(), order.furtherSigners.begin(), order.furtherSigners.end());
  return all;
}

/// The renewed certificate first, then the others of the old list.
std::vector<trust::Certificate> signersAfter(const seal::CertificateList& list, const Renewal& renewal) {
  std::vector<trust::Certificate> all{renewal.signer};
  if (list.kind != seal::CertificateList::Kind::certificates) return all;
  for (const auto& der : list.entries) {
    const auto one = trust::Certificate::fromDer(der);
    const bool stays = one && one->unitName() != renewal.signer.unitName() &&
                       one->publicKeyInfo() != renewal.signer.publicKeyInfo() && one->notAfter() >= renewal.created;
    if (stays) all.push_back(*one);
  }
  return all;
}

struct Size {
  int width, height;
};

Size usualSize(Shape shape) {
  switch (shape) {
    case Shape::official:
      return {42, 42};
    case Shape::finance:
    case Shape::contract:
      return {40, 40};
    case Shape::person:
      return {20, 20};
    case Shape::invoice:
      return {40, 30};
    case Shape::handwriting:
      break;
  }
  return {40, 20};
}

Result<Bytes> drawn(const Drawing& drawing, const Size& size) {
  switch (drawing.shape) {
    case Shape::official:
      return drawRoundSeal({.name = drawing.name, .caption = {}, .diameterMm = size.width});
    case Shape::finance:
      return drawRoundSeal({.name = drawing.name, .caption = "财务专用章", .diameterMm = size.width});
    case Shape::contract:
      return drawRoundSeal({.name = drawing.name, .caption = "合同专用章", .diameterMm = size.width});
    case Shape::person:
      return drawSquareSeal({.name = drawing.name, .sideMm = size.width});
    case Shape::invoice:
      return drawOvalSeal(
          {.name = drawing.name, .number = drawing.number, .widthMm = size.width, .heightMm = size.height});
    case Shape::handwriting:
      break;
  }
  return drawHandwriting({.image = drawing.image, .widthMm = size.width, .heightMm = size.height});
}

}  // namespace

Result<Bytes> makeSeal(const Authority& maker, const SealOrder& order) {
  return finished(maker,
                  {.version = order.version,
                   .vendor = std::string(vendor),
                   .id = order.id,
                   .type = order.type,
                   .name = order.name,
                   .listKind = order.listKind,
                   .signers = signersOf(order),
                   .created = order.created,
                   .notBefore = order.notBefore,
                   .notAfter = order.notAfter,
                   .picture = order.picture,
                   .maker = maker.certificate},
                  order.stamper);
}

Result<seal::Picture> drawPicture(const Drawing& drawing) {
  const auto usual = usualSize(drawing.shape);
  const bool isRound = usual.width == usual.height;
  const Size size{drawing.widthMm == 0 ? usual.width : drawing.widthMm,
                  drawing.heightMm == 0 ? usual.height : drawing.heightMm};
  auto png = drawn(drawing, size);
  if (!png) return passOn(png);
  return seal::Picture{"PNG", *std::move(png), size.width, isRound ? size.width : size.height};
}

Result<seal::Picture> roundPicture(const std::string& unitName, int diameterMm) {
  return drawPicture({.shape = Shape::official, .name = unitName, .widthMm = diameterMm});
}

Result<Bytes> remakeSeal(const Authority& maker, const seal::Seal& old, const Renewal& renewal) {
  return finished(maker,
                  {.version = old.version,
                   .vendor = old.vendor,
                   .id = old.id,
                   .type = old.type,
                   .name = old.name,
                   .listKind = old.signers.kind,
                   .signers = signersAfter(old.signers, renewal),
                   .created = renewal.created,
                   .notBefore = renewal.notBefore,
                   .notAfter = renewal.notAfter,
                   .picture = old.picture,
                   .extensions = old.extensions,
                   .maker = maker.certificate},
                  old.timestamp ? renewal.stamper : nullptr);
}

}  // namespace sealferry::pki
