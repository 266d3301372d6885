// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "fields.h"
#include "wire/messages.h"

namespace sealferry::wire {

/// One row a method: adding a message begins here.
struct MethodRow {
  std::string_view name;
  Params (*read)(Fields&);
};

std::span<const MethodRow> methodTable();

/// Stamping has so many members that it has a file of its own.
Params readStampDocument(Fields& fields);
Params readAddTimestamp(Fields& fields);

}  // namespace sealferry::wire
