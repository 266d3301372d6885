// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>

#include "base/result.h"

namespace sealferry::pdf {

/// Why the document forbids another signature, or nothing. document_forbids_changes with reason certified (DocMDP with
/// P = 1, ISO 32000-1 §12.8.2.2) or locked (a signature locks every field, every field but those it names, or the whole
/// document: §12.8.2.4, ISO 32000-2 table 237); document_unreadable with reason xfa for a form that only XFA can show.
Result<void> mayBeSigned(QPDF& pdf);

/// Whether somebody's signature is in the document: then nothing but signatures may be added.
bool isSigned(QPDF& pdf);

}  // namespace sealferry::pdf
