// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/bytes.h"

namespace sealferry::pdf {

/// As /FlateDecode unpacks it.
Bytes deflate(ByteView data);

}  // namespace sealferry::pdf
