// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "step.h"

namespace sealferry::pdf {

/// A field that was there before, or a widget of it.
struct FieldChange {
  QPDFObjectHandle before, after;
  std::string name, type;  ///< full name; /FT, inherited
  bool refilled;           ///< a field above it was filled in
};

/// Judges what differs in it; true if it (or a field above) was given another value.
bool judgeField(Step& step, FieldChange& change);

/// A field that is new may only be a signature field, signed, with widgets that do nothing.
void judgeNewField(Step& step, QPDFObjectHandle field);

}  // namespace sealferry::pdf
