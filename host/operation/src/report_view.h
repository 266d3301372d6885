// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document/report.h"
#include "wire/answers.h"

namespace sealferry::operation {

wire::ReportView viewOf(const document::Report& report);

}  // namespace sealferry::operation
