// SPDX-License-Identifier: Apache-2.0
#include "fonts.h"

#include FT_OUTLINE_H

namespace sealferry::letter {
namespace {

constexpr auto wantedLanguage = "zh-cn";
constexpr int mostFonts = 256;

FcFontSet* sortedFor(FcConfig* config) {
  const std::unique_ptr<FcPattern, Destroy<FcPatternDestroy>> pattern(FcPatternCreate());
  if (!config || !pattern) return nullptr;
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
  FcPatternAddString(pattern.get(), FC_LANG, reinterpret_cast<const FcChar8*>(wantedLanguage));
  FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
  FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultMatch;
  return FcFontSort(config, pattern.get(), FcTrue, nullptr, &result);
}

/// What the font's maker says in OS/2 fsType: some fonts may not be embedded, some only as bitmaps.
bool mayBeEmbedded(FT_Face face) {
  const auto flags = FT_Get_FSType_Flags(face);
  return (flags & (FT_FSTYPE_RESTRICTED_LICENSE_EMBEDDING | FT_FSTYPE_BITMAP_EMBEDDING_ONLY)) == 0;
}

FT_Library openLibrary() {
  FT_Library library = nullptr;
  return FT_Init_FreeType(&library) == 0 ? library : nullptr;
}

}  // namespace

Fonts::Fonts() : config_(FcInitLoadConfigAndFonts()), sorted_(sortedFor(config_.get())), library_(openLibrary()) {}

FT_Face Fonts::open(int index) {
  const auto [at, isNew] = faces_.try_emplace(index);
  if (!isNew) return at->second.get();
  FcChar8* file = nullptr;
  int face = 0;
  FT_Face opened = nullptr;
  if (FcPatternGetString(sorted_->fonts[index], FC_FILE, 0, &file) != FcResultMatch) return nullptr;
  if (FcPatternGetInteger(sorted_->fonts[index], FC_INDEX, 0, &face) != FcResultMatch) return nullptr;
  if (FT_New_Face(library_.get(), reinterpret_cast<const char*>(file), face, &opened) != 0) return nullptr;
  at->second.reset(opened);
  if (!FT_IS_SCALABLE(opened) || opened->units_per_EM == 0 || !mayBeEmbedded(opened)) at->second.reset();
  return at->second.get();
}

std::pair<FT_Face, FT_UInt> Fonts::find(char32_t character) {
  for (int i = 0; library_ && sorted_ && i < sorted_->nfont && i < mostFonts; ++i) {
    FcCharSet* characters = nullptr;
    if (FcPatternGetCharSet(sorted_->fonts[i], FC_CHARSET, 0, &characters) != FcResultMatch) continue;
    if (!FcCharSetHasChar(characters, character)) continue;
    const auto face = open(i);
    const auto number = face != nullptr ? FT_Get_Char_Index(face, character) : 0;
    if (number != 0) return {face, number};
  }
  return {nullptr, 0};
}

}  // namespace sealferry::letter
