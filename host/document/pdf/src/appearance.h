// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "increment.h"
#include "plan.h"

namespace sealferry::pdf {

/// What stamps look like: the seal's picture once in the document, and a form XObject for each way it is shown.
class Appearances {
 public:
  explicit Appearances(const document::Picture& picture) : picture_(picture) {}

  /// The number of the form XObject, put into the increment where none before it has one. seal_invalid with reason
  /// picture.
  Result<int> of(Increment& increment, const Mark& mark);

 private:
  const document::Picture& picture_;
  std::optional<int> image_;
  std::map<std::string, int> forms_;
};

}  // namespace sealferry::pdf
