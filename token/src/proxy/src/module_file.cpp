// SPDX-License-Identifier: Apache-2.0
#include "token/module_file.h"

#include <elf.h>

#include <array>
#include <cstring>
#include <fstream>
#include <optional>

namespace sealferry::token {
namespace {

namespace fs = std::filesystem;

struct Header {
  unsigned char size;     ///< ELFCLASS32 or ELFCLASS64
  std::uint16_t machine;  ///< of the machine's own byte order, or nonsense, which then differs from ours
  friend bool operator==(const Header&, const Header&) = default;
};

/// The first members are the same in both classes.
std::optional<Header> headerOf(std::ifstream& file) {
  std::array<char, sizeof(Elf32_Ehdr)> head{};
  if (!file.read(head.data(), head.size()) || std::memcmp(head.data(), ELFMAG, SELFMAG) != 0) return std::nullopt;
  Header header{static_cast<unsigned char>(head[EI_CLASS]), 0};
  std::memcpy(&header.machine, head.data() + offsetof(Elf32_Ehdr, e_machine), sizeof header.machine);
  return header;
}

std::optional<Header> ownHeader() {
  std::ifstream self("/proc/self/exe", std::ios::binary);
  return headerOf(self);
}

unsigned bitsOf(const Header& header) { return header.size == ELFCLASS64 ? 64 : header.size == ELFCLASS32 ? 32 : 0; }

std::string problemOf(const std::optional<Header>& header) {
  const auto own = ownHeader();
  if (!header || bitsOf(*header) == 0) return "notALibrary";
  if (!own || *own == *header) return {};
  return own->size == header->size ? "wrongMachine" : "wrongBits";
}

}  // namespace

ModuleFile inspectModuleFile(const fs::path& path) {
  ModuleFile facts{path, 0, {}};
  std::error_code problem;
  const auto real = fs::canonical(path, problem);
  if (problem) return facts.problem = "notFound", facts;
  facts.real = real;
  std::ifstream file(real, std::ios::binary);
  if (!fs::is_regular_file(real, problem)) return facts.problem = "notALibrary", facts;
  if (!file) return facts.problem = "notReadable", facts;
  const auto header = headerOf(file);
  facts.bits = header ? bitsOf(*header) : 0;
  facts.problem = problemOf(header);
  return facts;
}

}  // namespace sealferry::token
