// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "document/findings.h"
#include "form.h"
#include "revision.h"

namespace sealferry::pdf {

/// /ByteRange: two stretches with one gap between them, from the first byte on (ISO 32000-1 §12.8.1).
struct Range {
  std::uint64_t gapStart = 0, gapEnd = 0, end = 0;
};

/// A signature as its dictionary has it.
struct SignatureValue {
  document::SignatureFinding finding;
  std::optional<Range> range;  ///< where it can be relied on
  int number = 0;              ///< of the object that holds it
};

int numberOf(SignatureField& signature);

/// Reads it and holds it against how it is written down: the gap has to be its own /Contents, to the byte, and no key
/// may be there twice. What is wrong is a defect of the finding.
SignatureValue readSignature(Revision& document, SignatureField& signature);

}  // namespace sealferry::pdf
