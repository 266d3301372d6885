// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "json.h"
#include "trust/cms.h"

/// What orders, receipts and login proofs share: signed JSON. Private to host/order.
namespace sealferry::order {

struct Opened {
  trust::cms::Message message;
  nlohmann::json content;
};

/// Who may leave the signed attributes out: nobody, or those who sign with SM2. Foreign writers of GB/T 35275 often
/// have none; then the signature is over the JSON itself.
enum class Bare { never, sm2 };

/// Reads the message, checks its signature, parses its content. order_invalid with reason.
Result<Opened> openMessage(ByteView cms, Bare bare = Bare::never);

Result<trust::cms::Draft> draftOf(const nlohmann::json& content, const trust::Certificate& signer,
                                  std::vector<trust::Certificate> chain, std::optional<Time> signingTime);

/// The struct in a content; nothing but `fault` is said of what does not fit.
std::optional<WorkOrder> workOrderFrom(const nlohmann::json& content, std::string& fault);

}  // namespace sealferry::order
