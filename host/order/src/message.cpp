// SPDX-License-Identifier: Apache-2.0
#include "message.h"

namespace sealferry::order {

using nlohmann::json;

Result<Opened> openMessage(ByteView cms, Bare bare) {
  const auto attributes = bare == Bare::sm2 ? trust::cms::Attributes::optional : trust::cms::Attributes::required;
  auto message = trust::cms::read(cms, trust::cms::Tail::none, attributes);
  if (!message) return invalid(message.error().detail.at("reason"));
  if (!message->hasSignedAttributes && message->algorithm != trust::SignatureAlgorithm::sm2Sm3)
    return invalid("noSignedAttributes");
  if (auto reason = trust::cms::check(*message); !reason.empty()) return invalid(std::move(reason));
  auto content = parseStrict(*message->content);
  if (!content) return invalid("json");
  return Opened{*std::move(message), *std::move(content)};
}

Result<trust::cms::Draft> draftOf(const json& content, const trust::Certificate& signer,
                                  std::vector<trust::Certificate> chain, std::optional<Time> signingTime) {
  return trust::cms::prepare({.signer = signer,
                              .algorithm = trust::usualAlgorithm(signer),
                              .content = copyOf(viewOf(content.dump())),
                              .extraCertificates = std::move(chain),
                              .signingTime = signingTime});
}

}  // namespace sealferry::order
