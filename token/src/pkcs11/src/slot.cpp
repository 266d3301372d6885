// SPDX-License-Identifier: Apache-2.0
#include "slot.h"

#include <algorithm>

namespace sealferry::token::pkcs11 {

Result<std::shared_ptr<Slot>> Slot::open(const Module& module, TokenOpener& opener, SlotId id, std::string serial,
                                         std::vector<StorageProfile> profiles) {
  // libp11 0.4.12 waits for ever when C_OpenSession fails: a raw one must have succeeded immediately before.
  if (auto can = probe(module, id); !can) return passOn(can);
  auto token = opener.open(id);
  if (!token) return passOn(token);
  return std::shared_ptr<Slot>(new Slot(module, id, std::move(serial), std::move(profiles), std::move(*token)));
}

Result<void> Slot::letGo(ErrorCode code) {
  gone_ = true;
  loggedIn = false;
  token_.keys.reset();
  token_.raw.reset();
  return fail(code, "presence");
}

Result<void> Slot::check() {
  if (gone_) return fail(ErrorCode::key_removed, "presence");
  // Asking for the list is what makes OpenSC look: it goes on describing a token that has been pulled.
  const auto present = module_.slots();
  if (!present || std::ranges::find(*present, id_) == present->end()) return letGo(ErrorCode::key_removed);
  const auto now = facts();
  if (!now) return letGo(ErrorCode::key_removed);
  if (now->serial != serial_) return letGo(ErrorCode::key_changed);
  if (!raw().alive()) return letGo(ErrorCode::key_removed);  // pulled and put back: a new insertion
  return {};
}

Error Slot::explain(Error error) {
  if (!mayMeanGone(error)) return error;
  if (!gone_) (void)raw().staysPresent();  // a key that has just been pulled is still listed for a moment
  const auto there = check();
  if (!there) {
    const auto native = error.native;
    error = there.error();
    error.native = native;
  } else if (error.code == ErrorCode::key_removed) {
    error.code = ErrorCode::internal;  // the driver said so, but the key is there
  }
  return error;
}

}  // namespace sealferry::token::pkcs11
