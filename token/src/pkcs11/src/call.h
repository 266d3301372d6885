// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace sealferry::token::pkcs11 {

/// CK_RV, as every function of PKCS#11 answers it. call.cpp is the only reader of its values.
using Status = unsigned long;

Error errorOf(const char* call, Status status);
/// Nothing on CKR_OK, else the failure with the status in it.
Result<void> called(const char* call, Status status);

/// The module was, or was not, initialised already: by libp11 as well as by ourselves.
bool alreadyInitialized(Status status);
bool notInitialized(const Error& error);
bool wasLoggedIn(const Error& error);
bool attributeMissing(Status status);
/// An object is known by another number than when it was listed.
bool handleIsStale(const Error& error);
/// A status that drivers also give when the key has been pulled: whether it has must be looked up.
bool mayMeanGone(const Error& error);

}  // namespace sealferry::token::pkcs11
