// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>

#include "soft/key.h"

namespace sealferry::fake {

using AttributeMap = std::map<unsigned long, Bytes>;

/// The PKCS#8 of a private key; no caller of the module ever sees it.
constexpr unsigned long privateKeyAttribute = 0x80000001UL;

/// A key in a folder. Every object is a file that is there whole or not at all, so that a kill at any point leaves what
/// a well-made card leaves; every call looks at the folder anew, as the tests change it from outside.
class Store {
 public:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void create(const std::string& serial, const std::string& pin);
  /// A key that is to `alwaysAuthenticate` wants the PIN again for each signature (CKA_ALWAYS_AUTHENTICATE).
  void addKeyPair(const soft::Key& key, const Bytes& id, const std::string& label, bool alwaysAuthenticate = false);
  void addCertificate(ByteView der, const Bytes& id, const std::string& label);

  /// What many tools leave of an imported PKCS#12 file: certificates and private keys.
  void dropPublicKeys();

  std::map<unsigned long, AttributeMap> objects() const;
  std::optional<AttributeMap> object(unsigned long number) const;
  unsigned long add(const AttributeMap& attributes);
  bool remove(unsigned long number);

  // Small facts, each a file of its own.
  std::string serial() const { return text("serial"); }
  std::string pin() const { return text("pin"); }
  void setPin(const std::string& pin) { setText("pin", pin); }
  int triesLeft() const { return static_cast<int>(number("tries").value_or(3)); }
  void setTriesLeft(int tries) { setText("tries", std::to_string(tries)); }
  /// How often the key was shown a PIN.
  std::uint64_t pinsShown() const { return number("shown").value_or(0); }
  void countPin() { setText("shown", std::to_string(pinsShown() + 1)); }
  /// The security officer's, with its own three tries.
  std::string officerPin() const { return has("so-pin") ? text("so-pin") : "87654321"; }
  int officerTriesLeft() const { return static_cast<int>(number("so-tries").value_or(3)); }
  void setOfficerTriesLeft(int tries) { setText("so-tries", std::to_string(tries)); }
  bool mustChangePin() const { return has("mustchange"); }
  void setMustChangePin(bool must);
  /// A key with keys of its own: whoever stands there types this, and after a blank the
  /// PIN to change it to. Nothing for a key without.
  std::optional<std::string> padPin() const;
  void setPadPin(const std::string& typed) { setText("pad", typed); }
  /// Like some cards it says nothing of wrong tries until it is locked.
  bool quiet() const { return has("quiet"); }
  std::optional<std::uint64_t> memoryLimit() const { return number("limit"); }
  void setMemoryLimit(std::uint64_t bytes) { setText("limit", std::to_string(bytes)); }
  std::uint64_t usedMemory() const;
  static std::uint64_t cost(const AttributeMap& attributes);
  bool pulled() const { return has("pulled"); }
  void pull() { setText("pulled", ""); }
  void plug();
  /// How often the key was put in: a session belongs to one insertion.
  std::uint64_t insertion() const { return number("insertion").value_or(0); }
  /// Has C_WaitForSlotEvent.
  bool tellsEvents() const { return has("events"); }
  void setTellsEvents() { setText("events", ""); }
  /// A descriptor (inotify) that can be read once something in the folder is another.
  int changes() const;
  /// The vendor's numbers for SM2: key type, mechanism to make a pair, mechanism to sign; does it answer DER.
  struct Sm2 {
    unsigned long keyType, generate, sign;
    bool der;
  };
  Sm2 sm2() const;
  void setSm2(const Sm2& numbers);
  void setScript(const std::string& lines) { setText("script", lines); }
  std::string script() const { return text("script"); }

 private:
  bool has(const char* name) const { return std::filesystem::exists(folder_ / name); }
  std::string text(const std::filesystem::path& name) const;
  std::optional<std::uint64_t> number(const char* name) const;
  void setText(const std::filesystem::path& name, const std::string& content) const;
  std::filesystem::path folder_;
};

AttributeMap certificateAttributes(ByteView der, const Bytes& id, const std::string& label);
AttributeMap publicKeyAttributes(const soft::Key& key, const Bytes& id, const std::string& label,
                                 const Store::Sm2& sm2);
AttributeMap privateKeyAttributes(const soft::Key& key, const Bytes& id, const std::string& label,
                                  const Store::Sm2& sm2);

}  // namespace sealferry::fake
