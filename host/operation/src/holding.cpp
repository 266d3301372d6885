// SPDX-License-Identifier: Apache-2.0
#include "holding.h"

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

Result<std::vector<HeldSeal>> heldSeals(token::Session& session) {
  const auto blobs = session.blobs();
  if (!blobs) return passOn(blobs);
  std::vector<HeldSeal> seals;
  for (const auto& blob : *blobs) {
    auto der = session.readBlob(blob.name);
    if (!der) return passOn(der);
    auto seal = seal::read(*der, seal::Strictness::lenient);
    seals.push_back({blob.name, std::move(*der), std::move(seal)});
  }
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
  for (const auto& blob : *blobs) holding.seals.push_back(blob.sha256);
  return holding;
}

}  // namespace sealferry::operation
