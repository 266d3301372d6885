// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/seals.h"

using namespace sealferry;
using namespace sealferry::test;
using nlohmann::json;

// The seals under tests/vectors/seals were made by this repository's own maker with keys that were thrown away;
// tampered ones beside good ones. SEALFERRY_WRITE_VECTORS=1 makes them anew.

namespace {

const auto folder = vectors() / "seals";

void add(json& list, const std::string& name, const Bytes& bytes, const Maker& world) {
  writeFile(folder / name, bytes);
  const auto verdict = seal::check(bytes, world.anchors, now, seal::Strictness::lenient);
  list.push_back({{"file", name},
                  {"verdict", std::string(nameOf(verdict.outcome))},
                  {"failedStep", verdict.failedStep},
                  {"reason", verdict.steps.back().reason}});
}

Bytes tampered(Bytes der, void (*change)(seal::Seal&)) {
  auto seal = seal::read(der, seal::Strictness::strict).value();
  change(seal);
  return seal::encode(seal);
}

void writeVectors() {
  const Maker world;
  std::filesystem::create_directories(folder);
  writeFile(folder / "root.pem", viewOf(world.root.pem()));
  writeFile(folder / "unit.pem", viewOf(world.unit.pem()));
  json list = json::array();
  for (const auto version : {seal::Version::v1, seal::Version::v4, seal::Version::v5}) {
    const auto name = "v" + std::to_string(static_cast<int>(version));
    const auto good = world.make(world.fields(version));
    add(list, name + "-good.esl", good, world);
    add(list, name + "-name-changed.esl", tampered(good, [](auto& s) { s.name = "别的单位电子公章"; }), world);
    add(list, name + "-list-changed.esl", tampered(good, [](auto& s) { s.signers.entries[0].back() ^= 1; }), world);
    add(list, name + "-validity-changed.esl", tampered(good, [](auto& s) { s.notAfter += 365 * day; }), world);
    add(list, name + "-maker-changed.esl", tampered(good, [](auto& s) { s.makerCertificate = s.signers.entries[0]; }),
        world);
    add(list, name + "-signature-changed.esl", tampered(good, [](auto& s) { s.signature.back() ^= 1; }), world);
    auto late = world.fields(version);
    late.notAfter = now - 1;
    add(list, name + "-expired.esl", world.make(late), world);
  }
  auto digests = world.fields();
  digests.listKind = seal::CertificateList::Kind::digests;
  add(list, "v4-digest-list.esl", world.make(digests), world);
  writeFile(folder / "manifest.json", viewOf(list.dump(1) + "\n"));
}

}  // namespace

TEST_CASE("our own vectors keep their verdicts") {
  if (std::getenv("SEALFERRY_WRITE_VECTORS") != nullptr) writeVectors();
  const trust::Anchors anchors{trust::readCertificates(readFile(folder / "root.pem")).value(), {}};
  const auto unit = trust::readCertificates(readFile(folder / "unit.pem")).value().front();
  const auto list = json::parse(textOf(readFile(folder / "manifest.json")));
  CHECK(list.size() == 22);
  for (const auto& entry : list) {
    const auto name = entry.at("file").get<std::string>();
    CAPTURE(name);
    const auto bytes = readFile(folder / name);
    const auto verdict = seal::check(bytes, anchors, now, seal::Strictness::strict);
    CHECK(nameOf(verdict.outcome) == entry.at("verdict").get<std::string>());
    CHECK(verdict.failedStep == entry.at("failedStep").get<std::string>());
    CHECK(verdict.steps.back().reason == entry.at("reason").get<std::string>());
    const auto read = seal::read(bytes, seal::Strictness::strict).value();
    CHECK(seal::encode(read) == bytes);
    CHECK(seal::listsCertificate(read, unit.der()) == (name.find("list-changed") == std::string::npos));
  }
}
