// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.h"

namespace sealferry::pki {

inline tl::unexpected<Error> badField(std::string where, std::string field) {
  return tl::unexpected<Error>(Error{ErrorCode::bad_request, std::move(where), 0, {}, {{"field", std::move(field)}}});
}

}  // namespace sealferry::pki
