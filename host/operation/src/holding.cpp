// SPDX-License-Identifier: Apache-2.0
#include "holding.h"

#include <algorithm>

#include "base/digest.h"
#include "base/log.h"

namespace sealferry::operation {

Result<std::vector<HeldCertificate>> heldCertificates(token::Session& session) {
  const auto objects = session.certificates();
  if (!objects) return passOn(objects);
  std::vector<HeldCertificate> held;
  for (const auto& object : *objects) {
    auto certificate = trust::Certificate::fromDer(object.der);
    if (certificate) {
      held.push_back({std::move(*certificate), object.keyId, object.use, object.hasPrivateKey});
    } else {
      log::writeError(certificate.error(), "heldCertificates");
    }
  }
  return held;
}

std::optional<HeldCertificate> currentOf(const std::vector<HeldCertificate>& all, token::KeyUse use) {
  const HeldCertificate* best = nullptr;
  for (const auto& one : all) {
    if (one.use != use || !one.hasPrivateKey) continue;
    if (best == nullptr || one.certificate.notAfter() > best->certificate.notAfter()) best = &one;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

Result<std::optional<HeldCertificate>> signingCertificate(token::Session& session) {
  const auto all = heldCertificates(session);
  if (!all) return passOn(all);
  return currentOf(*all, token::KeyUse::signing);
}

Result<HeldCertificate> stillHeld(token::Session& session, const Bytes& sha256) {
  auto signing = signingCertificate(session);
  if (!signing) return passOn(signing);
  if (!*signing || (*signing)->certificate.sha256() != sha256) return fail(ErrorCode::no_certificate, "stillHeld");
  return **std::move(signing);
}

namespace {

HeldSeal heldFrom(token::BlobInfo info, Bytes content) {
  if (info.picture)
    return {std::move(info.name),
            std::move(content),
            fail(ErrorCode::seal_invalid, "picture"),
            std::move(info.profile),
            true,
            std::move(info.title),
            static_cast<int>(info.widthMm),
            static_cast<int>(info.heightMm)};
  auto seal = seal::read(content, seal::Strictness::lenient);
  auto name = !info.profile.empty() && seal ? seal->id : std::move(info.name);
  return {std::move(name), std::move(content), std::move(seal), std::move(info.profile)};
}

/// Pictures of seals that are there go; the seals are told to be found through their profile.
void mergePictures(std::vector<HeldSeal>& seals) {
  const auto isFace = [](const HeldSeal& picture, const HeldSeal& one) {
    return picture.isPicture && one.seal && one.seal->picture.data == picture.der;
  };
  for (auto& one : seals)
    for (const auto& picture : seals)
      if (isFace(picture, one)) one.profile = picture.profile;
  std::vector<HeldSeal> told;
  for (const auto& one : seals)
    if (std::ranges::none_of(seals, [&](const HeldSeal& whole) { return isFace(one, whole); })) told.push_back(one);
  seals = std::move(told);
}

/// no_seal if what lies under a name is not what was listed.
Result<std::vector<HeldSeal>> listedSeals(token::Session& session) {
  const auto blobs = session.blobs();
  if (!blobs) return passOn(blobs);
  std::vector<HeldSeal> seals;
  for (const auto& blob : *blobs) {
    auto content = session.readBlob(blob.name);
    if (!content) return passOn(content);
    if (sha256(*content) != blob.sha256) return fail(ErrorCode::no_seal, "listedSeals");
    seals.push_back(heldFrom(blob, std::move(*content)));
  }
  return seals;
}

}  // namespace

/// Another program may take a seal from its place between our listing and our reading: all is read once more then.
Result<std::vector<HeldSeal>> heldSeals(token::Session& session) {
  auto seals = listedSeals(session);
  if (!seals && seals.error().code == ErrorCode::no_seal) seals = listedSeals(session);
  if (seals) mergePictures(*seals);
  return seals;
}

std::vector<HeldSeal> withoutPictures(std::vector<HeldSeal> seals) {
  std::erase_if(seals, &HeldSeal::isPicture);
  return seals;
}

Result<order::Holding> holdingOf(token::Session& session) {
  const auto certificates = heldCertificates(session);
  if (!certificates) return passOn(certificates);
  const auto blobs = session.blobs();
  if (!blobs) return passOn(blobs);
  order::Holding holding;
  if (const auto signing = currentOf(*certificates, token::KeyUse::signing))
    holding.certificate = signing->certificate.sha256();
  if (const auto encryption = currentOf(*certificates, token::KeyUse::encryption))
    holding.encryptionCertificate = encryption->certificate.sha256();
  for (const auto& blob : *blobs)
    if (!blob.picture) holding.seals.push_back(blob.sha256);
  return holding;
}

}  // namespace sealferry::operation
