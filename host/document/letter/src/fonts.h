// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fontconfig/fontconfig.h>
#include <ft2build.h>

#include <map>
#include <memory>
#include FT_FREETYPE_H

namespace sealferry::letter {

template <auto destroy>
struct Destroy {
  void operator()(auto* one) const { destroy(one); }
};

/// This machine's fonts in the order in which it prefers them for Chinese, each opened when a character needs it.
class Fonts {
 public:
  Fonts();

  /// The first font with this character, and the character's number in it; nothing if there is none.
  std::pair<FT_Face, FT_UInt> find(char32_t character);

 private:
  using Face = std::unique_ptr<FT_FaceRec_, Destroy<FT_Done_Face>>;

  FT_Face open(int index);

  std::unique_ptr<FcConfig, Destroy<FcConfigDestroy>> config_;
  std::unique_ptr<FcFontSet, Destroy<FcFontSetDestroy>> sorted_;
  std::unique_ptr<FT_LibraryRec_, Destroy<FT_Done_FreeType>> library_;
  std::map<int, Face> faces_;
};

}  // namespace sealferry::letter
