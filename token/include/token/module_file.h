// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace sealferry::token {

/// What can be told of a driver's file without loading it, from its ELF header (System V ABI, chapter 4).
struct ModuleFile {
  std::filesystem::path real;  ///< links resolved; the path as it was given if there is no such file
  unsigned bits = 0;           ///< 32 or 64; 0 if it is no ELF file
  /// Why it cannot be loaded here, empty if nothing speaks against it: `notFound` `notReadable` `notALibrary`
  /// `wrongBits` (a 32-bit driver for this 64-bit program, or the other way round) `wrongMachine`.
  std::string problem;
};

ModuleFile inspectModuleFile(const std::filesystem::path& path);

}  // namespace sealferry::token
