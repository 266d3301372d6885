// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "trust/algorithm.h"

namespace sealferry::trust {

/// The digest of what comes in parts.
class Digester {
 public:
  explicit Digester(DigestAlgorithm algorithm);
  ~Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;
  void update(ByteView data);
  Bytes finish();          ///< once
  Digester clone() const;  ///< with all that was taken so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sealferry::trust
