// SPDX-License-Identifier: Apache-2.0
// sealferry-fake-key FOLDER SERIAL PIN [UNIT [DER]]: makes a key of the fake module, with an RSA pair and its
// certificate; or with this certificate instead, as a stick shows it whose other driver has the key pair.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>

#include "module/store.h"
#include "soft/certificate.h"

int main(int count, char** values) {
  using namespace sealferry;
  const std::span<char* const> arguments(values, static_cast<std::size_t>(count));
  if (arguments.size() < 4) {
    std::fputs("sealferry-fake-key FOLDER SERIAL PIN [UNIT [DER]]\n", stderr);
    return 64;
  }
  fake::Store store(arguments[1]);
  store.create(arguments[2], arguments[3]);
  const auto key = soft::Key::makeRsa();
  const std::string unit = arguments.size() > 4 ? arguments[4] : "测试单位";
  if (arguments.size() > 5) {
    std::ifstream file(arguments[5], std::ios::binary);
    const Bytes der{std::istreambuf_iterator<char>(file), {}};
    store.addCertificate(der, {2}, "sign");
    return der.empty() ? 1 : 0;
  }
  store.addKeyPair(key, {1}, "sign");
  store.addCertificate(soft::makeCertificate(key.publicKeyInfo(), {.commonName = unit, .serialNumber = 1}), {1},
                       "sign");
  return 0;
}
