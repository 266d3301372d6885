// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan.h"

namespace sealferry::token::store {

/// What the change makes of the files of the profile that policy names: added to the plan as parcels. no_room if there
/// is no place or a file would grow too large; layout_unknown if the profile cannot hold a seal of the change.
Result<void> planVendorFiles(ObjectStore& objects, const Change& change, const View& view, const Shelf& shelf,
                             Plan& plan);

}  // namespace sealferry::token::store
