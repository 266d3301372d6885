// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/object_store.h"
#include "token/backend.h"

namespace sealferry::token::store {

Result<void> applyChange(ObjectStore& objects, const Change& change, const ProgressSink& progress);

}  // namespace sealferry::token::store
