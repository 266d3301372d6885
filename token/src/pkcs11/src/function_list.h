// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "module.h"

namespace sealferry::token::pkcs11 {

/// The functions of a loaded module; no_driver if it is none. What a module leaves empty, against the standard (v2.40
/// §5.1), answers CKR_FUNCTION_NOT_SUPPORTED.
Result<std::unique_ptr<FunctionList>> functionListOf(void* library);

}  // namespace sealferry::token::pkcs11
