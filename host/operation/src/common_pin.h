// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/secret.h"

namespace sealferry::operation {

/// One of the PINs that keys leave the factory with, or that anybody would try first: one character over and over, a
/// run up or down (123456, 87654321), a short piece repeated (123123). It is looked at where it lies, not copied.
bool isCommonPin(const Secret& pin);

}  // namespace sealferry::operation
