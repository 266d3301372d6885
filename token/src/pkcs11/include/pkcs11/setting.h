// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>

#include "base/result.h"

namespace sealferry::token {

/// How one vendor's module does SM2, for which PKCS#11 v2.40 has no numbers. `sign` is the mechanism that takes
/// e = SM3(Z‖M) and does not digest by itself.
struct Sm2Mechanisms {
  unsigned long keyType = 0, generate = 0, sign = 0;
  bool der = false;  ///< C_Sign answers DER SEQUENCE{r,s}; else r‖s, 64 bytes
  friend bool operator==(const Sm2Mechanisms&, const Sm2Mechanisms&) = default;
};

/// What machine policy says of one PKCS#11 module.
struct Pkcs11Setting {
  std::optional<Sm2Mechanisms> sm2{};  ///< nothing: the module does no SM2
  bool unblock = true;                 ///< a locked PIN may be set anew by C_Login(CKU_SO) and C_InitPIN
};

/// From options as machine policy has them: `sm2=NAME`, a row of the table (token/src/pkcs11/src/sm2_vendors.def), or
/// `sm2=KEYTYPE,GENERATE,SIGN,raw|der` with hexadecimal numbers;
/// `unblock=off` for a module with which the security officer must not set a new PIN. bad_request for anything else.
Result<Pkcs11Setting> pkcs11Setting(std::span<const std::string> options);

}  // namespace sealferry::token
