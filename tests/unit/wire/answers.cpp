// SPDX-License-Identifier: Apache-2.0
#include "wire/answers.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace sealferry;
using namespace sealferry::wire;
using nlohmann::json;

TEST_CASE("an error carries number, name, tries and detail, and nothing of where it happened") {
  Error error{ErrorCode::pin_incorrect, "C_Login", 0xA0, 2, {{"last", "true"}}};
  const auto message = json::parse(errorMessage("7", error, "00aa-0001"));
  CHECK(message == json::parse(R"({"jsonrpc":"2.0","id":7,"error":{"code":210,"message":"pin_incorrect",
    "data":{"name":"pin_incorrect","retry":true,"triesLeft":2,"detail":{"last":"true"},"logRef":"00aa-0001"}}})"));
}

TEST_CASE("texts that are no UTF-8 are shown as such and break nothing") {
  KeyList list;
  list.keys.push_back({"id", "\xff\xfe", "label\x01", "单位", "pkcs11", {"rsa"}});
  const auto message = json::parse(resultMessage("\"x\"", encode(list)));
  CHECK(message["id"] == "x");
  CHECK(message["result"]["keys"][0]["unit"] == "单位");
  CHECK(message["result"]["keys"][0]["serial"] == "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("notifications name their request") {
  CHECK(json::parse(progressMessage("3", "write", 1, 4)) ==
        json::parse(R"({"jsonrpc":"2.0","method":"progress","params":{"id":3,"step":"write","done":1,"total":4}})"));
  CHECK(json::parse(promptMessage("\"a\"", "pin"))["params"]["id"] == "a");
}
