// SPDX-License-Identifier: Apache-2.0
#include "prompt/words.h"

#include <doctest/doctest.h>

using namespace sealferry;
using namespace sealferry::prompt;

TEST_CASE("hostile text cannot break a line, turn the line around or run on") {
  CHECK(tame("a\nb\r\nc\td") == "a b c d");
  CHECK(tame("a\x1b[31mb") == "a [31mb");
  CHECK(tame("safe\xe2\x80\xae"
             "gpj.exe") == "safegpj.exe");  // U+202E
  CHECK(tame("a\xe2\x80\xa8"
             "b\xc2\x85"
             "c") == "a b c");                                                  // line separator, next line
  CHECK(tame("\xe2\x81\xa6x\xe2\x81\xa9\xef\xbb\xbfy\xe2\x80\x8bz") == "xyz");  // isolates, BOM, zero width
  CHECK(tame("\xff\xfe"
             "ok\xc3") == "ok");
  CHECK(tame("  two   words  ") == "two words");
  CHECK(tame(std::string(100, 'x'), 10) == "xxxxxxxxxx…");
  CHECK(tame("中文单位名称", 4) == "中文单位…");
  CHECK(tame("%0A%0D") == "%0A%0D");  // the Assuan layer escapes the percent sign itself
}

TEST_CASE("the PIN window says who asks, for what, for which key, and how many tries are left") {
  const PinWords words{"https://ca.example", Act::annualInspection, {"某某公司", "SN00001234"}, 3, false, false, false};
  const auto question = pinQuestion(words, Language::chinese);
  CHECK(question.text ==
        "https://ca.example 请求签章年检。\n请输入锁（某某公司，尾号1234）的密码（PIN 码），还可输错3次。");
  CHECK(question.error.empty());
  auto unknown = words;
  unknown.triesLeft.reset();
  unknown.wrong = true;
  const auto again = pinQuestion(unknown, Language::chinese);
  CHECK(again.text.find("还可") == std::string::npos);
  CHECK(again.error == "密码不正确。次数用完后锁会被锁死。");
}

TEST_CASE("the window of a write lists what will happen") {
  WriteWords words{"https://ca.example",
                   "20261122",
                   Act::annualInspection,
                   {"某某公司", "1234"},
                   {{"公章", 1795366800, false}},  // five in the afternoon, Greenwich: the next day in China
                   1795334400,
                   false,
                   false};
  const auto text = writeQuestion(words, Language::chinese).text;
  for (const auto* part : {"https://ca.example", "签章年检", "20261122", "尾号1234",
                           "更换锁内签章“公章”，新有效期至2026年11月23日", "更新签名证书", "写入时请勿拔锁"})
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  CHECK(text.find("加密密钥") == std::string::npos);
  words.encryptionKeyReplaced = true;
  words.inPlace = true;
  const auto warned = writeQuestion(words, Language::chinese).text;
  CHECK(warned.find("未开标的投标文件") != std::string::npos);
  CHECK(warned.find("先删除旧签章") != std::string::npos);
}

TEST_CASE("the windows of an unblocking say what will happen, ask for the PUK by its names, and warn of its last try") {
  const KeyWords key{"某某公司", "SN00001234"};
  const auto asked = unblockQuestion("https://ca.example", "20261122", key, Language::chinese).text;
  for (const auto* part :
       {"https://ca.example", "解锁", "20261122", "尾号1234", "PUK 码或管理员密码", "证书和签章不变"})
    CHECK_MESSAGE(asked.find(part) != std::string::npos, part);
  PinWords words{"https://ca.example", Act::unblockPin, key, 2, true, true, false};
  const auto again = pukQuestion(words, Language::chinese);
  CHECK(again.label == "解锁码：");
  CHECK(again.error == "解锁码不正确，还可再试2次。次数用完后，这把锁不能再解锁。");
  CHECK(again.text.find("上次") == std::string::npos);  // the error says it
  words.wrong = false;
  CHECK(pukQuestion(words, Language::chinese).text.find("上次解锁码输错过") != std::string::npos);
  CHECK(pukPadQuestion(words, Language::chinese).text.find("再输入新密码") != std::string::npos);
  const auto last = lastPukTryQuestion(key, "400-000", Language::chinese).text;
  for (const auto* part : {"只剩最后一次", "只能更换", "400-000"})
    CHECK_MESSAGE(last.find(part) != std::string::npos, part);
  CHECK(lastPukTryQuestion(key, {}, Language::english).text.find("cannot be unblocked any more") != std::string::npos);
}
