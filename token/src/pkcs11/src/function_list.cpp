// SPDX-License-Identifier: Apache-2.0
#include "function_list.h"

#include <dlfcn.h>

#include "cryptoki.h"

namespace sealferry::token::pkcs11 {
namespace {

/// CK_INTERFACE (v3.0 §3.6). Every list of the interface "PKCS 11" begins like that of version 2.40.
struct Interface {
  const char* name;
  FunctionList* functions;
  CK_FLAGS flags;
};
using GetInterface = CK_RV (*)(const char* name, CK_VERSION* version, Interface** found, CK_FLAGS flags);

/// The way of version 3.0, for modules that have no other.
FunctionList* listOfInterface(void* library) {
  const auto get = reinterpret_cast<GetInterface>(dlsym(library, "C_GetInterface"));
  Interface* found = nullptr;
  if (get == nullptr || get("PKCS 11", nullptr, &found, 0) != CKR_OK || found == nullptr) return nullptr;
  return found->functions;
}

FunctionList* listOf(void* library) {
  const auto get = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  FunctionList* found = nullptr;
  if (get != nullptr && get(&found) == CKR_OK && found != nullptr) return found;
  return listOfInterface(library);
}

template <class... Arguments>
CK_RV unsupported(Arguments...) {
  return CKR_FUNCTION_NOT_SUPPORTED;
}

template <class... Arguments>
void fill(CK_RV (*&function)(Arguments...)) {
  if (function == nullptr) function = unsupported<Arguments...>;
}

template <class... Functions>
void fillAll(Functions&... functions) {
  (fill(functions), ...);
}

/// Those that are called here.
void fillGaps(FunctionList& list) {
  fillAll(list.C_Initialize, list.C_Finalize, list.C_GetInfo, list.C_GetSlotList, list.C_GetSlotInfo,
          list.C_GetTokenInfo, list.C_WaitForSlotEvent);
  fillAll(list.C_OpenSession, list.C_CloseSession, list.C_GetSessionInfo, list.C_Login, list.C_Logout, list.C_SetPIN,
          list.C_InitPIN);
  fillAll(list.C_FindObjectsInit, list.C_FindObjects, list.C_FindObjectsFinal, list.C_GetAttributeValue,
          list.C_SetAttributeValue, list.C_CreateObject, list.C_DestroyObject);
  fillAll(list.C_SignInit, list.C_Sign, list.C_GenerateKeyPair);
}

}  // namespace

Result<std::unique_ptr<FunctionList>> functionListOf(void* library) {
  const auto* found = listOf(library);
  if (found == nullptr)
    return tl::unexpected<Error>(Error{ErrorCode::no_driver, "C_GetFunctionList", 0, {}, {{"reason", "notAModule"}}});
  auto list = std::make_unique<FunctionList>(*found);
  fillGaps(*list);
  return list;
}

}  // namespace sealferry::token::pkcs11
