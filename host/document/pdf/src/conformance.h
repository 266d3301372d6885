// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>

namespace sealferry::pdf {

/// What a document says of itself that a stamp must not break (docs/stamping.md).
struct Conformance {
  int archivePart = 0;        ///< 1 to 4 for PDF/A (ISO 19005-1 to -4), 0 for anything else
  bool hasRgbIntent = false;  ///< an output intent says what DeviceRGB means

  bool forbidsTransparency() const { return archivePart == 1; }
  bool wantsCalibratedColour() const { return archivePart != 0 && !hasRgbIntent; }
};

Conformance conformanceOf(QPDF& pdf);

}  // namespace sealferry::pdf
