// SPDX-License-Identifier: Apache-2.0
// The XML that bidding tools are handed by vendors' libraries: GBK, pictures in base64, sizes in cm with two decimals.
// <sealinfos><sealbaseinfo><username/></sealbaseinfo><sealinfo><sealname/><sealdata/><sealwidth/><sealhight/>…
#include <cstdio>

#include "encodings.h"
#include "gbk.h"
#include "padding.h"
#include "picture.h"
#include "xml.h"

namespace sealferry::token::profile {
namespace {

constexpr unsigned usualMm = 40;  // what tools take where sizes are missing: 4.00 cm
constexpr std::size_t mostTitleBytes = 512;

/// "4.00" and "4" cm become 40 mm; nothing for what is no size of a seal.
std::optional<unsigned> millimetres(const std::string& text) {
  unsigned whole = 0, tenths = 0;
  std::size_t at = 0;
  const auto digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto begin = at;
  for (; digit() && at < 3; ++at) whole = whole * 10 + static_cast<unsigned>(text[at] - '0');
  if (at == begin) return std::nullopt;
  if (at == text.size()) return whole * 10;
  if (text[at++] != '.' || !digit()) return std::nullopt;
  tenths = static_cast<unsigned>(text[at++] - '0');
  if (digit() && text[at] >= '5') ++tenths;
  while (digit()) ++at;
  if (at != text.size()) return std::nullopt;
  return whole * 10 + tenths;
}

std::string centimetres(unsigned mm) {
  const auto value = mm == 0 ? usualMm : mm;
  return std::to_string(value / 10) + "." + std::to_string(value % 10) + "0";
}

/// A leaf element's text; the cursor stands behind its closing tag.
std::optional<std::string> leaf(XmlCursor& xml, const std::string& name) {
  if (xml.wasEmpty()) return std::string();
  auto text = xml.text();
  if (!text || !xml.close(name)) return std::nullopt;
  return text;
}

/// One element of a seal; `complete` is taken away by what we do not know.
bool takeField(XmlCursor& xml, const std::string& name, SealFace& face, bool& complete) {
  if (name != "sealname" && name != "sealdata" && name != "sealwidth" && name != "sealhight" && name != "sealheight") {
    complete = false;
    return xml.wasEmpty() || xml.skip(name);
  }
  const auto text = leaf(xml, name);
  if (!text) return false;
  if (name == "sealname") return (face.title = *text).size() <= mostTitleBytes;
  if (name == "sealdata") {
    auto picture = fromBase64(*text);
    if (picture) face.picture = std::move(*picture);
    return picture.has_value();
  }
  if (text->empty()) return true;
  const auto size = millimetres(*text);
  (name == "sealwidth" ? face.widthMm : face.heightMm) = size.value_or(0);
  return size.has_value();
}

bool takeSeal(XmlCursor& xml, VendorContent& content) {
  VendorSeal seal{true, {}, {.widthMm = usualMm, .heightMm = usualMm}};
  for (xml.skipBlanks(); !xml.close("sealinfo"); xml.skipBlanks()) {
    const auto name = xml.open();
    if (!name || !takeField(xml, *name, seal.face, content.complete)) return false;
  }
  if (pictureKind(seal.face.picture).empty()) return false;
  content.seals.push_back(std::move(seal));
  return content.seals.size() <= mostSealsInFile;
}

/// Whose seals these are stands before them.
bool takeBase(XmlCursor& xml, std::string& owner, bool& complete) {
  for (xml.skipBlanks(); !xml.close("sealbaseinfo"); xml.skipBlanks()) {
    const auto name = xml.open();
    if (!name) return false;
    if (*name != "username") {
      complete = false;
      if (!xml.wasEmpty() && !xml.skip(*name)) return false;
      continue;
    }
    const auto text = leaf(xml, *name);
    if (!text || text->size() > mostTitleBytes) return false;
    owner = *text;
  }
  return true;
}

bool takeAll(XmlCursor& xml, VendorContent& content, std::string& owner) {
  for (xml.skipBlanks(); !xml.close("sealinfos"); xml.skipBlanks()) {
    const auto name = xml.open();
    if (!name) return false;
    if (*name == "sealinfo") {
      if (xml.wasEmpty() || !takeSeal(xml, content)) return false;
    } else if (*name == "sealbaseinfo") {
      if (!xml.wasEmpty() && !takeBase(xml, owner, content.complete)) return false;
    } else {
      content.complete = false;
      if (!xml.wasEmpty() && !xml.skip(*name)) return false;
    }
  }
  xml.skipBlanks();
  return xml.finished();
}

std::string sealText(const SealFace& face, const std::string& heightElement) {
  return "<sealinfo><sealname>" + escaped(face.title) + "</sealname><sealdata>" + toBase64(face.picture) +
         "</sealdata><sealwidth>" + centimetres(face.widthMm) + "</sealwidth><" + heightElement + ">" +
         centimetres(face.heightMm) + "</" + heightElement + "></sealinfo>";
}

/// Characters that XML 1.0 has not, and GBK has.
bool isPlainText(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  return text.size() <= mostTitleBytes;
}

}  // namespace

std::optional<VendorContent> readSealinfos(ByteView file) {
  const auto text = fromGbk(withoutPadding(file));
  if (!text) return std::nullopt;
  XmlCursor xml(*text);
  xml.skipBlanks();
  xml.skipDeclaration();
  xml.skipBlanks();
  const auto root = xml.open();
  if (!root || *root != "sealinfos") return std::nullopt;
  VendorContent content;
  std::string owner;
  if (!xml.wasEmpty() && !takeAll(xml, content, owner)) return std::nullopt;
  for (auto& seal : content.seals) seal.face.owner = owner;
  return content;
}

Result<Bytes> writeSealinfos(const std::vector<VendorSeal>& seals, const std::string& heightElement) {
  std::string owner, all;
  for (const auto& seal : seals) {
    if (!isPlainText(seal.face.title) || !isPlainText(seal.face.owner)) return cannotHold("text");
    owner = seal.face.owner;  // that of the newest
    all += sealText(seal.face, heightElement);
  }
  auto file = toGbk("<sealinfos><sealbaseinfo><username>" + escaped(owner) + "</username></sealbaseinfo>" + all +
                    "</sealinfos>");
  if (!file) return cannotHold("text");
  return std::move(*file);
}

}  // namespace sealferry::token::profile
