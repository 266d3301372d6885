// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>

#include "conformance.h"
#include "increment.h"
#include "plan.h"

namespace sealferry::pdf {

/// What stamps look like: the seal's picture once in the document, and a form XObject for each way it is
/// shown; where words are printed under it, they stand in the same form, and their letters once in the document.
class Appearances {
 public:
  Appearances(const document::Picture& picture, const Caption& caption, const Conformance& conformance)
      : picture_(picture), caption_(caption), conformance_(conformance) {}

  /// The number of the form XObject, put into the increment where none before it has one. seal_invalid with reason
  /// picture.
  Result<int> of(Increment& increment, const Mark& mark);

 private:
  std::string resourcesOf(const Mark& mark) const;

  const document::Picture& picture_;
  const Caption& caption_;
  Conformance conformance_;
  std::optional<int> image_, letters_;
  std::map<std::string, int> forms_;
};

}  // namespace sealferry::pdf
