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

TEST_CASE("a wish for stamps is read member by member") {
  const auto request = parseRequest(envelope(
      "stampDocument",
      R"({"document":"d","seal":"s","name":"a.pdf","pages":[[1,1],[3,0]],"at":{"x":150,"y":240.5,"clamp":false},"keyword":{"text":"（盖章）","all":true},"across":{"edge":"top","along":20,"pages":[2,3]},"textLine":true,"timestamp":true,"digest":"sha384","padding":"pss"})"));
  REQUIRE(request.has_value());
  const auto& stamp = std::get<StampDocument>(request->params);
  CHECK(stamp.pages.size() == 2);
  CHECK((stamp.pages[1].first == 3 && stamp.pages[1].last == 0));
  CHECK((stamp.at->yMm == 240.5 && !stamp.at->clamp));
  CHECK((stamp.keyword->text == "（盖章）" && stamp.keyword->all && stamp.keyword->clamp));
  CHECK((stamp.across->edge == "top" && stamp.across->along == 20 && stamp.across->pages.last == 3));
  CHECK((stamp.textLine && stamp.timestamp && stamp.digest == "sha384" && stamp.padding == "pss"));
}

TEST_CASE("a wish for stamps that makes no sense is refused by name") {
  const auto field = [](const std::string& members) {
    const auto request = parseRequest(envelope("stampDocument", R"({"document":"d",)" + members + "}"));
    return request ? std::string("taken") : request.error().error.detail.at("field");
  };
  CHECK(field(R"("at":{"x":1,"y":2})") == "taken");
  CHECK(field(R"("reason":"x")") == "at");
  CHECK(field(R"("pages":[[1,2]],"across":{})") == "at");
  CHECK(field(R"("at":{"x":1e300,"y":2})") == "at");
  CHECK(field(R"("at":{"x":"1","y":2})") == "at");
  CHECK(field(R"("at":{"x":1,"y":2},"pages":[])") == "pages");
  CHECK(field(R"("at":{"x":1,"y":2},"pages":[[1,2,3]])") == "pages");
  CHECK(field(R"("at":{"x":1,"y":2},"pages":[[1,1.5]])") == "pages");
  CHECK(field(R"("at":{"x":1,"y":2},"pages":[[1,99999999999]])") == "pages");
  CHECK(field(R"("keyword":{"text":""})") == "keyword");
  CHECK(field(R"("keyword":{"text":")" + std::string(300, 'x') + R"("})") == "keyword");
  CHECK(field(R"("across":{"edge":"middle"})") == "across");
  CHECK(field(R"("across":{},"digest":"sm3")") == "digest");
  CHECK(field(R"("across":{},"padding":"none")") == "padding");
  CHECK(field(R"("across":{},"path":"/etc/passwd")") == "path");
}

TEST_CASE("the list of rights that may be asked for is that of one question") {
  CHECK_FALSE(std::get<TrustSite>(parseRequest(envelope("trustSite", "{}"))->params).stamp);
  CHECK(std::get<TrustSite>(parseRequest(envelope("trustSite", R"({"rights":["stamp"]})"))->params).stamp);
  for (const auto* rights : {"[]", R"(["sign"])", R"(["stamp","sign"])", R"("stamp")"})
    CHECK_FALSE(parseRequest(envelope("trustSite", R"({"rights":)" + std::string(rights) + "}")).has_value());
}
