// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <initializer_list>
#include <string>

namespace sealferry::pdf {

/// A real number as PDF writes it, to a ten-thousandth.
std::string number(double value);
/// "[a b c]"
std::string numbers(std::initializer_list<double> values);

}  // namespace sealferry::pdf
