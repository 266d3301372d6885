// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <tl/expected.hpp>

#include "base/error.h"

namespace sealferry {

/// A value or the reason why there is none. std::expected when the compilers have it.
template <class T>
using Result = tl::expected<T, Error>;

/// A failure of our own: `return fail(ErrorCode::no_key, "openKey");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string where, std::uint64_t native = 0) {
  return tl::unexpected<Error>(Error{code, std::move(where), native, {}, {}});
}

/// Hands another call's failure on: `if (!x) return passOn(x);`
template <class T>
tl::unexpected<Error> passOn(const Result<T>& result) {
  return tl::unexpected<Error>(result.error());
}

}  // namespace sealferry
