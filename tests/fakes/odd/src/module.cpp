// SPDX-License-Identifier: Apache-2.0
// A module that passes calls on to the fake one, and does one thing as some vendor's might: see `oddities`.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

namespace {

CK_FUNCTION_LIST* theReal() {
  static CK_FUNCTION_LIST* real = [] {
    CK_FUNCTION_LIST* list = nullptr;
    void* library = dlopen(FAKE_MODULE, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) std::abort();
    (void)reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"))(&list);
    return list;
  }();
  return real;
}

std::string oddity() {
  const char* name = std::getenv("SEALFERRY_ODD");
  return name == nullptr ? "" : name;
}

/// Not written for more than one thread, and says so (v2.40 §5.4).
CK_RV initializeUnlocked(void* arguments) {
  return arguments == nullptr ? theReal()->C_Initialize(nullptr) : CKR_CANT_LOCK;
}

/// Has no word for being initialised already.
CK_RV initializeOnce(void* arguments) {
  const auto status = theReal()->C_Initialize(arguments);
  return status == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_GENERAL_ERROR : status;
}

constexpr unsigned long readers = 100, fakeSlot = 7;

/// As many readers as a terminal server has, the key in the last; the others hold what the driver does not know.
CK_RV manySlots(unsigned char, CK_SLOT_ID* slots, unsigned long* count) {
  const auto room = std::exchange(*count, readers);
  if (slots == nullptr) return CKR_OK;
  if (room < readers) return CKR_BUFFER_TOO_SMALL;
  for (unsigned long i = 0; i < readers; ++i) slots[i] = 1000 + i;
  slots[readers - 1] = fakeSlot;
  return CKR_OK;
}

constexpr unsigned long secondSlot = 8;

CK_RV twoSlots(unsigned char, CK_SLOT_ID* slots, unsigned long* count) {
  const auto room = std::exchange(*count, 2);
  if (slots == nullptr) return CKR_OK;
  if (room < 2) return CKR_BUFFER_TOO_SMALL;
  slots[0] = fakeSlot;
  slots[1] = secondSlot;
  return CKR_OK;
}

/// The key again, as it were another one of its kind: another reader, the same serial number.
CK_RV readersOfTwins(CK_SLOT_ID slot, CK_SLOT_INFO* info) {
  const auto status = theReal()->C_GetSlotInfo(fakeSlot, info);
  if (status == CKR_OK && slot == secondSlot) info->slotDescription[0] = '2';
  return status;
}

CK_RV tokenInBoth(CK_SLOT_ID, CK_TOKEN_INFO* info) { return theReal()->C_GetTokenInfo(fakeSlot, info); }

/// The key again, as OpenSC shows what has a second PIN: the same reader, another label.
CK_RV oneReader(CK_SLOT_ID, CK_SLOT_INFO* info) { return theReal()->C_GetSlotInfo(fakeSlot, info); }

CK_RV labelOfEachPin(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  const auto status = theReal()->C_GetTokenInfo(fakeSlot, info);
  if (status == CKR_OK && slot == secondSlot) info->label[0] = '2';
  return status;
}

CK_RV tokenOfFakeOnly(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  return slot == fakeSlot ? theReal()->C_GetTokenInfo(slot, info) : CKR_TOKEN_NOT_RECOGNIZED;
}

/// Tells nothing of a private key but its id, and has an error of its own for that.
CK_RV silentPrivateKeys(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* list, unsigned long count) {
  unsigned long kind = 0;
  CK_ATTRIBUTE ofKind{CKA_CLASS, &kind, sizeof kind};
  const auto known = theReal()->C_GetAttributeValue(session, object, &ofKind, 1);
  const auto isPublic = [](const CK_ATTRIBUTE& one) {
    return one.type == CKA_ID || one.type == CKA_CLASS || one.type == CKA_KEY_TYPE || one.type == CKA_LABEL;
  };
  if (known == CKR_OK && kind == CKO_PRIVATE_KEY && !std::all_of(list, list + count, isPublic))
    return CKR_FUNCTION_FAILED;
  return theReal()->C_GetAttributeValue(session, object, list, count);
}

CK_RV noSessionInfo(CK_SESSION_HANDLE, CK_SESSION_INFO*) { return CKR_FUNCTION_NOT_SUPPORTED; }

/// Left empty what it does not have.
void leaveOut(CK_FUNCTION_LIST& list) {
  list.C_WaitForSlotEvent = nullptr;
  list.C_GetSessionInfo = nullptr;
  list.C_InitPIN = nullptr;
  list.C_GenerateKeyPair = nullptr;
}

using Change = void (*)(CK_FUNCTION_LIST&);

const std::map<std::string, Change> oddities{
    {"", [](CK_FUNCTION_LIST&) {}},
    {"noLocking", [](CK_FUNCTION_LIST& list) { list.C_Initialize = initializeUnlocked; }},
    {"initializedOnce", [](CK_FUNCTION_LIST& list) { list.C_Initialize = initializeOnce; }},
    {"manySlots",
     [](CK_FUNCTION_LIST& list) {
       list.C_GetSlotList = manySlots;
       list.C_GetTokenInfo = tokenOfFakeOnly;
     }},
    {"twins",
     [](CK_FUNCTION_LIST& list) {
       list.C_GetSlotList = twoSlots;
       list.C_GetSlotInfo = readersOfTwins;
       list.C_GetTokenInfo = tokenInBoth;
     }},
    {"twoPins",
     [](CK_FUNCTION_LIST& list) {
       list.C_GetSlotList = twoSlots;
       list.C_GetSlotInfo = oneReader;
       list.C_GetTokenInfo = labelOfEachPin;
     }},
    {"silentPrivateKeys", [](CK_FUNCTION_LIST& list) { list.C_GetAttributeValue = silentPrivateKeys; }},
    {"noSessionInfo", [](CK_FUNCTION_LIST& list) { list.C_GetSessionInfo = noSessionInfo; }},
    {"leftOut", leaveOut},
    {"interfaceOnly", [](CK_FUNCTION_LIST&) {}},
};

CK_FUNCTION_LIST* theList() {
  static CK_FUNCTION_LIST list;
  list = *theReal();
  oddities.at(oddity())(list);
  return &list;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  if (oddity() == "interfaceOnly") return CKR_FUNCTION_NOT_SUPPORTED;
  *list = theList();
  return CKR_OK;
}

/// PKCS#11 v3.0 §5.4.5; the first members of each list are those of version 2.40.
struct Interface {
  const char* name;
  void* functions;
  CK_FLAGS flags;
};

extern "C" __attribute__((visibility("default"))) CK_RV C_GetInterface(unsigned char*, CK_VERSION*, Interface** found,
                                                                       CK_FLAGS) {
  static Interface interface { "PKCS 11", nullptr, 0 };
  interface.functions = theList();
  *found = &interface;
  return CKR_OK;
}
