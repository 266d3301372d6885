// SPDX-License-Identifier: Apache-2.0
#include "softkey/device.h"

#include <sys/stat.h>

#include <fstream>

#include "base/digest.h"
#include "crypt.h"
#include "records.h"

namespace sealferry::softkey {
namespace {

namespace fs = std::filesystem;

bool goodName(const std::string& name) { return !name.empty() && name.size() <= mostNameBytes; }

std::uint64_t countOf(const fs::path& file) {
  std::uint64_t count = 0;
  std::ifstream(file) >> count;
  return count;
}

Wrapped wrap(const Secret& secrets, ByteView pin, const Secret& device, unsigned tries, unsigned hardness) {
  Wrapped wrapped{randomBytes(16), {}, tries, hardness};
  const auto key = stretch(pin, wrapped.salt, device.view(), hardness);
  wrapped.key = seal(key.view(), viewOf("secrets"), secrets.view());
  return wrapped;
}

}  // namespace

Device::Device(fs::path folder) : vault_(std::make_unique<Vault>(std::move(folder))) {}
Device::~Device() = default;
Device::Device(Device&&) noexcept = default;

const fs::path& Device::folder() const { return vault_->folder(); }
bool Device::formatted() const { return vault_->has("device"); }

Outcome<void> Device::format(const DeviceFacts& facts) const {
  if (auto made = Vault::format(folder()); !made) return made;
  return writeFacts(*vault_, facts);
}

std::optional<Insertion> Device::insertion() const {
  struct stat found {};
  std::error_code ignored;
  if (stat(folder().c_str(), &found) != 0 || !vault_->formatted() || fs::exists(folder() / "pulled", ignored))
    return std::nullopt;
  return Insertion{found.st_ino, countOf(folder() / "insertion")};
}

void Device::pull() const { std::ofstream(folder() / "pulled").put('\n'); }

void Device::plug() const {
  const auto count = countOf(folder() / "insertion") + 1;
  std::ofstream(folder() / "insertion") << count << '\n';
  std::error_code ignored;
  fs::remove(folder() / "pulled", ignored);
}

Outcome<DeviceFacts> Device::facts() const { return readFacts(*vault_); }

Outcome<void> Device::setTotalBytes(std::uint64_t bytes) const {
  auto facts = readFacts(*vault_);
  if (!facts) return refuse(facts.error());
  facts->totalBytes = bytes;
  return writeFacts(*vault_, *facts);
}

std::uint64_t Device::freeBytes() const {
  const auto facts = readFacts(*vault_);
  const auto used = vault_->bytesUsed();
  return facts && facts->totalBytes > used ? facts->totalBytes - used : 0;
}

Outcome<std::vector<std::string>> Device::applications() const {
  std::vector<std::string> names;
  for (const auto& name : vault_->list("app.")) {
    const auto record = readApplicationRecord(*vault_, name);
    if (!record) return refuse(record.error());
    names.push_back(record->name);
  }
  return names;
}

bool Device::hasApplication(const std::string& name) const { return vault_->has(applicationName(name)); }

Outcome<void> Device::createApplication(const std::string& name, const PinPolicy& policy) const {
  const VaultLock lock(folder());
  if (!goodName(name)) return refuse(Status::applicationNameInvalid);
  if (hasApplication(name)) return refuse(Status::applicationExists);
  const auto device = vault_->secret();
  if (!device) return refuse(device.error());
  const Secret secrets{ByteView(randomBytes(keyBytes))};
  ApplicationRecord record{name, true, {}};
  record.pins[0] = wrap(secrets, viewOf(policy.administratorPin), *device, policy.administratorTries, policy.hardness);
  record.pins[1] = wrap(secrets, viewOf(policy.userPin), *device, policy.userTries, policy.hardness);
  if (auto done = vault_->put(triesName(name), Bytes{static_cast<std::uint8_t>(policy.administratorTries),
                                                     static_cast<std::uint8_t>(policy.userTries)});
      !done)
    return done;
  return vault_->put(applicationName(name), encode(record));
}

}  // namespace sealferry::softkey
