// SPDX-License-Identifier: Apache-2.0
// OCSP responses, asked about a certificate which the seeds are about.
#include <fstream>
#include <iterator>

#include "hostile.h"
#include "trust/chain.h"

using namespace sealferry;

namespace {

trust::Certificate certificate(const char* name) {
  std::ifstream file(std::string(SEALFERRY_VECTORS "/ocsp/") + name, std::ios::binary);
  return trust::readCertificates(Bytes{std::istreambuf_iterator<char>(file), {}}).value().front();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto root = certificate("root.pem"), leaf = certificate("leaf.pem");
  const auto responses = trust::readOcspResponses({data, size});
  if (!responses) return 0;
  const auto chain = trust::checkChain(leaf, {}, {{root}, {}, *responses}, leaf.notBefore(), {});
  promise(chain.trusted || chain.reason == "revoked", "a response can do no more than revoke");
  return 0;
}
