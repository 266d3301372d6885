// SPDX-License-Identifier: Apache-2.0
#include "long_text.h"

#include <doctest/doctest.h>

#include "json.h"
#include "wire/request.h"

using namespace sealferry;
using namespace sealferry::wire;

namespace {

Bytes manyBytes(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  return bytes;
}

std::string inQuotes(const std::string& text) { return '"' + text + '"'; }

std::string append(const std::string& data) {
  return R"({"jsonrpc":"2.0","id":1,"method":"appendDocument","params":{"document":"d","offset":0,"data":)" + data +
         "}}";
}

}  // namespace

TEST_CASE("a long string of base64 is taken out and comes back as its bytes") {
  for (const std::size_t size : {12'288u, 12'289u, 12'290u, 524'286u, 524'288u}) {
    const auto bytes = manyBytes(size);
    const auto request = parseRequest(append(inQuotes(toBase64(bytes))));
    REQUIRE(request.has_value());
    CHECK(std::get<AppendDocument>(request->params).data == bytes);
    CHECK(withoutLongTexts(append(inQuotes(toBase64(bytes))))->text.size() < 200);
  }
}

TEST_CASE("too long a part, and what is almost base64, are refused as before") {
  const auto good = toBase64(manyBytes(524'288));
  auto dirty = good;
  dirty[100'000] = '-';
  for (const auto& data :
       {inQuotes(toBase64(manyBytes(524'289))), inQuotes(dirty), inQuotes(good + "="), inQuotes("\n" + good)}) {
    auto refused = parseRequest(append(data));
    REQUIRE_FALSE(refused.has_value());
    const bool field = refused.error().error.detail["field"] == "data";
    CHECK((field || refused.error().error.code == ErrorCode::bad_frame));
  }
}

TEST_CASE("a long string in another place is no text, no name and no way round the limits") {
  const auto good = inQuotes(toBase64(manyBytes(30'000)));
  for (const std::string& text :
       std::vector<std::string>{R"({"jsonrpc":"2.0","id":)" + good + R"(,"method":"hello"})",
                                R"({"jsonrpc":"2.0","id":1,"method":)" + good + "}",
                                R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{)" + good + ":1}}",
                                R"({"jsonrpc":"2.0","id":1,"method":"hello","origin":)" + good + "}",
                                R"({"jsonrpc":"2.0","id":1,"method":"readKey","params":{"serial":)" + good + "}}",
                                R"({"jsonrpc":"2.0","id":1,"method":"hello")" + std::string(20'000, ' ') + good + "}",
                                append(good) + good, append("[" + good + "]")})
    CHECK_FALSE(parseRequest(text).has_value());
}

TEST_CASE("strings are told apart as JSON does, escapes and all") {
  const auto bytes = manyBytes(20'000);
  const auto good = toBase64(bytes);
  for (const std::string& before :
       std::vector<std::string>{R"("a\"b")", R"("\\")", R"("\\\"")", R"("\\\\\"x\\")", R"("")", R"("\u0022")"}) {
    const auto value = parseStrict("[" + before + ",\"" + good + "\"," + before + "]");
    REQUIRE(value.has_value());
    CHECK(Bytes(value->at(1).get_binary()) == bytes);
    CHECK(value->at(0) == nlohmann::json::parse(before));
    CHECK(value->at(2) == value->at(0));
  }
  CHECK_FALSE(parseStrict("[\"" + good).has_value());
  CHECK_FALSE(parseStrict("[\"" + good + "\\").has_value());
}

TEST_CASE("a megabyte of escapes and quotation marks is read in one go") {
  std::string hostile;
  while (hostile.size() < 1'000'000) hostile += "\\\\\\\"";
  CHECK(parseStrict("[\"" + hostile + "\"]").has_value());
  CHECK_FALSE(parseStrict("[\"" + hostile).has_value());
}
