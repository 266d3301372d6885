// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <winscard.h>

#include "base/result.h"

namespace sealferry::token::pcsc {

/// The functions of libpcsclite that are used. Looked up at run time, so that a machine without it loses nothing else.
struct Library {
  decltype(&SCardEstablishContext) establish = nullptr;
  decltype(&SCardReleaseContext) release = nullptr;
  decltype(&SCardListReaders) list = nullptr;
  decltype(&SCardGetStatusChange) statusChange = nullptr;
};

Result<Library> loadLibrary();

}  // namespace sealferry::token::pcsc
