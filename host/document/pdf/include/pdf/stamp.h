// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document/findings.h"
#include "document/stamp.h"
#include "pdf/source.h"

/// PDF through QPDF as a parser only (recovery off, nothing written by it), with an appender of our own: the original
/// bytes stay as they are. QPDF's exceptions end here.
namespace sealferry::pdf {

/// The increment that stamps a document, signature still empty: ISO 32000-1 §7.5.6, ETSI EN 319 142-1 (PAdES B-B).
Result<document::Reserved> reserve(int descriptor, const document::StampRequest& request);

/// What the structure says of each signature. document_unreadable for what is no PDF, document_protected where the
/// signatures are encrypted.
Result<std::vector<document::SignatureFinding>> examine(int descriptor);

}  // namespace sealferry::pdf
