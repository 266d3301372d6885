// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sealferry::trust {

/// Every block of a PEM text that carries this label, in order; or, when the bytes are no PEM, the bytes themselves.
/// Empty for a PEM text that is broken or has no such block.
std::vector<Bytes> partsOf(ByteView pemOrDer, std::string_view label);
std::string toPem(std::string_view label, ByteView der);

}  // namespace sealferry::trust
