// SPDX-License-Identifier: Apache-2.0
#include "drawn.h"

#include <doctest/doctest.h>

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "support/files.h"

namespace sealferry::test {

std::string Drawn::colour(int x, int y) const {
  if (x < 0 || y < 0 || x >= width || y >= height) return "outside";
  const auto* pixel =
      pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
  const auto r = pixel[0], g = pixel[1], b = pixel[2];
  if (r > 200 && g > 200 && b > 200) return "white";
  if (r > 200 && g < 80 && b < 80) return "red";
  if (r < 80 && g < 80 && b > 200) return "blue";
  return "other";
}

Drawn draw(const Bytes& pdf, unsigned page, int dotsPerInch, Shown shown) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const auto number = std::to_string(page);
  const std::string box = shown == Shown::cropBox ? "-cropbox " : "";
  const auto command = "timeout 60 pdftoppm " + box + "-r " + std::to_string(dotsPerInch) + " -f " + number + " -l " +
                       number + " -singlefile '" + (folder / "a.pdf").string() + "' '" + (folder / "a").string() + "'";
  REQUIRE(run(command) == 0);
  const auto content = readFile(folder / "a.ppm");
  Drawn drawn;
  int header = 0;
  const auto head = textOf(ByteView(content).first(std::min<std::size_t>(content.size(), 64)));
  REQUIRE(std::sscanf(head.c_str(), "P6 %d %d 255%n", &drawn.width, &drawn.height, &header) == 2);
  drawn.pixels = {content.begin() + header + 1, content.end()};
  return drawn;
}

std::vector<Signed> pdfsig(const Bytes& pdf) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  run("(timeout 60 pdfsig -nocert '" + (folder / "a.pdf").string() + "' > '" + (folder / "said").string() + "')");
  std::vector<Signed> all;
  std::istringstream said(textOf(readFile(folder / "said")));
  for (std::string line; std::getline(said, line);) {
    if (line.starts_with("Signature #")) all.emplace_back();
    if (all.empty()) continue;
    if (line.find("Signature Validation: Signature is Valid") != std::string::npos) all.back().valid = true;
    if (line.find("Total document signed") != std::string::npos) all.back().whole = true;
  }
  return all;
}

int qpdfCheck(const Bytes& pdf) {
  const TemporaryFolder folder;
  writeFile(folder / "a.pdf", pdf);
  const int status = run("timeout 60 qpdf --check '" + (folder / "a.pdf").string() + "'");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace sealferry::test
