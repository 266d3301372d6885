// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "base/digest.h"
#include "desk/desk.h"
#include "process.h"

namespace sealferry::desk {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A file that holds a secret while OpenSC's tool reads it, and is gone afterwards.
class Temporary {
 public:
  Temporary(fs::path path, std::string_view content) : path_(std::move(path)) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~Temporary() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  std::string name() const { return path_.string(); }

 private:
  fs::path path_;
};

class Tool {
 public:
  Tool(const Desk& desk, unsigned reader) : desk_(desk), reader_(desk.readerName(reader)) {}

  bool run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"pkcs15-init", "--reader", reader_});
    arguments.insert(arguments.end(), {"--pin", pinOfKeys});
    return Process::start(arguments, desk_.folder() / "pkcs15-init.log").wait(30s) == 0;
  }

  bool add(const Holding& holding) const {
    const Temporary key(desk_.folder() / "key.pem", holding.privateKey);
    const Temporary certificate(desk_.folder() / "certificate.der", textOf(holding.certificate));
    return run({"--store-private-key", key.name(), "--format", "pem", "--id", holding.id, "--auth-id", "FF", "--label",
                holding.label, "--key-usage", holding.usage}) &&
           run({"--store-certificate", certificate.name(), "--format", "der", "--id", holding.id, "--label",
                holding.label});
  }

 private:
  const Desk& desk_;
  std::string reader_;
};

}  // namespace

bool initialise(const Desk& desk, unsigned reader, const std::string& label, const std::vector<Holding>& holdings) {
  const Tool tool(desk, reader);
  const auto serial = toHex(randomBytes(8));
  if (!tool.run(
          {"--create-pkcs15", "--so-pin", pinOfKeys, "--so-puk", pukOfKeys, "--label", label, "--serial", serial}))
    return false;
  for (const auto& holding : holdings)
    if (!tool.add(holding)) return false;
  return true;
}

}  // namespace sealferry::desk
