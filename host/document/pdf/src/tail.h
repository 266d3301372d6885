// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/result.h"
#include "pdf/source.h"

namespace sealferry::pdf {

/// The end of a document: what an increment must link to.
struct Tail {
  std::uint64_t headerOffset = 0;  ///< bytes before %PDF-; offsets in the file count from there
  std::uint64_t lastXref = 0;      ///< as startxref names it
  bool xrefIsStream = false;       ///< an increment uses the same kind (ISO 32000-1 §7.5.8.4)
  bool endsWithNewline = false;
  std::uint64_t fileSize = 0;
  int nextNumber = 1;  ///< of the next new object: /Size of the last section, which the parser knows
};

/// document_unreadable if there is no header in the first KiB or no startxref near the end.
Result<Tail> readTail(const Source& source);

}  // namespace sealferry::pdf
