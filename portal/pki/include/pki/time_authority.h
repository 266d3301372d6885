// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki/issue.h"

namespace sealferry::pki {

/// A time stamp token (RFC 3161 §2.4.2; SM3, signed with SM2 as GB/T 20520 has it) over these bytes, by an authority of
/// Profile::timeAuthority. Version 5 seals carry one over the maker's signature. The answer to a query, which a service
/// for others would have to read, is not here: the demonstration stamps its own seals only.
Result<Bytes> timeStamp(const Authority& authority, ByteView stamped, Time now);

}  // namespace sealferry::pki
