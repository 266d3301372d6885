// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "json.h"
#include "order/receipt.h"

namespace sealferry::order {

nlohmann::json jsonOf(const Receipt& receipt);
std::optional<Receipt> receiptFrom(const nlohmann::json& content, std::string& fault);
nlohmann::json jsonOf(const Login& login);
std::optional<Login> loginFrom(const nlohmann::json& content, std::string& fault);

}  // namespace sealferry::order
