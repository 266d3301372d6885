// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"
#include "crypt.h"
#include "records.h"

namespace sealferry::softkey {
namespace {

constexpr std::size_t leastPin = 4, mostPin = 64;

using Tries = std::array<std::uint8_t, 2>;  // left, by User

std::size_t at(User user) { return static_cast<std::size_t>(user); }

Outcome<Tries> readTries(const Vault& vault, const std::string& application) {
  const auto content = vault.get(triesName(application));
  if (!content) return refuse(content.error());
  if (content->size() != 2) return refuse(Status::fileError);
  return Tries{(*content)[0], (*content)[1]};
}

Outcome<void> writeTries(const Vault& vault, const std::string& application, const Tries& tries) {
  return vault.put(triesName(application), tries);
}

Outcome<Secret> unwrap(const Vault& vault, const Wrapped& wrapped, ByteView pin) {
  const auto device = vault.secret();
  if (!device) return refuse(device.error());
  const auto key = stretch(pin, wrapped.salt, device->view(), static_cast<unsigned>(wrapped.hardness));
  auto plain = unseal(key.view(), viewOf("secrets"), wrapped.key);
  if (!plain) return refuse(Status::pinIncorrect);
  Secret secrets{ByteView(*plain)};
  wipe(plain->data(), plain->size());
  return secrets;
}

/// One try: counted down and on the disk before the PIN is looked at, set back only after it was right.
Outcome<Secret> tryPin(const Vault& vault, const ApplicationRecord& record, User user, ByteView pin) {
  auto tries = readTries(vault, record.name);
  if (!tries) return refuse(tries.error());
  auto& left = (*tries)[at(user)];
  if (left == 0) return refuse(Status::pinLocked);
  if (pin.size() < leastPin || pin.size() > mostPin) return refuse(Status::pinLengthRange);
  --left;
  if (auto spent = writeTries(vault, record.name, *tries); !spent) return refuse(spent.error());
  auto secrets = unwrap(vault, record.pins[at(user)], pin);
  if (!secrets)
    return refuse(secrets.error() == Status::pinIncorrect && left == 0 ? Status::pinLocked : secrets.error());
  left = static_cast<std::uint8_t>(record.pins[at(user)].mostTries);
  if (auto back = writeTries(vault, record.name, *tries); !back) return refuse(back.error());
  return secrets;
}

Outcome<void> rewrap(const Vault& vault, ApplicationRecord& record, User user, const Secret& secrets, ByteView pin) {
  const auto device = vault.secret();
  if (!device) return refuse(device.error());
  auto& wrapped = record.pins[at(user)];
  wrapped.salt = randomBytes(16);
  wrapped.key = seal(stretch(pin, wrapped.salt, device->view(), static_cast<unsigned>(wrapped.hardness)).view(),
                     viewOf("secrets"), secrets.view());
  if (user == User::user) record.factoryPin = false;
  return vault.put(applicationName(record.name), encode(record));
}

bool usable(ByteView pin) { return pin.size() >= leastPin && pin.size() <= mostPin; }

}  // namespace

Outcome<PinFacts> Device::pinFacts(const std::string& application, User user) const {
  const auto record = readApplication(*vault_, application);
  if (!record) return refuse(record.error());
  const auto tries = readTries(*vault_, application);
  if (!tries) return refuse(tries.error());
  return PinFacts{static_cast<unsigned>(record->pins[at(user)].mostTries), (*tries)[at(user)],
                  user == User::user && record->factoryPin};
}

Outcome<Secret> Device::verifyPin(const std::string& application, User user, ByteView pin) const {
  const VaultLock lock(folder());
  const auto record = readApplication(*vault_, application);
  if (!record) return refuse(record.error());
  return tryPin(*vault_, *record, user, pin);
}

Outcome<void> Device::changePin(const std::string& application, User user, ByteView current, ByteView next) const {
  const VaultLock lock(folder());
  auto record = readApplication(*vault_, application);
  if (!record) return refuse(record.error());
  if (!usable(next)) return refuse(Status::pinLengthRange);  // before a try is spent
  const auto secrets = tryPin(*vault_, *record, user, current);
  if (!secrets) return refuse(secrets.error());
  return rewrap(*vault_, *record, user, *secrets, next);
}

Outcome<void> Device::unblockPin(const std::string& application, ByteView administratorPin, ByteView next) const {
  const VaultLock lock(folder());
  auto record = readApplication(*vault_, application);
  if (!record) return refuse(record.error());
  if (!usable(next)) return refuse(Status::pinLengthRange);
  const auto secrets = tryPin(*vault_, *record, User::administrator, administratorPin);
  if (!secrets) return refuse(secrets.error());
  if (auto done = rewrap(*vault_, *record, User::user, *secrets, next); !done) return done;
  auto tries = readTries(*vault_, application);
  if (!tries) return refuse(tries.error());
  (*tries)[at(User::user)] = static_cast<std::uint8_t>(record->pins[at(User::user)].mostTries);
  return writeTries(*vault_, application, *tries);
}

}  // namespace sealferry::softkey
