// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "calls.h"
#include "state.h"

namespace sealferry::fake {
namespace {

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, void*, CK_NOTIFY, CK_SESSION_HANDLE* handle) {
  if (slot != theSlot) return CKR_SLOT_ID_INVALID;
  return withKey("C_OpenSession", [&](bool) {
    *handle = ++state().lastSession;
    auto& session = state().sessions[*handle];
    session.insertion = state().store.insertion();
    session.readWrite = (flags & CKF_RW_SESSION) != 0;
    return CKR_OK;
  });
}

/// PKCS#11 v2.40 §5.6: with the last session the login ends.
void afterClosing() {
  if (state().sessions.empty()) state().loggedIn = state().officerLoggedIn = false;
}

CK_RV closeSession(CK_SESSION_HANDLE handle) {
  return guarded("C_CloseSession", [&](bool) -> CK_RV {
    const bool known = state().sessions.erase(handle) == 1;
    afterClosing();
    return known ? CKR_OK : CKR_SESSION_HANDLE_INVALID;
  });
}

CK_RV closeAllSessions(CK_SLOT_ID) {
  return guarded("C_CloseAllSessions", [&](bool) {
    state().sessions.clear();
    afterClosing();
    return CKR_OK;
  });
}

CK_RV getSessionInfo(CK_SESSION_HANDLE handle, CK_SESSION_INFO* info) {
  return withSession("C_GetSessionInfo", handle, [&](SessionState& session, bool) {
    *info = {};
    info->slotID = theSlot;
    info->flags = CKF_SERIAL_SESSION | (session.readWrite ? CKF_RW_SESSION : 0);
    if (session.readWrite)
      info->state = state().loggedIn ? CKS_RW_USER_FUNCTIONS : CKS_RW_PUBLIC_SESSION;
    else
      info->state = state().loggedIn ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION;
    return CKR_OK;
  });
}

/// One try. The count goes down before the comparison, as on a card that fears power loss.
CK_RV tryPin(Store& store, const std::string& tried) {
  const int tries = store.triesLeft();
  if (tries == 0) return CKR_PIN_LOCKED;
  store.countPin();
  store.setTriesLeft(tries - 1);
  if (tried != store.pin()) return CKR_PIN_INCORRECT;
  store.setTriesLeft(3);
  return CKR_OK;
}

CK_RV tryOfficerPin(Store& store, const std::string& tried) {
  const int tries = store.officerTriesLeft();
  if (tries == 0) return CKR_PIN_LOCKED;
  store.setOfficerTriesLeft(tries - 1);
  if (tried != store.officerPin()) return CKR_PIN_INCORRECT;
  store.setOfficerTriesLeft(3);
  return CKR_OK;
}

/// What the program passes, or what is typed on the key itself (PKCS#11 v2.40 §5.6.5: a null pointer then).
std::string pinText(const unsigned char* pin, unsigned long size, bool chosen = false) {
  if (pin == nullptr) {
    const auto typed = state().store.padPin().value_or("");
    return chosen ? typed.substr(typed.find(' ') + 1) : typed.substr(0, typed.find(' '));
  }
  return {reinterpret_cast<const char*>(pin), size};
}

/// Between C_SignInit and C_Sign (PKCS#11 v2.40 §5.6).
CK_RV loginForSignature(SessionState& session, const std::string& tried) {
  if (!state().loggedIn) return CKR_USER_NOT_LOGGED_IN;
  if (session.signingKey == 0) return CKR_OPERATION_NOT_INITIALIZED;
  const auto status = tryPin(state().store, tried);
  if (status == CKR_OK) session.wantsPin = false;
  return status;
}

CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE user, unsigned char* pin, unsigned long size) {
  return withSession("C_Login", handle, [&](SessionState& session, bool) -> CK_RV {
    if (user == CKU_CONTEXT_SPECIFIC) return loginForSignature(session, pinText(pin, size));
    if (user != CKU_USER && user != CKU_SO) return CKR_USER_TYPE_INVALID;
    if (state().loggedIn || state().officerLoggedIn) return CKR_USER_ALREADY_LOGGED_IN;
    if (user == CKU_SO) {
      const auto status = tryOfficerPin(state().store, pinText(pin, size));
      state().officerLoggedIn = status == CKR_OK;
      return status;
    }
    if (state().store.mustChangePin()) return CKR_PIN_EXPIRED;
    const auto status = tryPin(state().store, pinText(pin, size));
    state().loggedIn = status == CKR_OK;
    return status;
  });
}

CK_RV logout(CK_SESSION_HANDLE handle) {
  return withSession("C_Logout", handle, [&](SessionState&, bool) -> CK_RV {
    if (!state().loggedIn && !state().officerLoggedIn) return CKR_USER_NOT_LOGGED_IN;
    state().loggedIn = state().officerLoggedIn = false;
    return CKR_OK;
  });
}

CK_RV setPin(CK_SESSION_HANDLE handle, unsigned char* current, unsigned long currentSize, unsigned char* next,
             unsigned long nextSize) {
  return withSession("C_SetPIN", handle, [&](SessionState& session, bool) -> CK_RV {
    if (!session.readWrite) return CKR_SESSION_READ_ONLY;
    const auto chosen = pinText(next, nextSize, true);
    if (chosen.size() < 4 || chosen.size() > 16) return CKR_PIN_LEN_RANGE;
    const auto status = tryPin(state().store, pinText(current, currentSize));
    if (status != CKR_OK) return status;
    state().store.setPin(chosen);
    state().store.setMustChangePin(false);
    return CKR_OK;
  });
}

CK_RV initPin(CK_SESSION_HANDLE handle, unsigned char* next, unsigned long size) {
  return withSession("C_InitPIN", handle, [&](SessionState& session, bool) -> CK_RV {
    if (!session.readWrite) return CKR_SESSION_READ_ONLY;
    if (!state().officerLoggedIn) return CKR_USER_NOT_LOGGED_IN;
    const auto chosen = pinText(next, size, true);
    if (chosen.size() < 4 || chosen.size() > 16) return CKR_PIN_LEN_RANGE;
    state().store.setPin(chosen);
    state().store.setTriesLeft(3);
    return CKR_OK;
  });
}

}  // namespace

void addSessions(CK_FUNCTION_LIST& list) {
  list.C_OpenSession = openSession;
  list.C_CloseSession = closeSession;
  list.C_CloseAllSessions = closeAllSessions;
  list.C_GetSessionInfo = getSessionInfo;
  list.C_Login = login;
  list.C_Logout = logout;
  list.C_SetPIN = setPin;
  list.C_InitPIN = initPin;
}

}  // namespace sealferry::fake
