// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "seal/signature.h"
#include "support/files.h"
#include "support/seals.h"

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

/// Whatever the manifest lists: what checks it, seal or signature.
using Check = std::function<seal::Verdict(ByteView der, Strictness strictness)>;

void judge(const json& entry, const std::filesystem::path& folder, const Check& check, Tally& tally) {
  const auto name = entry.at("file").get<std::string>();
  const auto der = readFile(folder / name);
  const auto expected = expectedOf(entry);
  const auto verdict = check(der, Strictness::lenient);
  const bool right = nameOf(verdict.outcome) == expected.verdict && verdict.failedStep == expected.step;
  const auto reason = verdict.steps.back().reason;
  std::printf("%-4s %-48s %-16s %-14s %s\n", right ? "ok" : "BAD", name.c_str(),
              std::string(nameOf(verdict.outcome)).c_str(), verdict.failedStep.c_str(), reason.c_str());
  CHECK(right);
  ++tally.shown;
  tally.wrong += right ? 0 : 1;
  if (entry.at("expected") != "valid-lenient") return;
  const auto strict = check(der, Strictness::strict);
  CHECK(strict.outcome == seal::Outcome::invalid);
  CHECK(strict.failedStep == "format");
}

struct Shared {
  std::filesystem::path folder;
  json manifest;
  trust::Anchors anchors;
};

/// Nothing, and it is said, where the shared test data is absent.
std::optional<Shared> shared() {
  const auto data = sharedData();
  if (!data) {
    MESSAGE("skipped: no shared test data");
    return std::nullopt;
  }
  const auto folder = *data / "seals";
  return Shared{folder,
                json::parse(textOf(readFile(folder / "manifest.json"))),
                {trust::readCertificates(readFile(folder / "ca/root.cer")).value(),
                 trust::readCrls(readFile(folder / "ca/root.crl")).value()}};
}

int judgeAll(const Shared& all, const char* kind, const Check& check) {
  Tally tally;
  for (const auto& entry : all.manifest.at("entries"))
    if (entry.at("kind") == kind) judge(entry, all.folder, check, tally);
  std::printf("%d of kind %s, %d wrong\n", tally.shown, kind, tally.wrong);
  return tally.shown;
}

}  // namespace

TEST_CASE("every seal of the shared manifest: verdict and step") {
  const auto all = shared();
  if (!all) return;
  const auto check = [&](ByteView der, Strictness how) { return seal::check(der, all->anchors, now, how); };
  CHECK(judgeAll(*all, "seal", check) == 57);
}

TEST_CASE("every signature of the shared manifest: verdict and step") {
  const auto all = shared();
  if (!all) return;
  const auto hash = sm3(readFile(all->folder / "sig/content.bin"));
  const auto check = [&](ByteView der, Strictness how) {
    return seal::checkSignature(der, all->anchors, now, hash, how);
  };
  CHECK(judgeAll(*all, "signature", check) == 41);
}

TEST_CASE("signatures of another implementation are read, and written the same") {
  const auto all = shared();
  if (!all) return;
  for (const auto* name : {"SignedValueV4.dat", "SignedValueV5.dat"}) {
    CAPTURE(name);
    const auto der = readFile(all->folder / "upstream" / name);
    const auto read = seal::readSignature(der, Strictness::lenient);
    REQUIRE(read);
    CHECK(seal::encodeSignature(*read) == der);
  }
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
