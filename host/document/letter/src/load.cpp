// SPDX-License-Identifier: Apache-2.0
// Fonts are looked at by a module that is loaded for it: without words under a stamp, no start of the document child
// pays for libraries of fonts.
#include <dlfcn.h>

#include <filesystem>

#include "module.h"

namespace sealferry::letter {
namespace {

/// Beside the program, where it was installed with it; nowhere else.
void* module() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? nullptr : ::dlopen((program.parent_path() / "sealferry-letters.so").c_str(), RTLD_NOW | RTLD_LOCAL);
}

}  // namespace

Result<std::vector<Glyph>> outlinesOf(const std::u32string& characters) {
  static void* const loaded = module();
  const auto outlines = loaded == nullptr
                            ? nullptr
                            : reinterpret_cast<decltype(&sealferryOutlines)>(::dlsym(loaded, "sealferryOutlines"));
  if (outlines == nullptr) return fail(ErrorCode::internal, "sealferry-letters.so");
  std::vector<Glyph> glyphs;
  if (!outlines(characters, glyphs)) return fail(ErrorCode::font_missing, "outlinesOf");
  return glyphs;
}

}  // namespace sealferry::letter
