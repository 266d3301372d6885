// SPDX-License-Identifier: Apache-2.0
#include "advice.h"

#include <doctest/doctest.h>

#include "support/seals.h"

using namespace sealferry;
using namespace sealferry::test;
using namespace sealferry::operation;

namespace {

/// A key that holds one certificate and one seal.
struct Held {
  Maker maker;
  seal::Fields fields = maker.fields();
  trust::Certificate certificate = maker.unit;
  bool changed = false;  ///< a bit of the maker's signature

  HeldCertificate signing() const { return {certificate, {}, token::KeyUse::signing, true}; }

  trust::Certificate renewed(const std::string& unit) const {
    return certify(maker.unitKey, maker.rootKey, {.subject = unit, .serial = 9});
  }

  wire::Advice advice(Time at = now) const {
    auto der = maker.make(fields);
    if (changed) der.back() ^= 1;
    const HeldSeal held{"x", der, seal::read(der, seal::Strictness::lenient)};
    const auto verdict = seal::check(der, maker.anchors, at, seal::Strictness::lenient);
    wire::SealView view;
    view.verdict.verdict = seal::nameOf(verdict.outcome);
    view.verdict.failedStep = verdict.failedStep;
    for (const auto& step : verdict.steps)
      view.verdict.steps.push_back({step.name, std::string(seal::nameOf(step.result)), step.reason});
    view.notAfter = fields.notAfter;
    view.certificateMatches = seal::listsCertificate(*held.seal, certificate.der());
    return adviceFor(held, view, signing(), at);
  }
};

wire::SealView due(const char* action, const char* reason) {
  wire::SealView view;
  view.advice = {action, reason};
  return view;
}

}  // namespace

TEST_CASE(
    "a seal whose list no longer holds the key's certificate is due for 年检, or for 变更 if the unit's name changed") {
  Held held;
  CHECK(held.advice().action == "ok");
  held.certificate = held.renewed(held.maker.unit.unitName());
  CHECK(held.advice().action == "annualInspection");
  CHECK(held.advice().reason == "sealCertificateMismatch");
  held.certificate = held.renewed("另一个单位");
  CHECK(held.advice().action == "change");
  CHECK(held.advice(held.fields.notAfter + 1).action == "change");
}

TEST_CASE("a list of digests cannot tell the old name") {
  Held held;
  held.fields.listKind = seal::CertificateList::Kind::digests;
  CHECK(held.advice().action == "ok");
  held.certificate = held.renewed("另一个单位");
  CHECK(held.advice().action == "annualInspection");
}

TEST_CASE("a seal near its end, past it, broken") {
  Held held;
  held.fields.notAfter = now + 59 * day;
  CHECK(held.advice().reason == "sealExpiresSoon");
  CHECK(held.advice(held.fields.notAfter + 1).reason == "sealExpired");
  held.changed = true;
  CHECK(held.advice().action == "reissue");
  CHECK(held.advice().reason == "sealUnreadable");
}

TEST_CASE("a seal that is whole, whose maker is not believed or has ended") {
  Held held;
  held.maker.anchors.roots.clear();
  CHECK(held.advice().action == "reissue");
  CHECK(held.advice().reason == "sealUntrusted");
  held = Held();
  held.fields.maker = certify(held.maker.makerKey, held.maker.rootKey, {.subject = "Maker", .notAfter = now - 10});
  CHECK(held.advice().action == "annualInspection");
  CHECK(held.advice().reason == "sealMakerExpired");
  held.certificate = held.renewed(held.maker.unit.unitName());
  CHECK(held.advice().reason == "sealCertificateMismatch");
  held.certificate = held.renewed("另一个单位");
  CHECK(held.advice().action == "change");
}

TEST_CASE("a seal that lists a handler beside its unit: the unit's renewed certificate is due for 年检") {
  Held held;
  held.fields.signers.push_back(certify(Key::sm2(), held.maker.rootKey, {.subject = "经办人", .serial = 8}));
  CHECK(held.advice().action == "ok");
  held.certificate = held.renewed(held.maker.unit.unitName());
  CHECK(held.advice().action == "annualInspection");
  held.certificate = held.renewed("另一个单位");
  CHECK(held.advice().action == "change");
}

TEST_CASE("the key says what is due first") {
  const Held held;
  CHECK(adviceFor(std::nullopt, {}, now).reason == "noCertificate");
  CHECK(adviceFor(held.signing(), {}, now).reason == "noSeal");
  CHECK(adviceFor(held.signing(), {due("ok", "current"), due("change", "sealCertificateMismatch")}, now).action ==
        "change");
  CHECK(adviceFor(held.signing(), {due("ok", "current")}, now).action == "ok");
  CHECK(adviceFor(held.signing(), {due("ok", "current")}, 4'000'000'000 - day).reason == "certificateExpiresSoon");
  CHECK(adviceFor(held.signing(), {due("ok", "current")}, 4'000'000'001).reason == "certificateExpired");
}
