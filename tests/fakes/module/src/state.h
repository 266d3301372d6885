// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <p11-kit/pkcs11.h>

#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "faults.h"
#include "module/store.h"

namespace sealferry::fake {

constexpr CK_SLOT_ID theSlot = 7;

struct SessionState {
  std::uint64_t insertion = 0;
  bool readWrite = false;
  std::vector<unsigned long> found;  ///< what C_FindObjects has still to answer
  unsigned long signingKey = 0, signingMechanism = 0;
  Bytes signingParameter;
  bool wantsPin = false;  ///< for the operation that has begun: CKA_ALWAYS_AUTHENTICATE
};

/// The module's memory. The key itself is the folder that SEALFERRY_FAKE_KEY names.
struct State {
  std::mutex guard;
  bool initialized = false, loggedIn = false, officerLoggedIn = false;
  std::map<CK_SESSION_HANDLE, SessionState> sessions;
  CK_SESSION_HANDLE lastSession = 100;
  Faults faults;
  Store store{""};
};
State& state();

/// A call as it passes the fault script. `act` is told whether to lie about lengths.
using Act = std::function<CK_RV(bool lie)>;
CK_RV guarded(const char* call, const Act& act);
/// The same for calls that need the key.
CK_RV withKey(const char* call, const Act& act);
/// The same for calls on a session of the present insertion.
CK_RV withSession(const char* call, CK_SESSION_HANDLE handle, const std::function<CK_RV(SessionState&, bool lie)>& act);

Bytes rawOf(unsigned long value);
unsigned long numberOf(const AttributeMap& attributes, unsigned long type);
bool isTrue(const AttributeMap& attributes, unsigned long type);

}  // namespace sealferry::fake
