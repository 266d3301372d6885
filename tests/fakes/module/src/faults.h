// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "module/store.h"

namespace sealferry::fake {

/// The script is a file `script` in the key's folder, looked at anew at every call. A line says what happens at which
/// call of this process, counted from 1 since the script changed; `*` counts every call of the module:
///
///     C_CreateObject 3 pull
///
/// pull        the key is gone before the call, which answers CKR_DEVICE_REMOVED
/// pull-after  the call takes effect, then the key is gone and the call fails with CKR_GENERAL_ERROR, as cards do
/// error       the call answers CKR_GENERAL_ERROR and does nothing; the key stays
/// stale       the call answers CKR_OBJECT_HANDLE_INVALID: another program has just destroyed the object
/// hang        the call never comes back
/// crash       the process dies of SIGSEGV
/// exit        the driver ends the process
/// print       writes to standard output, a whole screen of it, then works as usual
/// lie         answers lengths far beyond what there is
/// threads     starts threads that never end, then works as usual
/// fork        leaves a child behind that keeps all descriptors for five seconds
/// abort       the process dies of SIGABRT, as C++ without a catch and libraries with assertions do
/// close       closes every descriptor of the process, the worker's own too
/// settle      makes itself at home: another folder, another locale, signals handled and held up, then works as usual
enum class Fault {
  none,
  pull,
  pullAfter,
  error,
  stale,
  hang,
  crash,
  exit,
  print,
  lie,
  threads,
  fork,
  abort,
  close,
  settle
};

class Faults {
 public:
  /// Counts the call, and carries out what does not need the call's own help.
  Fault enter(Store& store, const std::string& call);

 private:
  std::string script_;
  std::map<std::string, unsigned> counts_;
};

}  // namespace sealferry::fake
