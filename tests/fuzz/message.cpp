// SPDX-License-Identifier: Apache-2.0
// CMS, GB/T 35275, and time stamp tokens.
#include "hostile.h"
#include "trust/cms.h"
#include "trust/timestamp.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  if (const auto message = trust::cms::read(bytes, trust::cms::Tail::zeros, trust::cms::Attributes::optional))
    static_cast<void>(trust::cms::check(*message, Bytes(trust::digestSize(message->digest))));
  if (const auto stamp = trust::readTimestamp(bytes))
    promise(!trust::checkTimestamp(*stamp, bytes, {}).empty(), "without roots no stamp holds");
  return 0;
}
