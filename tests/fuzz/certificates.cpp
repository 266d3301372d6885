// SPDX-License-Identifier: Apache-2.0
// Certificates and lists of them, as they come from pages, keys and policy files.
#include "hostile.h"
#include "trust/chain.h"

using namespace sealferry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto crls = trust::readCrls(bytes);
  const auto certificates = trust::readCertificates(bytes);
  if (!certificates) return 0;
  trust::Anchors anchors{{}, crls ? *crls : std::vector<trust::Crl>{}};
  for (const auto& one : *certificates) {
    const auto chain = trust::checkChain(one, *certificates, anchors, one.notBefore(), {});
    promise(!chain.trusted, "without roots nobody is trusted");
    promise(trust::Certificate::fromDer(one.der()).has_value(), "what was read can be read again");
  }
  return 0;
}
