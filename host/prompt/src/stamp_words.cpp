// SPDX-License-Identifier: Apache-2.0
// The window before a document is stamped. A pinentry takes a thousand bytes of text: what may be long is cut short.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "phrases.h"

namespace sealferry::prompt {
namespace {

constexpr std::size_t mostGroups = 2, mostRuns = 4;

/// Words of others in quotation marks of ours: those in them become plain ones, so that a quotation ends where we end
/// it.
std::string quoted(std::string_view text, std::size_t longest) {
  auto tamed = tame(text, longest);
  for (const std::string_view mark : {"“", "”", "„", "‟", "«", "»", "『", "』", "「", "」"})
    for (auto at = tamed.find(mark); at != std::string::npos; at = tamed.find(mark, at))
      tamed.replace(at, mark.size(), "'");
  return "“" + tamed + "”";
}

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string millimetres(double value) { return std::to_string(std::lround(value)); }

std::string sizeText(std::uint64_t bytes, Language language) {
  const auto exact = std::to_string(bytes) + (isChinese(language) ? " 字节" : " bytes");
  if (bytes < 10'000) return exact;
  const auto value = static_cast<double>(bytes);
  const auto rounded = bytes < 1'000'000 ? decimal(value / 1e3) + " KB" : decimal(value / 1e6) + " MB";
  return rounded + (isChinese(language) ? "（" + exact + "）" : " (" + exact + ")");
}

/// In groups of four, so that two people can read it to each other.
std::string grouped(const std::string& digest) {
  std::string text;
  for (std::size_t at = 0; at < digest.size(); at += 4) {
    if (at > 0) text += at % 32 == 0 ? '\n' : ' ';
    text += digest.substr(at, 4);
  }
  return text;
}

/// Pages that bear a stamp at the same place.
struct Group {
  double xMm, yMm;
  std::vector<unsigned> pages;
};

std::vector<Group> groupsOf(const std::vector<StampPlaceWords>& places) {
  std::vector<Group> groups;
  for (const auto& place : places) {
    const auto same = [&](const Group& one) {
      return std::abs(one.xMm - place.xMm) < 0.5 && std::abs(one.yMm - place.yMm) < 0.5;
    };
    const auto found = std::ranges::find_if(groups, same);
    if (found != groups.end())
      found->pages.push_back(place.page);
    else
      groups.push_back({place.xMm, place.yMm, {place.page}});
    if (groups.size() > mostGroups) break;
  }
  return groups;
}

/// "1、3–5": runs of pages, the rest as "…".
std::string pageList(const std::vector<unsigned>& pages, Language language) {
  std::string text;
  std::size_t runs = 0;
  for (std::size_t i = 0; i < pages.size(); ++runs) {
    auto end = i;
    while (end + 1 < pages.size() && pages[end + 1] == pages[end] + 1) ++end;
    if (runs > 0) text += isChinese(language) ? "、" : ", ";
    if (runs == mostRuns) return text + "…";
    text += std::to_string(pages[i]);
    if (end > i) text += "–" + std::to_string(pages[end]);
    i = end + 1;
  }
  return text;
}

std::string groupText(const Group& group, Language language) {
  if (isChinese(language))
    return "第" + pageList(group.pages, language) + "页（距左 " + millimetres(group.xMm) + "、距上 " +
           millimetres(group.yMm) + " 毫米）";
  return "page " + pageList(group.pages, language) + " (" + millimetres(group.xMm) + " mm from the left, " +
         millimetres(group.yMm) + " mm from the top)";
}

std::string placesText(const StampWords& words, Language language) {
  const auto groups = groupsOf(words.places);
  const auto count = std::to_string(words.places.size());
  std::string text = isChinese(language) ? "共盖 " + count + " 处：" : count + " in all: ";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i > 0) text += isChinese(language) ? "；" : "; ";
    if (i == mostGroups) return text + "…";
    text += groupText(groups[i], language);
  }
  return text;
}

std::string waysText(const StampWords& words, Language language) {
  std::string text;
  if (words.across) text += isChinese(language) ? "\n含骑缝章。" : "\nSome of it is cut across page edges.";
  if (!words.keyword.empty())
    text += isChinese(language) ? "\n按文字" + quoted(words.keyword, 10) + "定位。"
                                : "\nPlaced on the words " + quoted(words.keyword, 10) + ".";
  if (words.textLine)
    text += isChinese(language) ? "\n印章下印有签章人、时间和事由。" : "\nWith signer, time, reason in print.";
  if (words.signatures > 1)
    text += isChinese(language)
                ? "\n文件已有签名，将增加 " + std::to_string(words.signatures) + " 个签名。"
                : "\nThe document is signed already: " + std::to_string(words.signatures) + " signatures are added.";
  if (!words.reason.empty())
    text += isChinese(language) ? "\n原因：" + quoted(words.reason, 12) : "\nReason: " + quoted(words.reason, 12);
  return text;
}

std::string documentText(const StampWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = words.name.empty() ? std::string()
                     : chinese          ? "对方所称文件名：" + quoted(words.name, 30) + "\n"
                                        : "Called by whoever asks: " + quoted(words.name, 30) + "\n";
  text += sizeText(words.bytes, language) + (chinese ? "，共 " : ", pages: ") + std::to_string(words.pages) +
          (chinese ? " 页" : "") + "\nSHA-256:\n" + grouped(words.sha256) + "\n";
  return text;
}

}  // namespace

Question stampRightQuestion(const std::string& origin, Language language) {
  const auto site = tame(origin, 120);
  if (isChinese(language))
    return {"印渡 安全控件",
            "网站 " + site +
                "\n请求用您的签章给文件盖章。\n\n盖章与在合同上签字同样有效。允许后，每次盖章仍会显示文件情况，"
                "并要您输入密码。\n请核对网址。是否允许？",
            "允许盖章", "不允许"};
  return {"SealFerry",
          "The site " + site +
              "\nasks to stamp documents with your seal.\n\nA stamp binds you as your signature under a contract does. "
              "Each time you will still be shown the document and asked for the PIN.\nCheck the address. Allow it?",
          "Allow stamping", "Do not allow"};
}

Question stampQuestion(const StampWords& words, Language language) {
  const bool chinese = isChinese(language);
  std::string text = asker(words.site, language) +
                     (chinese ? " 请求给文件盖章。\n" : " asks for a stamp on a document.\n") +
                     documentText(words, language) + "\n";
  text += (chinese ? "签章：" + quoted(words.seal, 24) + "，" : "Seal: " + quoted(words.seal, 24) + ", ") +
          keyName({tame(words.key.unit, 20), words.key.serial}, language) + "\n" + placesText(words, language) +
          waysText(words, language);
  text += chinese ? "\n\n是否盖章？" : "\n\nStamp it?";
  return {chinese ? "印渡 安全控件" : "SealFerry", text, chinese ? "盖章" : "Stamp", chinese ? "取消" : "Cancel"};
}

}  // namespace sealferry::prompt
