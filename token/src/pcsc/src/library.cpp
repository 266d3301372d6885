// SPDX-License-Identifier: Apache-2.0
#include "library.h"

#include <dlfcn.h>

namespace sealferry::token::pcsc {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace

Result<Library> loadLibrary() {
  void* handle = dlopen("libpcsclite.so.1", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return fail(ErrorCode::no_driver, "dlopen");
  Library library;
  const bool whole = find(handle, "SCardEstablishContext", library.establish) &&
                     find(handle, "SCardReleaseContext", library.release) &&
                     find(handle, "SCardListReaders", library.list) &&
                     find(handle, "SCardGetStatusChange", library.statusChange);
  if (!whole) return fail(ErrorCode::no_driver, "dlsym");
  return library;
}

}  // namespace sealferry::token::pcsc
