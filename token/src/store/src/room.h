// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan.h"

namespace sealferry::token::store {

enum class Way {
  beside,   ///< the new is written beside the old
  inPlace,  ///< the old is destroyed first: only where the order allows it and both do not fit
};

/// Is there anything to be deleted first, and nothing lost with it that is to stay?
bool mayBeInPlace(const Plan& plan);

/// How the plan fits into the free memory; no_room if it does not. `beside` where the key does not tell.
Result<Way> findRoom(ObjectStore& objects, const Plan& plan, const View& view, bool allowInPlace);

}  // namespace sealferry::token::store
