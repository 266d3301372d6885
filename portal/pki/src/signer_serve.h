// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki/store.h"
#include "signer_door.h"

namespace sealferry::pki {

struct SignerSetting {
  std::filesystem::path database;
  std::string origin;
};

/// The answer to one request; never throws.
std::string answerTo(const std::string& request, const OrderKeys& keys, const SignerSetting& setting, Time now);

}  // namespace sealferry::pki
