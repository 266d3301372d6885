// SPDX-License-Identifier: Apache-2.0
#include "number.h"

#include <cstdio>

namespace sealferry::pdf {

std::string number(double value) {
  char text[340];  // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

std::string numbers(std::initializer_list<double> values) {
  std::string text = "[";
  for (const auto value : values) text += (text.size() > 1 ? " " : "") + number(value);
  return text + "]";
}

}  // namespace sealferry::pdf
