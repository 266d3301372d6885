// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "caption.h"
#include "conformance.h"
#include "increment.h"

namespace sealferry::pdf {

/// Adds the caption's letters as a Type 3 font (ISO 32000-1 §9.6.5), the number of the letter being its code: their
/// outlines are in the document and nowhere else, and /ToUnicode says what they mean. The font's number.
int addLetters(Increment& increment, const Caption& caption);

/// What draws the caption under a picture, in a box of this size; `scale` is user space units to a millimetre. The font
/// is /Letters, and /Ink the colour space where colour has to be calibrated.
std::string drawnLetters(const Caption& caption, double boxWidth, double scale, const Conformance& conformance);

}  // namespace sealferry::pdf
