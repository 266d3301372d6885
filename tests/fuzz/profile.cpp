// SPDX-License-Identifier: Apache-2.0
// Files of vendors, in every encoding: the first byte chooses.
#include "hostile.h"
#include "profile/coding.h"
#include "profile/match.h"

using namespace sealferry;
using namespace sealferry::token;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const StorageProfile form{.name = "fuzz", .place = "SEAL", .encoding = static_cast<SealEncoding>(data[0] % 5)};
  const ByteView file(data + 1, size - 1);
  (void)profile::looksLikeSeal("data", file.first(std::min(file.size(), profile::headBytes)));
  const auto content = profile::decode(form, file);
  if (!content) return 0;
  promise(content->seals.size() <= profile::mostSealsInFile, "counts are limited");
  const auto again = profile::encode(form, content->seals);
  if (!again) return 0;  // a title that is too long for us, say
  const auto back = profile::decode(form, *again);
  promise(back && back->complete && back->seals.size() == content->seals.size(), "what is written is read back");
  for (std::size_t i = 0; i < back->seals.size(); ++i)
    promise(back->seals[i].content() == content->seals[i].content(), "and is the same");
  return 0;
}
