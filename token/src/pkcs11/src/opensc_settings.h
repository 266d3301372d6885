// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealferry::token::pkcs11 {

/// How OpenSC's module takes a PUK, by its setting `user_pin_unblock_style`.
enum class OpenScUnblocking {
  unknown,    ///< not at all, or in a way we do not use
  inSession,  ///< C_Login as the security officer with the PUK, then C_InitPIN: as PKCS#11 has it
  instead,    ///< C_SetPIN without a login takes the PUK, so that it must never be given a PIN there
};

/// Sees to it that OpenSC, should this process load it, takes a PUK in a session: by default it takes none. The
/// machine's settings stay in force; a copy of them with one block more is handed to this process alone. What an
/// administrator has written of the module itself is left as it is. To be called before C_Initialize.
OpenScUnblocking arrangeOpenScUnblocking();

}  // namespace sealferry::token::pkcs11
