// SPDX-License-Identifier: Apache-2.0
#include "key_view.h"

#include <algorithm>

#include "advice.h"
#include "base/digest.h"
#include "base/log.h"
#include "holding.h"
#include "seal/picture.h"

namespace sealferry::operation {
namespace {

constexpr Time day = 86'400;
// All pictures of one answer together: the browser closes the port at 1 MiB, base64 takes a third more.
constexpr std::size_t pictureBudget = 600 * 1024, largestPicture = 200 * 1024;

wire::CertificateView certificateView(const HeldCertificate& held, Time now) {
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

/// Pages see PNGs only: what is none is decoded in a process of its own. OFD packages, and what is broken or too large,
/// stay on the key.
std::optional<Bytes> pngOf(document::Engine& engine, const Bytes& picture, std::size_t most) {
  const auto info = seal::inspectPicture(picture);
  if (!info || info->kind == seal::PictureKind::ofd) return std::nullopt;
  if (info->kind == seal::PictureKind::png && picture.size() <= most) return picture;
  auto png = engine.toPng(picture, most);
  if (png) return *std::move(png);
  log::writeError(png.error(), "pngOf");
  return std::nullopt;
}

std::optional<wire::PictureView> pictureOf(document::Engine& engine, const Bytes& picture, std::size_t& budget) {
  auto png = pngOf(engine, picture, std::min(budget, largestPicture));
  if (!png) return std::nullopt;
  budget -= png->size();
  return wire::PictureView{"image/png", *std::move(png)};
}

struct SealContext {
  document::Engine& engine;
  const trust::Anchors& anchors;
  Time now;
  const std::optional<HeldCertificate>& signing;
  bool pictures;
};

/// Of a picture there is nothing to check: to whoever looks at the verdict it is no seal.
wire::SealView pictureView(const HeldSeal& held, const SealContext& in, wire::SealView view, std::size_t& budget) {
  view.isPicture = true;
  view.name = held.title;
  view.widthMm = held.widthMm;
  view.heightMm = held.heightMm;
  view.verdict.verdict = "unreadable";
  view.verdict.at = in.now;
  view.verdict.notes = {"pictureOnly"};
  view.advice = {"ok", "current"};  // by itself it is due for nothing
  if (in.pictures) view.picture = pictureOf(in.engine, held.der, budget);
  return view;
}

wire::SealView sealView(const HeldSeal& held, const SealContext& in, std::size_t& budget) {
  wire::SealView view;
  view.id = held.name;
  view.profile = held.profile;
  view.sha256 = toHex(sha256(held.der));
  if (held.isPicture) return pictureView(held, in, std::move(view), budget);
  view.verdict = operation::viewOf(seal::check(held.der, in.anchors, in.now, seal::Strictness::lenient));
  if (!held.seal) {
    view.advice = adviceFor(held, view, in.signing, in.now);
    return view;
  }
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
  view.advice = adviceFor(held, view, in.signing, in.now);
  if (in.pictures) view.picture = pictureOf(in.engine, seal.picture.data, budget);
  return view;
}

wire::PinView pinView(const token::PinState& pin) {
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
  const auto layout = session.layout();
  if (!layout) return passOn(layout);
  // The key does not list what it holds beside certificates: the layout says so, and there is nothing to advise.
  const bool unread = layout->reason == "unreadable";
  const auto seals = unread ? std::vector<HeldSeal>{} : heldSeals(session);
  if (!seals) return passOn(seals);
  const auto pending = unread ? std::optional<token::PendingChange>{} : session.pending();
  if (!pending) return passOn(pending);

  const Time now = context.clock();
  const auto signing = currentOf(*certificates, token::KeyUse::signing);
  wire::KeyView view;
  view.key = summaryOf(*info, *certificates);
  for (const auto& held : *certificates) view.certificates.push_back(certificateView(held, now));
  std::size_t budget = pictureBudget;
  for (const auto& held : *seals)
    view.seals.push_back(sealView(held, {*context.engine, context.sealAnchors, now, signing, pictures}, budget));
  if (info->freeBytes && info->totalBytes) view.room = wire::Room{*info->freeBytes, *info->totalBytes};
  view.pin = pinView(info->pin);
  const auto unblocking = session.unblocking();
  view.pin.unblockable = unblocking && *unblocking && !(*unblocking)->locked;
  view.layout = {layout->profile, layout->reason, layout->writable};
  view.advice = unread ? wire::Advice{"ok", "unreadable"} : adviceFor(signing, view.seals, now);
  if (*pending) view.pending = wire::Pending{(*pending)->order, (*pending)->committed};
  return view;
}

}  // namespace sealferry::operation
