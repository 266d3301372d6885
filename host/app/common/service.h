// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>

#include "operation/context.h"
#include "token/registry.h"
#include "token/watch.h"

namespace sealferry::app {

/// Readable once the process should come to its end: no wait, for a key, a window or a document, outlives it.
class Closing : public token::Interrupt {
 public:
  Closing();
  ~Closing() override;
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  int descriptor() const override { return descriptor_; }
  void signal() const;
  bool signalled() const;
  void clear() const;

 private:
  int descriptor_;
};

/// Everything an operation works with, wired together from policy. `closing` outlives the context.
struct Service {
  std::unique_ptr<Closing> closing;
  operation::Context context;
  std::function<std::unique_ptr<token::Watch>(const token::ModuleSetting& source)> makeWatch;
};

/// The terminal, as the holder of a key.
token::Holder terminalHolder();
/// The browser that started this process, by the kind of its program; "browser" if it is of no known kind.
token::Holder browserHolder();

Service serviceFor(const std::filesystem::path& policyFile, const token::Holder& holder = terminalHolder());

}  // namespace sealferry::app
