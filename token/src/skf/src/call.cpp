// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include "native.h"

namespace sealferry::token::skf {
namespace {

/// Statuses that say nothing a user could act on stay `internal`, with the number for the log.
ErrorCode codeOf(Status status) {
  switch (status) {
    case native::deviceRemoved:
      return ErrorCode::key_removed;
    case native::pinIncorrect:
      return ErrorCode::pin_incorrect;
    case native::pinLocked:
      return ErrorCode::pin_locked;
    case native::pinInvalid:
    case native::pinLengthRange:
      return ErrorCode::pin_unusable;
    case native::noRoom:
    case native::tooManyContainers:
      return ErrorCode::no_room;
    case native::notSupported:
    case native::keyUsage:
    case native::modulusLength:
    case native::rsaModulusLength:
    case native::keyInfoType:
      return ErrorCode::mechanism_missing;
    case native::keyNotFound:
    case native::certificateNotFound:
    case native::containerMissing:
      return ErrorCode::no_certificate;
    default:
      return ErrorCode::internal;
  }
}

}  // namespace

Result<void> called(const char* call, Status status) {
  if (status == native::ok) return {};
  return tl::unexpected<Error>(Error{codeOf(status), call, status, {}, {}});
}

bool isAbsent(const Error& error) {
  switch (error.native) {
    case native::keyNotFound:
    case native::certificateNotFound:
    case native::notExported:
    case native::fileNotExist:
    case native::containerMissing:
      return true;
    default:
      return false;
  }
}

bool saysNothing(const Error& error) { return error.native == native::fail; }

bool wantsRoom(const Error& error) {
  switch (error.native) {
    case native::notSupported:
    case native::invalidParameter:
    case native::inDataLength:
    case native::inData:
    case native::bufferTooSmall:
      return true;
    default:
      return false;
  }
}

bool isUnreadable(const Error& error) {
  return error.native == native::fileError || error.native == native::readFile || error.native == native::fileNotExist;
}

bool needsLogin(const Error& error) { return error.native == native::notLoggedIn; }

bool mayMeanGone(const Error& error) {
  switch (error.native) {
    case native::fail:
    case native::unknown:
    case native::fileError:
    case native::invalidHandle:
    case native::readFile:
    case native::writeFile:
    case native::timeOut:
    case native::deviceRemoved:
      return true;
    default:
      return error.code == ErrorCode::key_removed;
  }
}

bool wasLoggedIn(const Error& error) { return error.native == native::alreadyLoggedIn; }

}  // namespace sealferry::token::skf
