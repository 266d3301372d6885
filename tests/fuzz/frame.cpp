// SPDX-License-Identifier: Apache-2.0
// What a page sends.
#include "hostile.h"
#include "wire/request.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto request = wire::parseRequest({reinterpret_cast<const char*>(data), size});
  promise(request || !request.error().id.empty(), "a refusal says to whom it goes");
  return 0;
}
