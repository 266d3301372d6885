// SPDX-License-Identifier: Apache-2.0
// Against a pinentry of a few shell lines, so that every answer can be had without a screen; the browser suite types
// into the real one.
#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "prompt/window.h"

using namespace sealferry;
using namespace sealferry::prompt;

namespace {

struct FakePinentry {
  std::filesystem::path folder;
  explicit FakePinentry(const std::string& answer) {
    char name[] = "/tmp/sealferry-pinentry-XXXXXX";
    folder = mkdtemp(name);
    std::ofstream(program()) << "#!/bin/sh\necho 'OK Pleased to meet you'\nwhile read -r line; do\n  echo \"$line\" >>"
                             << (folder / "said").string() << "\n  case $line in\n    GETPIN|CONFIRM) " << answer
                             << " ;;\n    *) echo OK ;;\n  esac\ndone\n";
    ::chmod(program().c_str(), 0755);
  }
  ~FakePinentry() { std::filesystem::remove_all(folder); }
  std::string program() const { return (folder / "pinentry").string(); }
  std::string said() const {
    std::ifstream stream(folder / "said");
    return {std::istreambuf_iterator<char>(stream), {}};
  }
};

const PinQuestion question{"title", "50% of\n锁", "PIN:", "wrong", "", "确定", "取消"};

}  // namespace

TEST_CASE("a PIN comes back decoded, and every text went out escaped") {
  const FakePinentry pinentry("echo 'D 12%2534%0A'; echo OK");
  const auto window = pinentryWindow(pinentry.program());
  const auto pin = window->askPin(question, {});
  REQUIRE(pin.has_value());
  CHECK(textOf(pin->view()) == "12%34\n");
  CHECK(pinentry.said().find("SETDESC 50%25 of%0A锁\n") != std::string::npos);
  CHECK(pinentry.said().find("SETERROR wrong\n") != std::string::npos);
  CHECK(pinentry.said().find("SETOK 确定\nSETCANCEL 取消\n") != std::string::npos);
  CHECK(pinentry.said().find("SETREPEAT") == std::string::npos);
}

TEST_CASE("cancelled, not confirmed, timed out and broken are told apart") {
  const auto code = [](const std::string& answer) {
    const FakePinentry pinentry(answer);
    const auto pin = pinentryWindow(pinentry.program())->askPin(question, {});
    REQUIRE_FALSE(pin.has_value());
    return pin.error().code;
  };
  CHECK(code("echo 'ERR 83886179 Operation cancelled <Pinentry>'") == ErrorCode::cancelled);
  CHECK(code("echo 'ERR 83886142 Timeout <Pinentry>'") == ErrorCode::timed_out);
  CHECK(code("echo 'ERR 83918950 no display'") == ErrorCode::prompt_missing);
  CHECK(code("exit 1") == ErrorCode::prompt_missing);
  CHECK(code("head -c 100000 /dev/zero | tr '\\0' x") == ErrorCode::prompt_missing);
  const FakePinentry no("echo 'ERR 83886194 Not confirmed <Pinentry>'");
  CHECK(pinentryWindow(no.program())->confirm({"t", "x", "yes", "no"}, {}) == false);
  const FakePinentry yes("echo OK");
  CHECK(pinentryWindow(yes.program())->confirm({"t", "x", "yes", "no"}, {}) == true);
  const auto missing = pinentryWindow("/nonexistent/pinentry")->askPin(question, {});
  CHECK(missing.error().code == ErrorCode::prompt_missing);
}

TEST_CASE("an open window closes when the request is stopped") {
  const FakePinentry pinentry("read -r forever");
  const int stop = ::eventfd(0, EFD_CLOEXEC);
  std::thread stopper([stop] {
    const std::uint64_t one = 1;
    CHECK(::write(stop, &one, sizeof one) == sizeof one);
  });
  const auto pin = pinentryWindow(pinentry.program())->askPin(question, {stop});
  stopper.join();
  ::close(stop);
  REQUIRE_FALSE(pin.has_value());
  CHECK(pin.error().code == ErrorCode::cancelled);
}
