// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>
#include <string_view>

namespace sealferry::pdf {

/// What a document says of itself that a stamp must not break (docs/stamping.md).
struct Conformance {
  int archivePart = 0;        ///< 1 to 4 for PDF/A (ISO 19005-1 to -4), 0 for anything else
  bool hasRgbIntent = false;  ///< an output intent says what DeviceRGB means

  bool forbidsTransparency() const { return archivePart == 1; }
  bool wantsCalibratedColour() const { return archivePart != 0 && !hasRgbIntent; }
};

/// Gray as calibrated colour (ISO 32000-1 §8.6.5.2).
inline constexpr std::string_view calibratedGray = "[/CalGray <</WhitePoint [0.9505 1 1.089] /Gamma 2.2>>]";

Conformance conformanceOf(QPDF& pdf);

}  // namespace sealferry::pdf
