// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "memory/memory_key.h"
#include "token/backend.h"

namespace sealferry::token {

class MemoryBackend : public Backend {
 public:
  explicit MemoryBackend(std::vector<std::shared_ptr<MemoryKey>> keys) : keys_(std::move(keys)) {}
  Result<ModuleInfo> module() override;
  Result<std::vector<KeyInfo>> keys() override;
  Result<std::unique_ptr<Session>> open(std::string_view serial) override;

 private:
  std::vector<std::shared_ptr<MemoryKey>> keys_;
};

}  // namespace sealferry::token
