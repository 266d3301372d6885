// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "cbor/reader.h"
#include "cbor/writer.h"

using namespace sealferry;
using cbor::Reader;
using cbor::Writer;

TEST_CASE("CBOR matches the examples of RFC 8949 appendix A") {
  Writer writer;
  writer.array(5);
  writer.number(1'000'000'000'000);
  writer.text("水");
  writer.bytes(Bytes{1, 2, 3, 4});
  writer.boolean(true);
  writer.null();
  CHECK(toHex(writer.written()) == "851b000000e8d4a5100063e6b0b44401020304f5f6");
}

TEST_CASE("what is written is read back") {
  for (const std::uint64_t number : {0ULL, 23ULL, 24ULL, 255ULL, 256ULL, 65535ULL, 65536ULL, 4294967296ULL, ~0ULL}) {
    Writer writer;
    writer.number(number);
    Reader reader(writer.written());
    CHECK(reader.number() == number);
    CHECK(reader.finished());
  }
}

TEST_CASE("hostile CBOR is refused without being followed") {
  const auto refused = [](const char* hex, auto take) {
    const auto bytes = *fromHex(hex);
    Reader reader(bytes);
    take(reader);
    return !reader.finished();
  };
  CHECK(refused("1801", [](Reader& r) { r.number(); }));                        // not the shortest head
  CHECK(refused("5bffffffffffffffff00", [](Reader& r) { r.bytes(1 << 20); }));  // longer than all there is
  CHECK(refused("9bffffffffffffffff", [](Reader& r) { r.array(1 << 20); }));
  CHECK(refused("9f01ff", [](Reader& r) { r.array(8); }));  // indefinite length
  CHECK(refused("1c", [](Reader& r) { r.number(); }));      // reserved
  CHECK(refused("19", [](Reader& r) { r.number(); }));      // cut off
  CHECK(refused("0000", [](Reader& r) { r.number(); }));    // something behind it
  CHECK(refused("01", [](Reader& r) { r.text(8); }));       // of another type
  CHECK(refused("18ff", [](Reader& r) { r.number(200); }));
  CHECK(refused("f6", [](Reader& r) { r.boolean(); }));
}
