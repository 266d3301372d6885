// SPDX-License-Identifier: Apache-2.0
#include "appended.h"

#include <algorithm>
#include <utility>

namespace sealferry::operation {

Result<Appended> Appended::put(Document& document, std::uint64_t originalSize, trust::Digester original,
                               ByteView increment) {
  if (const auto cut = document.file.truncate(originalSize); !cut) return passOn(cut);
  original.update(increment);
  Appended appended(document, originalSize, std::move(original));
  if (const auto written = document.file.append(increment); !written) return passOn(written);
  return appended;
}

Appended::Appended(Appended&& other) noexcept
    : document_(std::exchange(other.document_, nullptr)), before_(other.before_), digest_(std::move(other.digest_)) {}

Appended::~Appended() {
  if (document_ != nullptr) static_cast<void>(document_->file.truncate(before_));
}

Result<document::Report> Appended::verify(const Context& context, std::size_t signatures) const {
  auto report = context.engine->verify(document_->file.descriptor(), {context.sealAnchors, context.clock()});
  if (!report) return report;
  const auto intact = std::ranges::count_if(report->signatures, &document::SignatureReport::intact);
  const auto whole = [](const document::SignatureReport& one) { return one.intact && one.coversWholeFile; };
  if (static_cast<std::size_t>(intact) < signatures || std::ranges::none_of(report->signatures, whole))
    return fail(ErrorCode::internal, "verifyAgain");
  return report;
}

void Appended::keep() {
  auto& document = *std::exchange(document_, nullptr);
  document.digest = std::move(digest_);
  document.announced = document.file.size();
  document.sha256 = toHex(document.digest.clone().finish());
}

}  // namespace sealferry::operation
