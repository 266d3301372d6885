// SPDX-License-Identifier: Apache-2.0
#include "openssl_command.h"

#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace sealferry::test {

bool opensslAccepts(const std::string& publicPem, const Bytes& message, const Bytes& signature) {
  const TemporaryFolder folder;
  writeFile(folder / "pub.pem", viewOf(publicPem));
  writeFile(folder / "sig", signature);
  writeFile(folder / "message", message);
  const auto at = [&](const char* name) { return (folder / name).string(); };
  return run("openssl dgst -sm3 -verify " + at("pub.pem") + " -signature " + at("sig") +
             " -sigopt distid:1234567812345678 " + at("message")) == 0;
}

std::vector<Parsed> asn1parse(const Bytes& der) {
  const TemporaryFolder folder;
  writeFile(folder / "der", der);
  const auto at = [&](const char* name) { return (folder / name).string(); };
  run("(openssl asn1parse -inform DER -in " + at("der") + " > " + at("out") + ")");
  std::istringstream lines(textOf(readFile(folder / "out")));
  std::vector<Parsed> found;
  for (std::string line; std::getline(lines, line);) {
    std::size_t offset = 0, depth = 0, header = 0, length = 0;
    if (std::sscanf(line.c_str(), " %zu:d=%zu hl=%zu l=%zu", &offset, &depth, &header, &length) == 4)
      found.push_back({offset, depth, header + length});
  }
  return found;
}

Bytes elementAt(const Bytes& der, std::size_t depth, std::size_t nth) {
  for (const auto& one : asn1parse(der))
    if (one.depth == depth && nth-- == 0) return copyOf(ByteView(der).subspan(one.offset, one.whole));
  throw std::runtime_error("no such element");
}

Bytes contentOf(const Bytes& element) {
  const auto content = element.at(1) < 0x80 ? 2U : 2U + (element[1] & 0x7FU);
  return copyOf(ByteView(element).subspan(content));
}

}  // namespace sealferry::test
