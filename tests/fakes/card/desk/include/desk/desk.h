// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "card/state.h"

namespace sealferry::desk {

/// A pcscd of our own with two readers, and the keys plugged into them. Its root is the desk's own folder: the
/// machine's own pcscd, its readers and /run/pcscd are not touched, and several desks do not see each other. Everything
/// started here ends with it, or with this process.
class Desk {
 public:
  static constexpr unsigned readers = 2;

  /// In this folder, which must be ours alone. Nothing, with the reason on standard error, if pcscd does not come up.
  static std::unique_ptr<Desk> start(const std::filesystem::path& folder);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Makes this process, and what it starts, see this desk and no other: PCSCLITE_CSOCK_NAME, OPENSC_CONF and where
  /// OpenSC would cache. pcsc-lite reads it once: one desk a process.
  void enter() const;
  std::vector<std::pair<std::string, std::string>> environment() const;

  /// The key of this state file, which is made if it is not there, comes into the reader: true once pcscd says so.
  bool plug(unsigned reader, const std::filesystem::path& state);
  bool pull(unsigned reader);         ///< true once pcscd says so
  bool awaitPulled(unsigned reader);  ///< after a key was made to pull itself: true once pcscd says so
  bool isPlugged(unsigned reader);

  /// pcscd goes away, as when its package is updated, and the keys in its readers with it; and comes back without them.
  void stopService();
  bool startService();

  /// What the key in this reader is to do: see card/control.h. "" for nothing unusual.
  void control(unsigned reader, const std::string& wishes) const;
  /// The numbers of all commands that came in since the log was cleared.
  std::vector<std::uint8_t> commands(unsigned reader) const;
  void clearLog(unsigned reader) const;

  const std::filesystem::path& folder() const;
  std::string readerName(unsigned reader) const;
  std::uint16_t port(unsigned reader) const;

 private:
  struct Parts;
  explicit Desk(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// A key pair, with its certificate, to be put on a fresh key.
struct Holding {
  std::string id;  ///< CKA_ID, hexadecimal
  std::string label;
  std::string usage;       ///< as pkcs15-init has it: "sign", "decrypt"
  std::string privateKey;  ///< PEM
  Bytes certificate;       ///< DER
};

/// Makes the key in this reader a PKCS#15 key with OpenSC's own tools: PIN 123456, PUK 1234567890123456. Desk::enter
/// comes first.
bool initialise(const Desk& desk, unsigned reader, const std::string& label, const std::vector<Holding>& holdings);

constexpr const char* pinOfKeys = "123456";
constexpr const char* pukOfKeys = "1234567890123456";
constexpr const char* openSc = "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so";

}  // namespace sealferry::desk
