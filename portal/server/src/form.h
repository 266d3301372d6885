// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "accounts.h"
#include "refusal.h"

namespace sealferry::portal {

/// What a page filled in, checked and cut down to the members that are known: docs/portal-api.md, NewOrder.
struct Form {
  nlohmann::json handler, invoice, address;
  std::string serial, certificatePem;
  struct HeldSeal {
    std::string id, name, sha256, notAfter;
  };
  std::vector<HeldSeal> seals;
};
/// bad_request for a wrong shape, form_incomplete naming the field in the portal's words.
Answer<Form> readForm(const User& user, const nlohmann::json& request);
/// Of an order to unblock: serial and certificate alone.
Answer<Form> readUnblocking(const nlohmann::json& request);

}  // namespace sealferry::portal
