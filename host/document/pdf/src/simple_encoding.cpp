// SPDX-License-Identifier: Apache-2.0
#include "simple_encoding.h"

namespace sealferry::pdf {
namespace {

/// Codes 0x80 to 0xFF, sixteen a line. A blank is a code without a letter, or a blank: neither counts when words are
/// looked for.
using UpperHalf = std::u32string_view;
constexpr UpperHalf winAnsi =
    U"€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž "
    U" ‘’“”•–—˜™š›œ žŸ"
    U" ¡¢£¤¥¦§¨©ª«¬-®¯"
    U"°±²³´µ¶·¸¹º»¼½¾¿"
    U"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
    U"ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    U"àáâãäåæçèéêëìíîï"
    U"ðñòóôõö÷øùúûüýþÿ";
constexpr UpperHalf macRoman =
    U"ÄÅÇÉÑÖÜáàâäãåçéè"
    U"êëíìîïñóòôöõúùûü"
    U"†°¢£§•¶ß®©™´¨≠ÆØ"
    U"∞±≤≥¥µ∂∑∏π∫ªºΩæø"
    U"¿¡¬√ƒ≈∆«»… ÀÃÕŒœ"
    U"–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ"
    U"‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ"
    U" ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
constexpr UpperHalf standard =
    U"                "
    U"                "
    U" ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ"
    U" –†‡· ¶•‚„”»…‰ ¿"
    U" `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ"
    U"—               "
    U" Æ ª    ŁØŒº    "
    U" æ   ı  łøœß    ";
static_assert(winAnsi.size() == 128 && macRoman.size() == 128 && standard.size() == 128);

UpperHalf upperHalfNamed(std::string_view name) {
  if (name == "/MacRomanEncoding") return macRoman;
  if (name == "/StandardEncoding") return standard;
  if (name == "/MacExpertEncoding") return {};
  return winAnsi;
}

}  // namespace

SimpleEncoding encodingNamed(std::string_view name) {
  SimpleEncoding encoding;
  for (char32_t code = 0x20; code < 0x7F; ++code) encoding[code] = {code};
  if (name == "/StandardEncoding") {
    encoding['\''] = U"\u2019";
    encoding['`'] = U"\u2018";
  }
  for (std::size_t code = 0x80; const auto letter : upperHalfNamed(name)) encoding[code++] = {letter};
  return encoding;
}

}  // namespace sealferry::pdf
