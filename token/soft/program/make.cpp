// SPDX-License-Identifier: Apache-2.0
// sealferry-make-soft-key FOLDER PIN-FILE [LABEL]: a soft SKF key as an applicant gets it, with an application, no key
// pairs, and a PIN that is not the factory's. For demonstrations and tests.
#include <cstdio>
#include <fstream>
#include <string>

#include "base/digest.h"
#include "softkey/device.h"

namespace {

using namespace sealferry;

constexpr const char* application = "SealFerry";
constexpr const char* factoryPin = "111111";

Secret readPin(const char* file) {
  std::ifstream stream(file);
  std::string pin;
  std::getline(stream, pin);
  return Secret(viewOf(pin));
}

bool make(const softkey::Device& device, const std::string& label, const Secret& pin) {
  const auto serial = "SOFT" + toHex(randomBytes(6));
  return device.format({.serial = serial, .label = label}) &&
         device.createApplication(application, {toHex(randomBytes(8)), factoryPin}) &&
         device.changePin(application, softkey::User::user, viewOf(factoryPin), pin.view());
}

}  // namespace

int main(int count, char** words) {
  if (count < 3 || count > 4) {
    std::fprintf(stderr, "sealferry-make-soft-key FOLDER PIN-FILE [LABEL]\n");
    return 2;
  }
  const auto pin = readPin(words[2]);
  const sealferry::softkey::Device device(words[1]);
  if (!pin.empty() && !device.formatted() && make(device, count == 4 ? words[3] : "SOFTKEY", pin)) return 0;
  std::fprintf(stderr, "sealferry-make-soft-key: the key could not be made; the folder must not hold one already\n");
  return 1;
}
