// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <thread>

using namespace sealferry::wire;

namespace {

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
  ~Pipe() {
    ::close(ends[0]);
    closeInput();
  }
  void closeInput() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  void write(const std::string& bytes) const {
    REQUIRE(::write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
};

std::string length(std::uint32_t size) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &size, 4);
  return bytes;
}

FrameEnd endOf(const std::string& bytes) {
  Pipe pipe;
  pipe.write(bytes);
  pipe.closeInput();
  std::string text;
  return readFrame(pipe.ends[0], text);
}

}  // namespace

TEST_CASE("a frame that was written is read back, until the other side closes") {
  Pipe pipe;
  REQUIRE(writeFrame(pipe.ends[1], "{\"a\":1}"));
  REQUIRE(writeFrame(pipe.ends[1], "印渡"));
  pipe.closeInput();
  std::string text;
  CHECK(readFrame(pipe.ends[0], text) == FrameEnd::frame);
  CHECK(text == "{\"a\":1}");
  CHECK(readFrame(pipe.ends[0], text) == FrameEnd::frame);
  CHECK(text == "印渡");
  CHECK(readFrame(pipe.ends[0], text) == FrameEnd::closed);
}

TEST_CASE("an ordinary end, a cut frame and an impossible length are three different things") {
  CHECK(endOf("") == FrameEnd::closed);
  CHECK(endOf("\1") == FrameEnd::truncated);
  CHECK(endOf("\1\2\3") == FrameEnd::truncated);
  CHECK(endOf(length(10) + "12345") == FrameEnd::truncated);
  CHECK(endOf(length(0)) == FrameEnd::oversize);
  CHECK(endOf(length(0xFFFFFFFF)) == FrameEnd::oversize);
  CHECK(endOf(length(largestFrameIn + 1)) == FrameEnd::oversize);
}

TEST_CASE("the largest frame each way passes, one byte more does not") {
  Pipe pipe;
  const std::string largest(largestFrameOut, 'x');
  std::string text;
  std::thread reader([&] { CHECK(readFrame(pipe.ends[0], text) == FrameEnd::frame); });
  CHECK(writeFrame(pipe.ends[1], largest));
  reader.join();
  CHECK(text == largest);
  CHECK_FALSE(writeFrame(pipe.ends[1], largest + "x"));
  CHECK_FALSE(writeFrame(pipe.ends[1], ""));
}
