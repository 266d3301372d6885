// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "skf_layout/envelope.h"
#include "softkey/status.h"

// The soft key: a USB-KEY of GM/T 0016 in a folder. For demonstrations and tests, and NO replacement for hardware: who
// has the folder can try PINs on a copy of it for as long as he likes.

namespace sealferry::softkey {

enum class User : std::uint32_t { administrator = 0, user = 1 };
enum class Use { signing, encryption };

constexpr std::uint32_t rightNever = 0, rightAdministrator = 1, rightUser = 0x10, rightAnyone = 0xFF;

struct DeviceFacts {
  std::string serial, label = "SealFerry soft key", manufacturer = "SealFerry (software, no hardware)";
  std::uint64_t totalBytes = 1U << 20;
};

struct PinPolicy {
  std::string administratorPin, userPin;
  unsigned administratorTries = 6, userTries = 6;
  unsigned hardness = 14;  ///< of the PIN's derivation: scrypt with N = 2^hardness; tests take less
};

struct PinFacts {
  unsigned mostTries = 0, triesLeft = 0;
  bool factoryPin = false;  ///< nobody has changed it since the application was made
};

struct FileFacts {
  std::string name;
  std::uint32_t readRights = rightAnyone, writeRights = rightUser;
  std::uint64_t size = 0;
};

struct Insertion {
  std::uint64_t folder = 0, count = 0;
  friend bool operator==(const Insertion&, const Insertion&) = default;
};

class Vault;

/// One key. Every call looks at the folder anew and is all or none; callers in other processes wait.
class Device {
 public:
  explicit Device(std::filesystem::path folder);
  ~Device();
  Device(Device&&) noexcept;

  Outcome<void> format(const DeviceFacts& facts) const;
  bool formatted() const;
  std::optional<Insertion> insertion() const;  ///< nothing while it is not plugged in
  const std::filesystem::path& folder() const;

  Outcome<DeviceFacts> facts() const;
  Outcome<void> setTotalBytes(std::uint64_t bytes) const;
  std::uint64_t freeBytes() const;

  Outcome<std::vector<std::string>> applications() const;
  Outcome<void> createApplication(const std::string& name, const PinPolicy& policy) const;
  bool hasApplication(const std::string& name) const;

  Outcome<PinFacts> pinFacts(const std::string& application, User user) const;
  /// The key of the application's secrets. A try is spent, and on the disk, before the PIN is looked at.
  Outcome<Secret> verifyPin(const std::string& application, User user, ByteView pin) const;
  Outcome<void> changePin(const std::string& application, User user, ByteView current, ByteView next) const;
  Outcome<void> unblockPin(const std::string& application, ByteView administratorPin, ByteView next) const;

  Outcome<std::vector<std::string>> containers(const std::string& application) const;
  Outcome<void> createContainer(const std::string& application, const std::string& name) const;
  Outcome<void> deleteContainer(const std::string& application, const std::string& name) const;
  bool hasContainer(const std::string& application, const std::string& name) const;
  /// DER SubjectPublicKeyInfo; keyNotFound if there is none.
  Outcome<Bytes> publicKey(const std::string& application, const std::string& container, Use use) const;
  Outcome<Bytes> certificate(const std::string& application, const std::string& container, Use use) const;
  Outcome<void> setCertificate(const std::string& application, const std::string& container, Use use,
                               ByteView der) const;

  // What needs the key of the secrets, that is a login.
  Outcome<void> makeSm2(const std::string& application, const std::string& container, const Secret& secrets) const;
  Outcome<void> makeRsa(const std::string& application, const std::string& container, unsigned bits,
                        const Secret& secrets) const;
  /// For tests and demonstrations: a key pair made elsewhere. There is no SKF call for it.
  Outcome<void> putKeyPair(const std::string& application, const std::string& container, Use use, ByteView pkcs8,
                           const Secret& secrets) const;
  Outcome<void> importEncryptionKey(const std::string& application, const std::string& container,
                                    const skf::EnvelopedKey& envelope, const Secret& secrets) const;
  Outcome<Bytes> signSm2(const std::string& application, const std::string& container, ByteView digest,
                         const Secret& secrets) const;
  Outcome<Bytes> signRsa(const std::string& application, const std::string& container, ByteView data,
                         const Secret& secrets) const;

  Outcome<std::vector<std::string>> files(const std::string& application) const;
  Outcome<FileFacts> fileFacts(const std::string& application, const std::string& name) const;
  Outcome<void> createFile(const std::string& application, const FileFacts& facts) const;
  Outcome<void> deleteFile(const std::string& application, const std::string& name) const;
  Outcome<Bytes> readFile(const std::string& application, const std::string& name, const Secret* secrets) const;
  Outcome<void> writeFile(const std::string& application, const std::string& name, std::size_t offset, ByteView content,
                          const Secret* secrets) const;

  // What befalls a key, for tests.
  void pull() const;
  void plug() const;

 private:
  std::unique_ptr<Vault> vault_;
};

}  // namespace sealferry::softkey
