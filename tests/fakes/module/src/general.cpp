// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "calls.h"
#include "state.h"

namespace sealferry::fake {
namespace {

/// A place in this module, for the dynamic linker to find it by.
const char theModule = 0;

template <std::size_t size>
void fill(unsigned char (&field)[size], std::string_view text) {
  std::fill(std::begin(field), std::end(field), ' ');
  std::copy_n(text.begin(), std::min(size, text.size()), std::begin(field));
}

/// The folder `MODULE.key` beside this very module, so that copies of it are drivers of several vendors; else what
/// SEALFERRY_FAKE_KEY names.
std::filesystem::path keyFolder() {
  Dl_info self{};
  if (dladdr(&theModule, &self) != 0 && self.dli_fname != nullptr)
    if (const auto beside = std::string(self.dli_fname) + ".key"; std::filesystem::exists(beside)) return beside;
  const char* folder = std::getenv("SEALFERRY_FAKE_KEY");
  return folder == nullptr ? "" : folder;
}

CK_RV initialize(void*) {
  const std::lock_guard lock(state().guard);
  if (state().initialized) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  const auto folder = keyFolder();
  if (folder.empty()) return CKR_GENERAL_ERROR;
  state().store = Store(folder);
  if (state().faults.enter(state().store, "C_Initialize") == Fault::error) return CKR_GENERAL_ERROR;
  state().initialized = true;
  return CKR_OK;
}

CK_RV finalize(void*) {
  const std::lock_guard lock(state().guard);
  if (!state().initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  if (state().faults.enter(state().store, "C_Finalize") == Fault::error) return CKR_GENERAL_ERROR;
  state().sessions.clear();
  state().initialized = state().loggedIn = false;
  return CKR_OK;
}

CK_RV getInfo(CK_INFO* info) {
  return guarded("C_GetInfo", [&](bool) {
    *info = {};
    info->cryptokiVersion = {2, 40};
    fill(info->manufacturerID, "SealFerry tests");
    fill(info->libraryDescription, "fake module");
    info->libraryVersion = {1, 0};
    return CKR_OK;
  });
}

CK_RV getSlotList(unsigned char present, CK_SLOT_ID* slots, unsigned long* count) {
  return guarded("C_GetSlotList", [&](bool lie) -> CK_RV {
    const unsigned long mine = present != 0 && state().store.pulled() ? 0 : 1;
    if (slots != nullptr && *count < mine) return CKR_BUFFER_TOO_SMALL;
    if (slots != nullptr && mine > 0) slots[0] = theSlot;
    *count = lie ? 1UL << 32 : mine;
    return CKR_OK;
  });
}

CK_RV getSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO* info) {
  return guarded("C_GetSlotInfo", [&](bool) -> CK_RV {
    if (slot != theSlot) return CKR_SLOT_ID_INVALID;
    *info = {};
    fill(info->slotDescription, "fake reader");
    fill(info->manufacturerID, "SealFerry tests");
    info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (state().store.pulled() ? 0 : CKF_TOKEN_PRESENT);
    return CKR_OK;
  });
}

/// Blocks until the key was pulled or plugged in; outside the lock, as a module must.
CK_RV waitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID* slot, void*) {
  std::unique_lock lock(state().guard);
  if (!state().initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  auto& store = state().store;
  if (!store.tellsEvents()) return CKR_FUNCTION_NOT_SUPPORTED;
  static const int changes = store.changes();
  static auto seen = std::pair(store.pulled(), store.insertion());
  while (seen == std::pair(store.pulled(), store.insertion())) {
    if ((flags & CKF_DONT_BLOCK) != 0) return CKR_NO_EVENT;
    std::array<char, 4096> names{};
    lock.unlock();
    (void)!read(changes, names.data(), names.size());
    lock.lock();
  }
  seen = {store.pulled(), store.insertion()};
  *slot = theSlot;
  return CKR_OK;
}

CK_FLAGS tokenFlags(const Store& store) {
  CK_FLAGS flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_RNG;
  const int tries = store.triesLeft();
  if (tries < 3 && !store.quiet()) flags |= CKF_USER_PIN_COUNT_LOW;
  if (tries == 1 && !store.quiet()) flags |= CKF_USER_PIN_FINAL_TRY;
  if (tries == 0) flags |= CKF_USER_PIN_LOCKED;
  const int officerTries = store.officerTriesLeft();
  if (officerTries < 3 && !store.quiet()) flags |= CKF_SO_PIN_COUNT_LOW;
  if (officerTries == 1 && !store.quiet()) flags |= CKF_SO_PIN_FINAL_TRY;
  if (officerTries == 0) flags |= CKF_SO_PIN_LOCKED;
  if (store.mustChangePin()) flags |= CKF_USER_PIN_TO_BE_CHANGED;
  if (store.padPin()) flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  return flags;
}

CK_RV getTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  if (slot != theSlot) return CKR_SLOT_ID_INVALID;
  return withKey("C_GetTokenInfo", [&](bool) {
    const auto& store = state().store;
    *info = {};
    fill(info->label, "测试锁");
    fill(info->manufacturerID, "SealFerry tests");
    fill(info->model, "fake");
    fill(info->serialNumber, store.serial());
    info->flags = tokenFlags(store);
    info->ulMinPinLen = 4;
    info->ulMaxPinLen = 16;
    const auto limit = store.memoryLimit();
    info->ulTotalPublicMemory = limit.value_or(CK_UNAVAILABLE_INFORMATION);
    info->ulFreePublicMemory = limit ? *limit - store.usedMemory() : CK_UNAVAILABLE_INFORMATION;
    info->ulTotalPrivateMemory = info->ulFreePrivateMemory = CK_UNAVAILABLE_INFORMATION;
    return CKR_OK;
  });
}

constexpr std::array<CK_MECHANISM_TYPE, 5> mechanisms{CKM_RSA_PKCS_KEY_PAIR_GEN, CKM_RSA_PKCS, CKM_RSA_PKCS_PSS,
                                                      CKM_EC_KEY_PAIR_GEN, CKM_ECDSA};

CK_RV getMechanismList(CK_SLOT_ID, CK_MECHANISM_TYPE* list, unsigned long* count) {
  return guarded("C_GetMechanismList", [&](bool) -> CK_RV {
    if (list != nullptr && *count < mechanisms.size()) return CKR_BUFFER_TOO_SMALL;
    if (list != nullptr) std::ranges::copy(mechanisms, list);
    *count = mechanisms.size();
    return CKR_OK;
  });
}

CK_RV getMechanismInfo(CK_SLOT_ID, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info) {
  return guarded("C_GetMechanismInfo", [&](bool) -> CK_RV {
    if (std::ranges::find(mechanisms, type) == mechanisms.end()) return CKR_MECHANISM_INVALID;
    *info = {256, 4096, CKF_HW | CKF_SIGN};
    return CKR_OK;
  });
}

}  // namespace

void addGeneral(CK_FUNCTION_LIST& list) {
  list.C_Initialize = initialize;
  list.C_Finalize = finalize;
  list.C_GetInfo = getInfo;
  list.C_GetFunctionList = C_GetFunctionList;
  list.C_GetSlotList = getSlotList;
  list.C_GetSlotInfo = getSlotInfo;
  list.C_WaitForSlotEvent = waitForSlotEvent;
  list.C_GetTokenInfo = getTokenInfo;
  list.C_GetMechanismList = getMechanismList;
  list.C_GetMechanismInfo = getMechanismInfo;
}

}  // namespace sealferry::fake
