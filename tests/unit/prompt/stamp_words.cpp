// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "prompt/words.h"

using namespace sealferry;
using namespace sealferry::prompt;

namespace {

const std::string digest = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef";

StampWords contract() {
  StampWords words;
  words.site = "https://bid.example";
  words.name = "合同.pdf";
  words.seal = "某某公司公章";
  words.sha256 = digest;
  words.key = {"某某公司", "SN00001234"};
  words.bytes = 1'234'567;
  words.pages = 10;
  words.places = {{1, 150, 240}, {3, 150, 240.2}, {4, 150, 240}, {5, 150, 240}, {7, 20, 30}};
  return words;
}

bool has(const Question& question, const std::string& text) { return question.text.find(text) != std::string::npos; }

/// What pinentry is sent: line breaks cost three bytes, other bytes one, but for the percent sign.
std::size_t assuanSize(const std::string& text) {
  std::size_t size = 0;
  for (const char letter : text) size += letter == '\n' || letter == '%' ? 3 : 1;
  return size;
}

}  // namespace

TEST_CASE("the window of a stamp tells the document by size, pages and digest, the seal, the places and who asks") {
  const auto question = stampQuestion(contract(), Language::chinese);
  for (const std::string text :
       {"https://bid.example 请求给文件盖章", "对方所称文件名：“合同.pdf”", "1.2 MB（1234567 字节）", "共 10 页",
        "0011 2233 4455 6677 8899 aabb ccdd eeff\n0123 4567", "签章：“某某公司公章”", "尾号1234",
        "共盖 5 处：第1、3–5页（距左 150、距上 240 毫米）；第7页（距左 20、距上 30 毫米）"})
    CHECK_MESSAGE(has(question, text), question.text);
  CHECK_FALSE(has(question, "骑缝章"));
  CHECK(has(stampQuestion(contract(), Language::english), "page 1, 3–5 (150 mm from the left, 240 mm from the top)"));
}

TEST_CASE("words that are printed under the stamp are told of") {
  auto words = contract();
  CHECK_FALSE(has(stampQuestion(words, Language::chinese), "印章下"));
  words.textLine = true;
  CHECK(has(stampQuestion(words, Language::chinese), "印章下印有签章人、时间和事由"));
}

TEST_CASE("a file name that a page chose cannot pretend to be anything else") {
  auto words = contract();
  words.name = "a.pdf”\n大小 1 字节\xe2\x80\xaetxt.exe\x1b[0m";
  const auto question = stampQuestion(words, Language::chinese);
  CHECK_MESSAGE(has(question, "“a.pdf' 大小 1 字节txt.exe [0m”\n1.2 MB"), question.text);
  words.name = std::string(5000, 'x');
  CHECK(has(stampQuestion(words, Language::chinese), "“" + std::string(30, 'x') + "…”"));
}

TEST_CASE("whatever is asked for, the window's text fits into pinentry's line") {
  auto words = contract();
  std::string wide;
  for (int i = 0; i < 200; ++i) wide += "鄂";
  words.name = words.seal = words.key.unit = words.keyword = words.reason = wide;
  words.site = "https://" + std::string(400, 'w');
  words.bytes = UINT64_MAX;
  words.pages = 4'000'000'000;
  words.across = words.textLine = true;
  words.signatures = 64;
  words.places.clear();
  for (unsigned page = 1'000'000; page < 1'001'000; page += 2) words.places.push_back({page, double(page % 7), 12345});
  for (const auto language : {Language::chinese, Language::english})
    CHECK(assuanSize(stampQuestion(words, language).text) < 990);
}
