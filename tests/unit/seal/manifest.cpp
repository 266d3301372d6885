// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "made.h"
#include "support/files.h"

using namespace sealferry;
using namespace sealferry::test;
using nlohmann::json;
using seal::Strictness;

namespace {

struct Expected {
  std::string verdict, step;
};

/// The manifest's words as ours: see the notes beside it.
Expected expectedOf(const json& entry) {
  const auto word = entry.at("expected").get<std::string>();
  const auto step = entry.at("failsAt").is_string() ? entry.at("failsAt").get<std::string>() : std::string{};
  if (word == "policy") return {"invalid", "format"};
  if (word == "valid-lenient") return {"valid-with-note", ""};
  if (word == "valid-with-note" || word == "valid") return {word, ""};
  return {word, step};
}

struct Tally {
  int shown = 0, wrong = 0;
};

void judge(const json& entry, const std::filesystem::path& folder, const trust::Anchors& anchors, Tally& tally) {
  const auto name = entry.at("file").get<std::string>();
  const auto der = readFile(folder / name);
  const auto expected = expectedOf(entry);
  const auto verdict = seal::check(der, anchors, now, Strictness::lenient);
  const bool right = nameOf(verdict.outcome) == expected.verdict && verdict.failedStep == expected.step;
  const auto reason = verdict.steps.back().reason;
  std::printf("%-4s %-48s %-16s %-14s %s\n", right ? "ok" : "BAD", name.c_str(),
              std::string(nameOf(verdict.outcome)).c_str(), verdict.failedStep.c_str(), reason.c_str());
  CHECK(right);
  ++tally.shown;
  tally.wrong += right ? 0 : 1;
  if (entry.at("expected") != "valid-lenient") return;
  const auto strict = seal::check(der, anchors, now, Strictness::strict);
  CHECK(strict.outcome == seal::Outcome::invalid);
  CHECK(strict.failedStep == "format");
}

}  // namespace

TEST_CASE("every seal of the shared manifest: verdict and step") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  const auto folder = *data / "seals";
  const trust::Anchors anchors{trust::readCertificates(readFile(folder / "ca/root.cer")).value(),
                               trust::readCrls(readFile(folder / "ca/root.crl")).value()};
  const auto manifest = json::parse(textOf(readFile(folder / "manifest.json")));
  Tally tally;
  for (const auto& entry : manifest.at("entries"))
    if (entry.at("kind") == "seal") judge(entry, folder, anchors, tally);
  std::printf("%d seals, %d wrong\n", tally.shown, tally.wrong);
  CHECK(tally.shown == 57);
}

TEST_CASE("seals of another implementation are read, and signed as we think") {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return;
  }
  for (const auto* name : {"UserV1.esl", "UserV4.esl", "UserV5.esl", "UserV5_ts.esl"}) {
    CAPTURE(name);
    const auto der = readFile(*data / "seals/upstream" / name);
    const auto read = seal::read(der, Strictness::strict);
    REQUIRE(read);
    CHECK(seal::encode(*read) == der);
    const auto verdict = seal::check(*read, {}, read->created, Strictness::strict);
    CHECK(verdict.failedStep == "makerCert");  // the signature holds; its root is not among ours
  }
}
