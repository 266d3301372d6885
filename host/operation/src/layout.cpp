// SPDX-License-Identifier: Apache-2.0
#include "layout.h"

namespace sealferry::operation {

Result<token::KeyLayout> writableLayout(token::Session& session) {
  auto layout = session.layout();
  if (!layout || layout->writable) return layout;
  auto failure = fail(ErrorCode::layout_unknown, "writableLayout");
  failure.value().detail["reason"] = layout->reason;
  return failure;
}

token::SealFace faceOf(const seal::Seal& seal, const std::string& owner) {
  const auto size = [](int mm) { return static_cast<unsigned>(mm > 0 ? mm : 0); };
  return {seal.name,    owner,          seal.picture.data, size(seal.picture.widthMm), size(seal.picture.heightMm),
          seal.created, seal.notBefore, seal.notAfter};
}

}  // namespace sealferry::operation
