// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include "cryptoki.h"

namespace sealferry::token::pkcs11 {
namespace {

/// PKCS#11 v2.40 §11.1. Statuses that say nothing a user could act on stay `internal`, with the number for the log.
ErrorCode codeOf(Status status) {
  switch (status) {
    case CKR_FUNCTION_CANCELED:
      return ErrorCode::cancelled;  // on a reader with its own PIN pad
    case CKR_SLOT_ID_INVALID:
    case CKR_DEVICE_REMOVED:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_TOKEN_NOT_PRESENT:
      return ErrorCode::key_removed;
    case CKR_TOKEN_NOT_RECOGNIZED:
      return ErrorCode::no_key;
    case CKR_SESSION_COUNT:
      return ErrorCode::key_busy;
    case CKR_DEVICE_MEMORY:
      return ErrorCode::no_room;
    case CKR_PIN_INCORRECT:
      return ErrorCode::pin_incorrect;
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
      return ErrorCode::pin_unusable;
    case CKR_PIN_EXPIRED:
      return ErrorCode::pin_must_change;
    case CKR_PIN_LOCKED:
      return ErrorCode::pin_locked;
    case CKR_SESSION_READ_ONLY:
    case CKR_TOKEN_WRITE_PROTECTED:
      return ErrorCode::read_only;
    case CKR_FUNCTION_NOT_SUPPORTED:
    case CKR_USER_TYPE_INVALID:
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_KEY_SIZE_RANGE:
    case CKR_KEY_TYPE_INCONSISTENT:
    case CKR_KEY_FUNCTION_NOT_PERMITTED:
      return ErrorCode::mechanism_missing;
    default:
      return ErrorCode::internal;
  }
}

}  // namespace

Error errorOf(const char* call, Status status) { return Error{codeOf(status), call, status, {}, {}}; }

Result<void> called(const char* call, Status status) {
  if (status == CKR_OK) return {};
  return tl::unexpected<Error>(errorOf(call, status));
}

bool alreadyInitialized(Status status) { return status == CKR_CRYPTOKI_ALREADY_INITIALIZED; }

bool notInitialized(const Error& error) { return error.native == CKR_CRYPTOKI_NOT_INITIALIZED; }

bool wasLoggedIn(const Error& error) { return error.native == CKR_USER_ALREADY_LOGGED_IN; }

bool attributeMissing(Status status) {
  return status == CKR_ATTRIBUTE_TYPE_INVALID || status == CKR_ATTRIBUTE_SENSITIVE;
}

bool handleIsStale(const Error& error) {
  return error.native == CKR_OBJECT_HANDLE_INVALID || error.native == CKR_KEY_HANDLE_INVALID;
}

// Seen with OpenSC when a key is pulled: 0x05 in the middle of a call, 0x32 later, 0xB3 for the old session; 0x30 from
// a module behind p11-kit; 0xE0 is what the standard foresees.
bool mayMeanGone(const Error& error) {
  switch (error.native) {
    case CKR_GENERAL_ERROR:
    case CKR_FUNCTION_FAILED:
    case CKR_DEVICE_ERROR:
    case CKR_DEVICE_REMOVED:
    case CKR_SESSION_CLOSED:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SLOT_ID_INVALID:
    case CKR_TOKEN_NOT_PRESENT:
      return true;
    default:
      return false;
  }
}

}  // namespace sealferry::token::pkcs11
