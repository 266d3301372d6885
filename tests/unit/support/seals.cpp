// SPDX-License-Identifier: Apache-2.0
#include "seals.h"

namespace sealferry::test {

Bytes tinyPng() {
  return fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
      .value();
}

seal::Fields Maker::fields(seal::Version version) const {
  return {.version = version,
          .vendor = "SEALFERRY",
          .id = "35020000000001",
          .name = "测试单位电子公章",
          .signers = {unit},
          .created = now - day,
          .notBefore = now - day,
          .notAfter = now + 365 * day,
          .picture = {"PNG", tinyPng(), 42, 42},
          .maker = maker};
}

Bytes Maker::make(const seal::Fields& fields) const {
  const auto draft = seal::prepare(fields).value();
  return draft.finish(makerKey.sign(trust::SignatureAlgorithm::sm2Sm3, draft.digest())).value();
}

}  // namespace sealferry::test
