// SPDX-License-Identifier: Apache-2.0
#include "pki/seal_maker.h"

#include "pki/picture.h"

namespace sealferry::pki {
namespace {

constexpr std::string_view vendor = "SEALFERRY";

Result<Bytes> finished(const Authority& maker, const seal::Fields& fields) {
  const auto draft = seal::prepare(fields);
  if (!draft) return passOn(draft);
  const auto value = maker.key.sign(trust::SignatureAlgorithm::sm2Sm3, draft->digest());
  if (!value) return passOn(value);
  return draft->finish(*value);
}

}  // namespace

Result<Bytes> makeSeal(const Authority& maker, const SealOrder& order) {
  return finished(maker, {.version = order.version,
                          .vendor = std::string(vendor),
                          .id = order.id,
                          .name = order.name,
                          .signers = {order.signer},
                          .created = order.created,
                          .notBefore = order.notBefore,
                          .notAfter = order.notAfter,
                          .picture = order.picture,
                          .maker = maker.certificate});
}

Result<seal::Picture> roundPicture(const std::string& unitName, int diameterMm) {
  RoundSeal round;
  round.name = unitName;
  round.diameterMm = diameterMm;
  auto png = drawRoundSeal(round);
  if (!png) return passOn(png);
  return seal::Picture{"PNG", *std::move(png), diameterMm, diameterMm};
}

Result<Bytes> remakeSeal(const Authority& maker, const seal::Seal& old, const trust::Certificate& signer, Time created,
                         Time notAfter) {
  return finished(maker, {.version = old.version,
                          .vendor = old.vendor,
                          .id = old.id,
                          .type = old.type,
                          .name = old.name,
                          .signers = {signer},
                          .created = created,
                          .notBefore = created,
                          .notAfter = notAfter,
                          .picture = old.picture,
                          .maker = maker.certificate});
}

}  // namespace sealferry::pki
