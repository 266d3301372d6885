// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "handles.h"
#ifdef SEALFERRY_DEV
#include "faults.h"
#endif

namespace sealferry::softkey {

/// How the call ends that is under way: as it is, or as a fault of a test build has it.
struct Ending {
  bool gone = false;    ///< the key is pulled once the call has taken effect
  bool failed = false;  ///< nothing is done
  bool lies = false;    ///< the length it answers is far beyond what there is
};

#ifdef SEALFERRY_DEV
Ending beginCall(const char* name);
Ending beginWait();  ///< of SKF_WaitForDevEvent, which waits outside of `call`
#else
inline Ending beginCall(const char*) { return {}; }
inline Ending beginWait() { return {}; }
#endif
void pullAll();

inline Ulong numberOf(Status status) { return static_cast<Ulong>(status); }
inline Status statusOf(const Outcome<void>& outcome) { return outcome ? Status::ok : outcome.error(); }

/// One call: alone in the library, and no exception gets out of it.
template <class Act>
Ulong call(const char* name, Ulong* length, Act act) noexcept {
  try {
    const std::lock_guard lock(table().mutex);
    const auto ending = beginCall(name);
    if (ending.failed) return numberOf(Status::fail);
    const Status status = act();
    if (ending.lies && length != nullptr) *length = static_cast<Ulong>(-16);
    if (!ending.gone) return numberOf(status);
    pullAll();
    return numberOf(Status::fail);
  } catch (...) {
    return numberOf(Status::fail);
  }
}

/// Gives bytes the standard's way: a null buffer asks for the length.
Status give(ByteView content, Byte* buffer, Ulong* length);
Status give(const std::vector<std::string>& names, Text buffer, Ulong* length);
std::string textOf(const char* text, std::size_t most = 256);
ByteView viewOf(const Byte* bytes, Ulong size);

}  // namespace sealferry::softkey
