// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "call.h"
#include "opensc_settings.h"
#include "pkcs11/setting.h"
#include "token/types.h"

// The name is PKCS#11's own.
struct _CK_FUNCTION_LIST;  // NOLINT(bugprone-reserved-identifier)

namespace sealferry::token::pkcs11 {

using FunctionList = ::_CK_FUNCTION_LIST;  // NOLINT(bugprone-reserved-identifier)

using SlotId = unsigned long;

/// What a token says of itself at this moment.
struct TokenFacts {
  std::string serial, label, manufacturer, model;
  bool initialized = false, writable = true;
  PinState pin;
  PinState puk;  ///< of the security officer's PIN; where a PUK takes its part, tokens say nothing of it
  std::optional<std::uint64_t> freeBytes, totalBytes;
};

/// A module in this process, initialised for as long as the value lives. It is never unloaded: some modules leave
/// threads behind, and the process ends soon anyway.
class Module {
 public:
  static Result<std::unique_ptr<Module>> load(const std::string& path, const Pkcs11Setting& setting);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// Initialises again after someone (libp11 on unload) has finalised the module.
  Result<void> initialize();
  void finalize();

  Result<ModuleInfo> describe() const;
  Result<std::vector<SlotId>> slots() const;  ///< with a token in them
  Result<TokenFacts> token(SlotId slot) const;
  std::string reader(SlotId slot) const;  ///< what the module calls it; empty if it says nothing
  Result<void> waitForSlotEvent() const;  ///< blocks

  /// OpenSC removes a certificate in two steps, and a key that is pulled between them shows neither certificates nor
  /// data any more: it goes on listing the certificate, cannot read it, and stops there (seen with 0.23).
  bool removesCertificatesInSteps() const;

  /// Whether a session of the security officer may be used to set a new PIN: the standard's way (v2.40 §5.5), but for
  /// modules that policy says do otherwise, and OpenSC where it is not set so.
  bool unblocks() const;
  /// C_SetPIN without a login would take the current PIN for a PUK, and spend a try of that.
  bool setsPinOnlyLoggedIn() const { return isOpenSc() && openSc_ == OpenScUnblocking::instead; }

  const std::string& path() const { return path_; }
  const Pkcs11Setting& setting() const { return setting_; }
  const FunctionList& call() const { return *functions_; }

 private:
  Module(std::string path, std::unique_ptr<FunctionList> functions, const Pkcs11Setting& setting);
  bool isOpenSc() const;
  OpenScUnblocking openSc_ = OpenScUnblocking::unknown;
  std::string path_;
  Pkcs11Setting setting_;
  std::unique_ptr<FunctionList> functions_;
};

}  // namespace sealferry::token::pkcs11
