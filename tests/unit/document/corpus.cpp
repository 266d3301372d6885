// SPDX-License-Identifier: Apache-2.0
// PDFs of public test suites, where they are at hand: what can be stamped is stamped and valid, what cannot is refused.
#include <doctest/doctest.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

TEST_CASE("the corpus: stampable files are stamped, the others refused with a reason") {
  const auto data = sharedData();
  if (!data) {
    std::puts("SKIPPED: the PDF corpus (no ../shared/data beside the repository)");
    return;
  }
  const auto manifest = nlohmann::json::parse(readFile(*data / "pdf" / "manifest.json"));
  int stamped = 0, refused = 0;
  for (const auto& entry : manifest) {
    const auto name = entry.at("file").get<std::string>();
    const auto expected = entry.at("expected").get<std::string>();
    CAPTURE(name);
    const auto path = *data / "pdf" / name;
    const auto result = stamp(path, requestAt(1, 40, 40));
    const auto reason = result ? std::string() : std::string(errorRow(result.error().code).name);
    CHECK_MESSAGE((reason != "internal"), name);
    // A page smaller than the stamp is refused whatever the file's structure is like.
    if (expected == "stampable" && reason != "stamp_does_not_fit")
      CHECK_MESSAGE(result.has_value(), name << " " << reason);
    if (expected == "refuse") CHECK_MESSAGE(!result.has_value(), name);
    if (!result) {
      ++refused;
      continue;
    }
    ++stamped;
    const auto report = verify(*result);
    REQUIRE_MESSAGE(report.has_value(), name);
    REQUIRE_MESSAGE(!report->signatures.empty(), name);
    CHECK_MESSAGE(report->signatures.back().intact, name);
    CHECK_MESSAGE(report->signatures.back().coversWholeFile, name);
  }
  std::printf("corpus: %d stamped, %d refused\n", stamped, refused);
  CHECK(stamped > 0);
  CHECK(refused > 0);
}
