// SPDX-License-Identifier: Apache-2.0
#include "wire/request.h"

#include <doctest/doctest.h>

#include <set>

using namespace sealferry;
using namespace sealferry::wire;

namespace {

std::string envelope(const std::string& method, const std::string& params) {
  return R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":)" + params + "}";
}

ErrorCode refusalOf(const std::string& text) {
  const auto request = parseRequest(text);
  REQUIRE_FALSE(request.has_value());
  return request.error().error.code;
}

}  // namespace

TEST_CASE("a request becomes a struct with what the browser stated") {
  const auto request = parseRequest(
      R"({"jsonrpc":"2.0","id":"a-1","method":"readKey","params":{"serial":"AB12","pictures":false},"origin":"https://ca.example","topOrigin":"https://top.example","gesture":true})");
  REQUIRE(request.has_value());
  CHECK(request->id == "\"a-1\"");
  CHECK(request->origin == "https://ca.example");
  CHECK(request->topOrigin == "https://top.example");
  CHECK(request->gesture);
  const auto& params = std::get<ReadKey>(request->params);
  CHECK(params.serial == "AB12");
  CHECK_FALSE(params.pictures);
}

TEST_CASE("what is no JSON-RPC is a bad frame") {
  for (const auto* text : {"", "{", "[]", "null", "\"x\"", "{} {}", "{\"jsonrpc\":\"2.0\"}", "\xff\xfe", "{\"id\":1.5}",
                           R"({"jsonrpc":"2.0","id":null,"method":"hello"})", R"({"id":1,"id":2})"})
    CHECK(refusalOf(text) == ErrorCode::bad_frame);
  CHECK(refusalOf("{\"id\":1,\"x\":\"\xc3\x28\"}") == ErrorCode::bad_frame);
  CHECK(refusalOf(std::string(100'000, '[')) == ErrorCode::bad_frame);
  CHECK(refusalOf(std::string(100'000, '[') + std::string(100'000, ']')) == ErrorCode::bad_frame);
  CHECK(refusalOf("{\"id\":1e999}") == ErrorCode::bad_frame);
}

TEST_CASE("a member too many, too few or of the wrong kind is a bad request that names it") {
  const auto field = [](const std::string& text) {
    const auto request = parseRequest(text);
    REQUIRE_FALSE(request.has_value());
    CHECK(request.error().error.code == ErrorCode::bad_request);
    CHECK(request.error().id == "7");
    return request.error().error.detail.at("field");
  };
  CHECK(field(R"({"jsonrpc":"1.0","id":7,"method":"hello"})") == "jsonrpc");
  CHECK(field(R"({"jsonrpc":"2.0","id":7,"method":"hello","extra":1})") == "extra");
  CHECK(field(R"({"jsonrpc":"2.0","id":7,"method":"hello","params":[]})") == "params");
  CHECK(field(envelope("listKeys", R"({"x":1})")) == "x");
  CHECK(field(envelope("readKey", R"({"serial":5})")) == "serial");
  CHECK(field(envelope("readKey", R"({"pictures":"yes"})")) == "pictures");
  CHECK(field(envelope("login", R"({})")) == "nonce");
  CHECK(field(envelope("login", R"({"nonce":"AAAA"})")) == "nonce");
  CHECK(field(envelope("openDocument", R"({"size":-1})")) == "size");
  CHECK(field(envelope("openDocument", R"({"size":18446744073709551615})")) == "size");
  CHECK(field(envelope("openDocument", R"({"size":1.5})")) == "size");
  CHECK(field(envelope("writeSeal", R"({"order":"AAAA","seals":["not base64!"]})")) == "seals");
  CHECK(field(envelope("testStamp", R"({"format":"exe"})")) == "format");
  CHECK(field(envelope("status", R"({"time":"yesterday"})")) == "time");
  CHECK(field(envelope("createRequest", R"({"order":"AAAA","newKeyPair":{"algorithm":"rsa","bits":2048,"x":1}})")) ==
        "newKeyPair");
}

TEST_CASE("names: unknown methods, methods of later releases, cancel by number or text") {
  CHECK(refusalOf(envelope("format", "{}")) == ErrorCode::unknown_method);
  const auto later = parseRequest(envelope("signText", R"({"anything":true})"));
  REQUIRE(later.has_value());
  CHECK(std::holds_alternative<NotYet>(later->params));
  CHECK(std::get<Cancel>(parseRequest(envelope("cancel", R"({"id":12})"))->params).id == "12");
  CHECK(std::get<Cancel>(parseRequest(envelope("cancel", R"({"id":"a"})"))->params).id == "\"a\"");
}

TEST_CASE("there is no method that formats a key, takes a path, a PIN or a digest") {
  const std::set<std::string_view> names(methodNames().begin(), methodNames().end());
  CHECK(names.size() == 25);
  for (const auto* never : {"format", "initialize", "sign", "signHash", "run", "fetch", "setPin"})
    CHECK_FALSE(names.contains(never));
}
