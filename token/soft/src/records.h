// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>

#include "softkey/device.h"
#include "vault.h"

namespace sealferry::softkey {

/// The key of an application's secrets, wrapped for one PIN.
struct Wrapped {
  Bytes salt, key;
  std::uint64_t mostTries = 0, hardness = 14;
};

struct ApplicationRecord {
  std::string name;
  bool factoryPin = true;
  std::array<Wrapped, 2> pins;  ///< by User
};

struct PairRecord {
  Bytes publicKey;    ///< SubjectPublicKeyInfo; empty if there is no pair
  Bytes privateKey;   ///< PKCS#8, sealed with the key of the secrets
  Bytes certificate;  ///< empty if there is none
};

struct ContainerRecord {
  std::string name;
  std::array<PairRecord, 2> pairs;  ///< by Use
};

struct FileRecord {
  FileFacts facts;
  Bytes content;  ///< sealed unless anyone may read it
};

constexpr std::size_t mostNameBytes = 64, mostFileNameBytes = 31;

std::string applicationName(const std::string& application);
std::string triesName(const std::string& application);
std::string containerName(const std::string& application, const std::string& container);
std::string containerPrefix(const std::string& application);
std::string fileName(const std::string& application, const std::string& file);
std::string filePrefix(const std::string& application);

Bytes encode(const ApplicationRecord& record);
Bytes encode(const ContainerRecord& record);
Bytes encode(const FileRecord& record);
Outcome<ApplicationRecord> readApplication(const Vault& vault, const std::string& application);
Outcome<ApplicationRecord> readApplicationRecord(const Vault& vault, const std::string& name);
Outcome<ContainerRecord> readContainer(const Vault& vault, const std::string& name);
Outcome<FileRecord> readFileRecord(const Vault& vault, const std::string& name);

/// Whether so much more fits; noRoom if not.
Outcome<void> checkRoom(const Vault& vault, std::uint64_t more);
Outcome<DeviceFacts> readFacts(const Vault& vault);
Outcome<void> writeFacts(const Vault& vault, const DeviceFacts& facts);

}  // namespace sealferry::softkey
