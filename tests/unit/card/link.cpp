// SPDX-License-Identifier: Apache-2.0
#include "card/link.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

using namespace sealferry;
using namespace sealferry::card;

TEST_CASE("frames go both ways") {
  std::array<int, 2> ends{};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  Link one(ends[0]), two(ends[1]);
  CHECK(one.send(Bytes{1, 2, 3}));
  CHECK(*two.receive() == Bytes{1, 2, 3});
  CHECK(two.send({}));
  CHECK(one.receive()->empty());
  CHECK(!one.send(Bytes(65'536)));
}

TEST_CASE("an end in the middle of a frame is an end") {
  for (const auto* part : {"", "00", "0005", "000501020304"}) {
    std::array<int, 2> ends{};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    const auto bytes = *fromHex(part);
    REQUIRE(::write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    close(ends[1]);
    CHECK_MESSAGE(!Link(ends[0]).receive().has_value(), part);
  }
}

TEST_CASE("nobody listens") { CHECK(!Link::connect(1).has_value()); }
