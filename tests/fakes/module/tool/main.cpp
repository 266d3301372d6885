// SPDX-License-Identifier: Apache-2.0
// sealferry-fake-key FOLDER SERIAL PIN [UNIT]: makes a key of the fake module, with an RSA pair and its certificate.
#include <cstdio>
#include <span>

#include "module/store.h"
#include "soft/certificate.h"

int main(int count, char** values) {
  using namespace sealferry;
  const std::span<char* const> arguments(values, static_cast<std::size_t>(count));
  if (arguments.size() < 4) {
    std::fputs("sealferry-fake-key FOLDER SERIAL PIN [UNIT]\n", stderr);
    return 64;
  }
  fake::Store store(arguments[1]);
  store.create(arguments[2], arguments[3]);
  const auto key = soft::Key::makeRsa();
  const std::string unit = arguments.size() > 4 ? arguments[4] : "测试单位";
  store.addKeyPair(key, {1}, "sign");
  store.addCertificate(soft::makeCertificate(key.publicKeyInfo(), {.commonName = unit, .serialNumber = 1}), {1},
                       "sign");
  return 0;
}
