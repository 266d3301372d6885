// SPDX-License-Identifier: Apache-2.0
#include "seal/signature.h"

#include "hostile.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr Time at = 1'795'334'400;
  const ByteView bytes(data, size);
  const auto verdict = seal::checkSignature(bytes, {}, at, Bytes(32), seal::Strictness::lenient);
  promise(verdict.outcome == seal::Outcome::invalid, "without roots no signature is valid");
  const auto lenient = seal::readSignature(bytes, seal::Strictness::lenient);
  const auto strict = seal::readSignature(bytes, seal::Strictness::strict);
  promise(!strict || (lenient && lenient->notes.empty()), "what is strictly right is right leniently, without a note");
  promise(!lenient || seal::looksLikeSignature(bytes), "what can be read looks like it");
  if (lenient) static_cast<void>(seal::brokenStep(*lenient, Bytes(32)));
  return 0;
}
