// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "document/report.h"
#include "permissions.h"
#include "revision.h"

namespace sealferry::pdf {

/// What was changed from one revision to a later one, and whether what was signed before permits it. An allow-list:
/// what is not known to be harmless is forbidden, also where nothing seems to lead to it.
std::vector<document::Change> changesBetween(Revision& before, Revision& after, const Permissions& permissions);

}  // namespace sealferry::pdf
