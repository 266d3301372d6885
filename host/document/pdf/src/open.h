// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <qpdf/QPDF.hh>
#include <string>

#include "base/result.h"
#include "part_input.h"

namespace sealferry::pdf {

tl::unexpected<Error> unreadable(std::string reason);
tl::unexpected<Error> refuse(ErrorCode code, std::string reason);
/// bad_request, naming the member of the request that is at fault.
tl::unexpected<Error> badRequest(std::string field);

/// Parses the document, whose source must outlive it and the input. Never a repaired one: with recovery, /Prev would
/// point to a table that is broken.
Result<std::unique_ptr<QPDF>> openDocument(const std::shared_ptr<PartInput>& input);

/// What the parser remarked so far, which it forgets: document_unreadable with reason damaged for something that it
/// passed over, with reason size for a /Size below numbers that are in use. One that counts generously is no damage.
Result<void> checkWarnings(QPDF& pdf);

}  // namespace sealferry::pdf
