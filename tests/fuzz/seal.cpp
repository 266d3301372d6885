// SPDX-License-Identifier: Apache-2.0
#include "hostile.h"
#include "seal/make.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr Time at = 1'795'334'400;
  const ByteView bytes(data, size);
  const auto verdict = seal::check(bytes, {}, at, seal::Strictness::lenient);
  promise(verdict.outcome == seal::Outcome::invalid, "without roots no seal is valid");
  const auto lenient = seal::read(bytes, seal::Strictness::lenient);
  const auto strict = seal::read(bytes, seal::Strictness::strict);
  promise(!strict || (lenient && lenient->notes.empty()), "what is strictly right is right leniently, without a note");
  if (!strict) return 0;
  const auto again = seal::read(seal::encode(*strict), seal::Strictness::strict);
  promise(again && seal::encode(*again) == seal::encode(*strict), "what was read is written, and read the same");
  return 0;
}
