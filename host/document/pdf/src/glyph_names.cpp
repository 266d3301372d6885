// SPDX-License-Identifier: Apache-2.0
#include "glyph_names.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace sealferry::pdf {
namespace {

/// Names have no more characters (the list's specification). A file may have one of megabytes, and use it for every
/// code.
constexpr std::size_t longestName = 63;

struct Sign {
  std::string_view name;
  char32_t letter;
};
// As many to a line as fit.
// clang-format off
constexpr Sign signs[] = {
    {"space", U' '}, {"exclam", U'!'}, {"quotedbl", U'"'}, {"numbersign", U'#'}, {"dollar", U'$'}, {"percent", U'%'},
    {"ampersand", U'&'}, {"quotesingle", U'\''}, {"quoteright", U'’'}, {"quoteleft", U'‘'}, {"parenleft", U'('},
    {"parenright", U')'}, {"asterisk", U'*'}, {"plus", U'+'}, {"comma", U','}, {"hyphen", U'-'}, {"period", U'.'},
    {"slash", U'/'}, {"zero", U'0'}, {"one", U'1'}, {"two", U'2'}, {"three", U'3'}, {"four", U'4'}, {"five", U'5'},
    {"six", U'6'}, {"seven", U'7'}, {"eight", U'8'}, {"nine", U'9'}, {"colon", U':'}, {"semicolon", U';'},
    {"less", U'<'}, {"equal", U'='}, {"greater", U'>'}, {"question", U'?'}, {"at", U'@'}, {"bracketleft", U'['},
    {"backslash", U'\\'}, {"bracketright", U']'}, {"asciicircum", U'^'}, {"underscore", U'_'}, {"grave", U'`'},
    {"braceleft", U'{'}, {"bar", U'|'}, {"braceright", U'}'}, {"asciitilde", U'~'}, {"quotedblleft", U'“'},
    {"quotedblright", U'”'}, {"quotesinglbase", U'‚'}, {"quotedblbase", U'„'}, {"guilsinglleft", U'‹'},
    {"guilsinglright", U'›'}, {"guillemotleft", U'«'}, {"guillemotright", U'»'}, {"endash", U'–'}, {"emdash", U'—'},
    {"bullet", U'•'}, {"ellipsis", U'…'}, {"dagger", U'†'}, {"daggerdbl", U'‡'}, {"perthousand", U'‰'},
    {"trademark", U'™'}, {"exclamdown", U'¡'}, {"questiondown", U'¿'}, {"cent", U'¢'}, {"sterling", U'£'},
    {"currency", U'¤'}, {"yen", U'¥'}, {"Euro", U'€'}, {"florin", U'ƒ'}, {"brokenbar", U'¦'}, {"section", U'§'},
    {"paragraph", U'¶'}, {"copyright", U'©'}, {"registered", U'®'}, {"ordfeminine", U'ª'}, {"ordmasculine", U'º'},
    {"degree", U'°'}, {"plusminus", U'±'}, {"minus", U'−'}, {"multiply", U'×'}, {"divide", U'÷'}, {"fraction", U'⁄'},
    {"onequarter", U'¼'}, {"onehalf", U'½'}, {"threequarters", U'¾'}, {"onesuperior", U'¹'}, {"twosuperior", U'²'},
    {"threesuperior", U'³'}, {"logicalnot", U'¬'}, {"mu", U'µ'}, {"periodcentered", U'·'}, {"acute", U'´'},
    {"circumflex", U'ˆ'}, {"tilde", U'˜'}, {"dieresis", U'¨'}, {"ring", U'˚'}, {"cedilla", U'¸'}, {"caron", U'ˇ'},
    {"breve", U'˘'}, {"macron", U'¯'}, {"ogonek", U'˛'}, {"dotaccent", U'˙'}, {"hungarumlaut", U'˝'},
    {"lessequal", U'≤'}, {"greaterequal", U'≥'}, {"notequal", U'≠'}, {"approxequal", U'≈'}, {"infinity", U'∞'},
    {"partialdiff", U'∂'}, {"summation", U'∑'}, {"product", U'∏'}, {"integral", U'∫'}, {"radical", U'√'},
    {"lozenge", U'◊'}, {"AE", U'Æ'}, {"ae", U'æ'}, {"OE", U'Œ'}, {"oe", U'œ'}, {"Oslash", U'Ø'}, {"oslash", U'ø'},
    {"Lslash", U'Ł'}, {"lslash", U'ł'}, {"Eth", U'Ð'}, {"eth", U'ð'}, {"Thorn", U'Þ'}, {"thorn", U'þ'},
    {"Dcroat", U'Đ'}, {"dcroat", U'đ'}, {"Hbar", U'Ħ'}, {"hbar", U'ħ'}, {"Tbar", U'Ŧ'}, {"tbar", U'ŧ'}, {"Eng", U'Ŋ'},
    {"eng", U'ŋ'}, {"IJ", U'Ĳ'}, {"ij", U'ĳ'}, {"Ldot", U'Ŀ'}, {"ldot", U'ŀ'}, {"napostrophe", U'ŉ'},
    {"kgreenlandic", U'ĸ'}, {"longs", U'ſ'}, {"germandbls", U'ß'}, {"dotlessi", U'ı'}, {"ff", U'ﬀ'}, {"fi", U'ﬁ'},
    {"fl", U'ﬂ'}, {"ffi", U'ﬃ'}, {"ffl", U'ﬄ'}, {"Alpha", U'Α'}, {"Beta", U'Β'}, {"Gamma", U'Γ'}, {"Delta", U'Δ'},
    {"Epsilon", U'Ε'}, {"Zeta", U'Ζ'}, {"Eta", U'Η'}, {"Theta", U'Θ'}, {"Iota", U'Ι'}, {"Kappa", U'Κ'},
    {"Lambda", U'Λ'}, {"Mu", U'Μ'}, {"Nu", U'Ν'}, {"Xi", U'Ξ'}, {"Omicron", U'Ο'}, {"Pi", U'Π'}, {"Rho", U'Ρ'},
    {"Sigma", U'Σ'}, {"Tau", U'Τ'}, {"Upsilon", U'Υ'}, {"Phi", U'Φ'}, {"Chi", U'Χ'}, {"Psi", U'Ψ'}, {"Omega", U'Ω'},
    {"alpha", U'α'}, {"beta", U'β'}, {"gamma", U'γ'}, {"delta", U'δ'}, {"epsilon", U'ε'}, {"zeta", U'ζ'},
    {"eta", U'η'}, {"theta", U'θ'}, {"iota", U'ι'}, {"kappa", U'κ'}, {"lambda", U'λ'}, {"nu", U'ν'}, {"xi", U'ξ'},
    {"omicron", U'ο'}, {"pi", U'π'}, {"rho", U'ρ'}, {"sigma1", U'ς'}, {"sigma", U'σ'}, {"tau", U'τ'},
    {"upsilon", U'υ'}, {"phi", U'φ'}, {"chi", U'χ'}, {"psi", U'ψ'}, {"omega", U'ω'},
};
// clang-format on

/// "rcaron" is r with its caron: each letter is followed by what it becomes.
struct Accent {
  std::string_view name;
  std::u32string_view pairs;
};
constexpr Accent accents[] = {
    {"grave", U"AÀaàEÈeèIÌiìNǸnǹOÒoòUÙuùWẀwẁYỲyỳ"},
    {"acute", U"AÁaáCĆcćEÉeéGǴgǵIÍiíKḰkḱLĹlĺMḾmḿNŃnńOÓoóPṔpṕRŔrŕSŚsśUÚuúWẂwẃYÝyýZŹzź"},
    {"circumflex", U"AÂaâCĈcĉEÊeêGĜgĝHĤhĥIÎiîJĴjĵOÔoôSŜsŝUÛuûWŴwŵYŶyŷZẐzẑ"},
    {"tilde", U"AÃaãEẼeẽIĨiĩNÑnñOÕoõUŨuũVṼvṽYỸyỹ"},
    {"dieresis", U"AÄaäEËeëHḦhḧIÏiïOÖoötẗUÜuüWẄwẅXẌxẍYŸyÿ"},
    {"ring", U"AÅaåUŮuůwẘyẙ"},
    {"cedilla", U"CÇcçDḐdḑEȨeȩGĢgģHḨhḩKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"},
    {"caron", U"AǍaǎCČcčDĎdďEĚeěGǦgǧHȞhȟIǏiǐjǰKǨkǩLĽlľNŇnňOǑoǒRŘrřSŠsšTŤtťUǓuǔZŽzž"},
    {"breve", U"AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"},
    {"macron", U"AĀaāEĒeēGḠgḡIĪiīOŌoōUŪuūYȲyȳ"},
    {"ogonek", U"AĄaąEĘeęIĮiįOǪoǫUŲuų"},
    {"dotaccent", U"AȦaȧBḂbḃCĊcċDḊdḋEĖeėFḞfḟGĠgġHḢhḣIİMṀmṁNṄnṅOȮoȯPṖpṗRṘrṙSṠsṡTṪtṫWẆwẇXẊxẋYẎyẏZŻzż"},
    {"hungarumlaut", U"OŐoőUŰuű"},
    {"commaaccent", U"GĢgģKĶkķLĻlļNŅnņRŖrŗSȘsșTŢtţ"},
};

std::optional<char32_t> hexadecimal(std::string_view digits) {
  char32_t value = 0;
  for (const char digit : digits) {
    const bool letter = digit >= 'A' && digit <= 'F';
    if (!letter && !(digit >= '0' && digit <= '9')) return std::nullopt;
    value = value << 4 | static_cast<char32_t>(letter ? digit - 'A' + 10 : digit - '0');
  }
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  return value < 0x110000 && !surrogate ? std::optional(value) : std::nullopt;
}

std::optional<char32_t> accented(std::string_view name) {
  const auto accent = std::ranges::find(accents, name.substr(1), &Accent::name);
  if (accent == std::end(accents)) return std::nullopt;
  for (std::size_t i = 0; i < accent->pairs.size(); i += 2)
    if (accent->pairs[i] == static_cast<std::uint8_t>(name[0])) return accent->pairs[i + 1];
  return std::nullopt;
}

/// Four digits each.
std::u32string lettersFrom(std::string_view digits) {
  std::u32string letters;
  for (; !digits.empty(); digits.remove_prefix(4)) {
    const auto letter = hexadecimal(digits.substr(0, 4));
    if (!letter) return {};
    letters += *letter;
  }
  return letters;
}

std::u32string textOfPart(std::string_view name) {
  if (name.empty()) return {};
  if (name.size() == 1) return {static_cast<char32_t>(static_cast<std::uint8_t>(name[0]))};
  if (const auto known = std::ranges::find(signs, name, &Sign::name); known != std::end(signs)) return {known->letter};
  if (const auto letter = accented(name)) return {*letter};
  if (name.starts_with("uni") && name.size() > 3 && name.size() % 4 == 3) return lettersFrom(name.substr(3));
  if (name.starts_with("u") && name.size() >= 5 && name.size() <= 7)
    if (const auto letter = hexadecimal(name.substr(1))) return {*letter};
  return {};
}

}  // namespace

std::u32string textOfGlyph(std::string_view name) {
  if (name.size() > longestName) return {};
  name = name.substr(0, name.find('.', 1));
  std::u32string text;
  for (std::size_t start = 0; start < name.size();) {
    const auto end = std::min(name.find('_', start), name.size());
    const auto part = textOfPart(name.substr(start, end - start));
    if (part.empty()) return {};
    text += part;
    start = end + 1;
  }
  return text;
}

}  // namespace sealferry::pdf
