// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <doctest/doctest.h>

#include "base/digest.h"

using namespace sealferry;

TEST_CASE("base64 round trips every length and refuses every other spelling") {
  for (std::size_t size = 0; size < 70; ++size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 + size);
    CHECK(fromBase64(toBase64(bytes)) == bytes);
  }
  CHECK(toBase64(viewOf("foobar")) == "Zm9vYmFy");  // RFC 4648 §10
  CHECK(toBase64(viewOf("fooba")) == "Zm9vYmE=");
  CHECK(toBase64(viewOf("foob")) == "Zm9vYg==");
  for (const auto* bad :
       {"Zm9", "Zm9v Yg==", "Zm9vYh==", "Zm9vYmF=", "====", "Zm=v", "Z===", "Zm9v\n", "Zm9-", "Zg==Zg=="})
    CHECK_FALSE(fromBase64(bad).has_value());
}

TEST_CASE("hexadecimal") {
  CHECK(toHex(*fromHex("00ffA5")) == "00ffa5");
  CHECK_FALSE(fromHex("0").has_value());
  CHECK_FALSE(fromHex("0g").has_value());
}

TEST_CASE("digests match published vectors") {
  CHECK(toHex(sha256(viewOf("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
  CHECK(toHex(sm3(viewOf("abc"))) ==
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");  // GB/T 32905 A.1
  CHECK(sameBytes(viewOf("abc"), viewOf("abc")));
  CHECK_FALSE(sameBytes(viewOf("abc"), viewOf("abd")));
  CHECK_FALSE(sameBytes(viewOf("abc"), viewOf("ab")));
}
