// SPDX-License-Identifier: Apache-2.0
// Signed PDFs of public test suites, tampered with and not, where they are at hand. The table lies in build/report.
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "stamped.h"

using namespace sealferry;
using namespace sealferry::test;

namespace {

/// Integrity alone: who is trusted is another matter.
Result<document::Report> examined(const std::filesystem::path& path) {
  const OpenFile file(path);
  return engine().verify(file.descriptor(), {{}, now});
}

std::string reasonsOf(const Result<document::Report>& report) {
  if (!report) return "unreadable: " + report.error().detail.at("reason");
  std::string text;
  for (const auto& signature : report->signatures) {
    text += text.empty() ? "" : " | ";
    text += signature.verdict;
    for (const auto& reason : signature.reasons) text += " " + reason;
    for (const auto& change : signature.changesAfter)
      text += " " + std::string(change.permitted ? "+" : "-") + change.kind + "." + change.reason;
  }
  return text.empty() ? "no signature" : text;
}

std::string verdictOf(const Result<document::Report>& report) { return report && report->intact ? "valid" : "invalid"; }

std::ofstream tableFor(const char* name) {
  const auto folder = std::filesystem::path(SEALFERRY_SOURCE) / "build" / "report";
  std::filesystem::create_directories(folder);
  return std::ofstream(folder / name);
}

}  // namespace

TEST_CASE("tampered with or not: the expected verdict, each with its reason") {
  const auto data = sharedData();
  if (!data) {
    std::puts("SKIPPED: the tampered PDFs (no ../shared/data beside the repository)");
    return;
  }
  std::ifstream manifest(*data / "pdf-negative" / "manifest.tsv");
  auto table = tableFor("pdf-negative.tsv");
  std::string line;
  std::getline(manifest, line);
  int met = 0, either = 0;
  while (std::getline(manifest, line)) {
    std::istringstream fields(line);
    std::string name, expected;
    std::getline(fields, name, '\t');
    std::getline(fields, expected, '\t');
    const auto report = examined(*data / "pdf-negative" / name);
    const auto ours = verdictOf(report);
    table << name << '\t' << expected << '\t' << ours << '\t' << reasonsOf(report) << '\n';
    if (expected == "either") {
      ++either;
      continue;
    }
    ++met;
    CHECK_MESSAGE(ours == expected, name << ": " << reasonsOf(report));
  }
  std::printf("tampered PDFs: %d as expected, %d where sources disagree; build/report/pdf-negative.tsv\n", met, either);
  CHECK(met >= 30);
}

TEST_CASE("signed files of public suites: every one gets a verdict") {
  const auto data = sharedData();
  if (!data) {
    std::puts("SKIPPED: the signed PDFs (no ../shared/data beside the repository)");
    return;
  }
  auto table = tableFor("pdf-signed.tsv");
  int signatures = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*data / "pdf")) {
    if (entry.path().extension() != ".pdf") continue;
    const auto report = examined(entry.path());
    if (!report) {
      const auto reason = report.error().detail.at("reason");
      CHECK_MESSAGE((reason != "crashed" && reason != "limits"), entry.path().filename().string());
      continue;
    }
    if (report->verdict == "unsigned") continue;
    ++signatures;
    table << entry.path().filename().string() << '\t' << report->verdict << '\t' << reasonsOf(report) << '\n';
  }
  CHECK(signatures > 0);
}
