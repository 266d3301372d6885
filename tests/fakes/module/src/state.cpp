// SPDX-License-Identifier: Apache-2.0
#include "state.h"

#include <cstring>

namespace sealferry::fake {

State& state() {
  static State one;
  return one;
}

CK_RV guarded(const char* call, const Act& act) {
  const std::lock_guard lock(state().guard);
  if (!state().initialized) return CKR_CRYPTOKI_NOT_INITIALIZED;
  const auto fault = state().faults.enter(state().store, call);
  if (fault == Fault::error) return CKR_GENERAL_ERROR;
  if (fault == Fault::stale) return CKR_OBJECT_HANDLE_INVALID;
  const auto status = act(fault == Fault::lie);
  if (fault != Fault::pullAfter) return status;
  state().store.pull();
  return CKR_GENERAL_ERROR;
}

CK_RV withKey(const char* call, const Act& act) {
  return guarded(call, [&](bool lie) -> CK_RV {
    if (!state().store.pulled()) return act(lie);
    state().sessions.clear();
    state().loggedIn = state().officerLoggedIn = false;
    return CKR_TOKEN_NOT_PRESENT;
  });
}

CK_RV withSession(const char* call, CK_SESSION_HANDLE handle,
                  const std::function<CK_RV(SessionState&, bool lie)>& act) {
  return guarded(call, [&](bool lie) -> CK_RV {
    const auto found = state().sessions.find(handle);
    if (found == state().sessions.end()) return CKR_SESSION_HANDLE_INVALID;
    const bool gone = state().store.pulled();
    if (!gone && found->second.insertion == state().store.insertion()) return act(found->second, lie);
    state().sessions.clear();
    state().loggedIn = state().officerLoggedIn = false;
    return gone ? CKR_DEVICE_REMOVED : CKR_SESSION_HANDLE_INVALID;
  });
}

Bytes rawOf(unsigned long value) {
  Bytes bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

unsigned long numberOf(const AttributeMap& attributes, unsigned long type) {
  unsigned long value = ~0UL;
  const auto found = attributes.find(type);
  if (found != attributes.end() && found->second.size() == sizeof value)
    std::memcpy(&value, found->second.data(), sizeof value);
  return value;
}

bool isTrue(const AttributeMap& attributes, unsigned long type) {
  const auto found = attributes.find(type);
  return found != attributes.end() && found->second == Bytes{1};
}

}  // namespace sealferry::fake
