// SPDX-License-Identifier: Apache-2.0
// sealferry-token-memory memory FOLDER: the worker's own loop over a key in memory.
#include <span>

#include "memory/known_key.h"
#include "memory/memory_backend.h"
#include "worker/serve.h"

int main(int count, char** values) {
  using namespace sealferry::token;
  const std::span<char* const> arguments(values, static_cast<std::size_t>(count));
  if (arguments.size() != 3) return 64;
  const auto pipe = takePipe();
  return serve(pipe, [&]() -> sealferry::Result<std::unique_ptr<Backend>> {
    return std::make_unique<MemoryBackend>(std::vector{memoryKeyFrom(arguments[2])});
  });
}
