// SPDX-License-Identifier: Apache-2.0
// A library whose wait for events does not wait is not asked for ever, and what it says of keys does little harm.
#include "watch.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

using namespace sealferry;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<token::skf::Library> libraryThat(const char* oddity) {
  setenv("SEALFERRY_ODD", oddity, 1);
  return token::skf::Library::load(ODD_LIBRARY, {}).value();
}

bool endsListening(const token::skf::Watch& watch) {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (watch.listens() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  return !watch.listens();
}

}  // namespace

TEST_CASE("what is no event of the standard's ends the watch") {
  const token::skf::Watch watch(libraryThat("eventsOfNothing"));
  CHECK(endsListening(watch));
  CHECK(watch.removals("S1") == 0);
}

TEST_CASE("a removal told again and again is one, and the watch ends") {
  const token::skf::Watch watch(libraryThat("removedForEver"));
  CHECK(endsListening(watch));
  CHECK(watch.removals("S1") == 1);
}
