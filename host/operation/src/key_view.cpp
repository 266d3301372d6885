// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"

#include <algorithm>

#include "advice.h"
#include "base/digest.h"
#include "holding.h"
#include "seal/picture.h"

namespace sealferry::operation {
namespace {

constexpr Time day = 86'400;
// All pictures of one answer together: the browser closes the port at 1 MiB, base64 takes a third more.
constexpr std::size_t pictureBudget = 600 * 1024;

wire::CertificateView viewOf(const HeldCertificate& held, Time now) {
  const auto& certificate = held.certificate;
  wire::CertificateView view;
  view.use = held.use == token::KeyUse::signing ? "signing" : "encryption";
  view.unit = certificate.unitName();
  view.subject = certificate.subject();
  view.issuer = certificate.issuer();
  view.serialNumber = certificate.serialNumber();
  view.algorithm = trust::nameOf(certificate.keyKind());
  view.sha256 = toHex(certificate.sha256());
  view.pem = certificate.pem();
  view.notBefore = certificate.notBefore();
  view.notAfter = certificate.notAfter();
  view.hasPrivateKey = held.hasPrivateKey;
  view.expired = now > certificate.notAfter();
  return view;
}

std::string makerOf(const seal::Seal& seal) {
  const auto maker = trust::Certificate::fromDer(seal.makerCertificate);
  return maker ? maker->unitName() : std::string();
}

/// Browsers show these; anything else stays on the key.
std::optional<wire::PictureView> pictureOf(const seal::Seal& seal, std::size_t& budget) {
  const auto info = seal::inspectPicture(seal.picture.data);
  if (!info || seal.picture.data.size() > budget) return std::nullopt;
  budget -= seal.picture.data.size();
  return wire::PictureView{std::string(seal::mediaType(info->kind)), seal.picture.data};
}

struct SealContext {
  const trust::Anchors& anchors;
  Time now;
  const std::optional<HeldCertificate>& signing;
  bool pictures;
};

wire::SealView viewOf(const HeldSeal& held, const SealContext& in, std::size_t& budget) {
  wire::SealView view;
  view.id = held.name;
  view.sha256 = toHex(sha256(held.der));
  view.verdict = operation::viewOf(seal::check(held.der, in.anchors, in.now, seal::Strictness::lenient));
  if (!held.seal) return view;
  const auto& seal = *held.seal;
  view.name = seal.name;
  view.type = seal.type;
  view.version = static_cast<int>(seal.version);
  view.notBefore = seal.notBefore;
  view.notAfter = seal.notAfter;
  view.maker = makerOf(seal);
  view.widthMm = seal.picture.widthMm;
  view.heightMm = seal.picture.heightMm;
  view.daysLeft = (seal.notAfter - in.now) / day;
  view.certificateMatches = in.signing && seal::listsCertificate(seal, in.signing->certificate.der());
  if (in.pictures) view.picture = pictureOf(seal, budget);
  return view;
}

wire::PinView viewOf(const token::PinState& pin) {
  wire::PinView view{"ok", pin.triesLeft};
  if (pin.countLow) view.state = "countLow";
  if (pin.lastTry) view.state = "lastTry";
  if (pin.mustChange) view.state = "mustChange";
  if (pin.locked) view.state = "locked";
  return view;
}

wire::KeySummary summaryOf(const token::KeyInfo& info, const std::vector<HeldCertificate>& certificates) {
  wire::KeySummary summary{info.id, info.serial, info.label, {}, info.kind, {}};
  if (const auto signing = currentOf(certificates, token::KeyUse::signing))
    summary.unit = signing->certificate.unitName();
  for (const auto& held : certificates) {
    const std::string algorithm(trust::nameOf(held.certificate.keyKind()));
    if (std::ranges::find(summary.algorithms, algorithm) == summary.algorithms.end())
      summary.algorithms.push_back(algorithm);
  }
  return summary;
}

}  // namespace

wire::VerdictView viewOf(const seal::Verdict& verdict) {
  wire::VerdictView view;
  view.verdict = seal::nameOf(verdict.outcome);
  view.failedStep = verdict.failedStep;
  view.version = verdict.version;
  view.at = verdict.at;
  view.notes = verdict.notes;
  for (const auto& step : verdict.steps)
    view.steps.push_back({step.name, std::string(seal::nameOf(step.result)), step.reason});
  return view;
}

Result<wire::KeySummary> summaryOf(token::Session& session) {
  const auto info = session.info();
  if (!info) return passOn(info);
  const auto certificates = heldCertificates(session);
  if (!certificates) return passOn(certificates);
  return summaryOf(*info, *certificates);
}

Result<wire::KeyView> viewOf(Context& context, token::Session& session, bool pictures) {
  const auto info = session.info();
  if (!info) return passOn(info);
  const auto certificates = heldCertificates(session);
  if (!certificates) return passOn(certificates);
  const auto seals = heldSeals(session);
  if (!seals) return passOn(seals);
  const auto pending = session.pending();
  if (!pending) return passOn(pending);

  const Time now = context.clock();
  const auto signing = currentOf(*certificates, token::KeyUse::signing);
  wire::KeyView view;
  view.key = summaryOf(*info, *certificates);
  for (const auto& held : *certificates) view.certificates.push_back(viewOf(held, now));
  std::size_t budget = pictureBudget;
  for (const auto& held : *seals)
    view.seals.push_back(viewOf(held, {context.sealAnchors, now, signing, pictures}, budget));
  if (info->freeBytes && info->totalBytes) view.room = wire::Room{*info->freeBytes, *info->totalBytes};
  view.pin = viewOf(info->pin);
  const auto unblocking = session.unblocking();
  view.pin.unblockable = unblocking && *unblocking && !(*unblocking)->locked;
  view.advice = adviceFor(signing, *seals, view.seals, now);
  if (*pending) view.pending = wire::Pending{(*pending)->order, (*pending)->committed};
  return view;
}

}  // namespace sealferry::operation
