// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <winscard.h>

namespace sealferry::token::pcsc {

Outcome outcomeOf(Status status) {
  switch (status) {
    case SCARD_S_SUCCESS:
      return Outcome::done;
    case SCARD_E_TIMEOUT:
    case SCARD_E_CANCELLED:
      return Outcome::quiet;
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
    case SCARD_E_NO_READERS_AVAILABLE:
    case SCARD_E_INSUFFICIENT_BUFFER:  // one came between asking for the length and for the list
      return Outcome::readersMoved;
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
    case SCARD_F_COMM_ERROR:
    case SCARD_E_INVALID_HANDLE:
    case SCARD_F_INTERNAL_ERROR:  // what pcsclite 1.9 answers when the service goes away in the middle of a call
      return Outcome::noService;
    default:
      return Outcome::failed;
  }
}

Error errorOf(const char* call, Status status) {
  return Error{ErrorCode::no_driver, call, static_cast<std::uint64_t>(status) & 0xFFFFFFFFU, {}, {}};
}

}  // namespace sealferry::token::pcsc
