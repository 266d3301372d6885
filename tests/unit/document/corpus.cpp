// SPDX-License-Identifier: Apache-2.0
// PDFs of public test suites, where they are at hand: what can be stamped is stamped, valid and to be seen where it
// should be; what cannot is refused with its reason. A sample by $SEALFERRY_SEED, all of them under --full.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "drawn.h"
#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

constexpr std::size_t sampled = 30;
constexpr int dotsPerInch = 50;

struct Entry {
  std::filesystem::path path;
  std::string name, expected;
};

std::vector<Entry> entries(const std::filesystem::path& folder) {
  std::vector<Entry> all;
  for (const auto& one : nlohmann::json::parse(readFile(folder / "manifest.json")))
    all.push_back({folder / one.at("file").get<std::string>(), one.at("file"), one.at("expected")});
  const char* full = std::getenv("SEALFERRY_FULL");
  const char* seed = std::getenv("SEALFERRY_SEED");
  if (full != nullptr && *full != '\0') return all;
  std::shuffle(all.begin(), all.end(), std::mt19937(seed != nullptr ? static_cast<unsigned>(std::atol(seed)) : 1U));
  all.resize(std::min(all.size(), sampled));
  return all;
}

std::string reasonOf(const Error& error) {
  const auto reason = error.detail.find("reason");
  return std::string(errorRow(error.code).name) + (reason == error.detail.end() ? "" : " " + reason->second);
}

/// Where the two drawings differ, in pixels.
struct Difference {
  int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1, count = 0;
};

Difference between(const Drawn& before, const Drawn& after) {
  Difference all;
  for (int y = 0; y < after.height; ++y)
    for (int x = 0; x < after.width; ++x) {
      const auto at =
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(after.width) + static_cast<std::size_t>(x)) * 3;
      if (std::equal(before.pixels.begin() + static_cast<std::ptrdiff_t>(at),
                     before.pixels.begin() + static_cast<std::ptrdiff_t>(at) + 3,
                     after.pixels.begin() + static_cast<std::ptrdiff_t>(at)))
        continue;
      all = {std::min(all.left, x), std::min(all.top, y), std::max(all.right, x), std::max(all.bottom, y),
             all.count + 1};
    }
  return all;
}

/// Readers draw every field anew where /NeedAppearances stood: there only the stamp itself is looked at.
bool drawsFieldsAnew(const Bytes& original) { return textOf(original).find("/NeedAppearances") != std::string::npos; }

/// pdftoppm does not know /UserUnit: it draws such pages smaller.
double userUnitOf(const std::filesystem::path& path) {
  const TemporaryFolder folder;
  const auto plain = folder / "plain.pdf";
  run("timeout 60 qpdf --qdf --object-streams=disable '" + path.string() + "' '" + plain.string() + "'");
  if (!std::filesystem::exists(plain)) return 1;
  const auto text = textOf(readFile(plain));
  const auto at = text.find("/UserUnit ");
  return at == std::string::npos ? 1 : std::atof(text.c_str() + at + 10);
}

void checkDrawing(const Bytes& original, const Bytes& stamped, const document::PlacedStamp& stamp, double userUnit) {
  const auto before = draw(original, stamp.page, dotsPerInch), after = draw(stamped, stamp.page, dotsPerInch);
  REQUIRE(before.width == after.width);
  REQUIRE(before.height == after.height);
  const auto difference = between(before, after);
  const double pixels = dotsPerInch / 25.4 / userUnit;
  const auto edge = [&](double centre, double size) {
    return static_cast<int>(std::lround((centre + size / 2) * pixels));
  };
  CHECK(difference.count > 0.5 * stamp.widthMm * stamp.heightMm * pixels * pixels);
  if (drawsFieldsAnew(original)) return;
  CHECK(std::abs(difference.left - edge(stamp.xMm, -stamp.widthMm)) <= 2);
  CHECK(std::abs(difference.right - edge(stamp.xMm, stamp.widthMm)) <= 2);
  CHECK(std::abs(difference.top - edge(stamp.yMm, -stamp.heightMm)) <= 2);
  CHECK(std::abs(difference.bottom - edge(stamp.yMm, stamp.heightMm)) <= 2);
}

void checkStamped(const Bytes& original, const Bytes& stamped) {
  REQUIRE(stamped.size() > original.size());
  CHECK(std::equal(original.begin(), original.end(), stamped.begin()));
  const auto signatures = pdfsig(stamped);
  REQUIRE(!signatures.empty());
  CHECK(signatures.size() == pdfsig(original).size() + 1);
  // Ours alone can cover the whole file; it need not be the last that pdfsig finds (old ones may be in no form).
  CHECK(std::ranges::any_of(signatures, [](const auto& one) { return one.valid && one.whole; }));
  const int before = qpdfCheck(original);
  if (before == 0) CHECK(qpdfCheck(stamped) == 0);
  if (before == 3) CHECK(qpdfCheck(stamped) != 2);
  const auto report = verify(stamped);
  REQUIRE(report.has_value());
  REQUIRE(!report->signatures.empty());
  CHECK(report->signatures.back().intact);
  CHECK(report->signatures.back().coversWholeFile);
}

}  // namespace

TEST_CASE("the corpus: stampable files are stamped, the others refused with a reason") {
  const auto data = sharedData();
  if (!data) {
    std::puts("SKIPPED: the PDF corpus (no ../shared/data beside the repository)");
    return;
  }
  int stamped = 0, refused = 0;
  for (const auto& entry : entries(*data / "pdf")) {
    CAPTURE(entry.name);
    const OpenFile file(entry.path);
    const auto request = requestAt(1, 40, 40);
    const auto reserved = engine().reserve(file.descriptor(), request);
    const auto outcome = reserved ? "stamped" : reasonOf(reserved.error());
    if (entry.expected != "stampable" || !reserved)
      std::printf("%-14s %-34s %s\n", entry.expected.c_str(), outcome.c_str(), entry.name.c_str());
    // A page smaller than the stamp is refused whatever the file's structure is like.
    if (entry.expected == "stampable" && outcome != "stamp_does_not_fit pageTooSmall") CHECK(outcome == "stamped");
    if (entry.expected == "refuse") CHECK(outcome != "stamped");
    for (const auto* never : {"internal", "document_unreadable crashed", "document_unreadable limits"})
      CHECK(outcome != never);
    if (!reserved) {
      ++refused;
      CHECK(outcome.find(' ') != std::string::npos);
      continue;
    }
    ++stamped;
    const auto result = stamp(entry.path, request);
    REQUIRE(result.has_value());
    checkStamped(readFile(entry.path), *result);
    checkDrawing(readFile(entry.path), *result, reserved->stamps.at(0), userUnitOf(entry.path));
  }
  std::printf("corpus: %d stamped, %d refused\n", stamped, refused);
  CHECK(stamped > 0);
  CHECK(refused > 0);
}
