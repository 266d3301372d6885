// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "soft/certificate.h"
#include "soft/key.h"
#include "token/backend.h"

namespace sealferry::contract {

using namespace token;

/// What a case may need of a key beyond the plain promises, which every one must keep.
enum class Capability {
  rsa,           ///< holds an RSA key pair and signs PKCS#1 v1.5
  pss,           ///< signs RSA-PSS
  ecdsa,         ///< holds a P-256 key pair
  generate,      ///< makes key pairs
  pinLimit,      ///< locks the PIN after three wrong tries, and its flags say so
  pinChange,     ///< the PIN can be changed
  unblock,       ///< a new PIN can be set with the PUK or the administrator's PIN
  pukLimit,      ///< which locks itself after three wrong tries
  mustChange,    ///< can be made to demand another PIN first
  limit,         ///< its memory can be limited
  memory,        ///< and it tells what is free
  pull,          ///< can be pulled and plugged in again
  persistent,    ///< holds what it holds when the process that talked to it is gone
  pullAtCall,    ///< can be pulled at a chosen call of its driver
  pullAnywhere,  ///< and nothing is lost where the libraries between do not bear it
  sm2,           ///< holds an SM2 key pair and signs with it
  envelope,      ///< takes enveloped encryption keys
  privateOnly,   ///< can lose the public key objects of its pairs
  pinEachTime,   ///< can hold key pairs that want the PIN again for each signature
  faults,        ///< its driver can be made to hang, crash, print and lie
};

std::string nameOf(Capability capability);

/// A key under test, as it is reached: which backend, direct or through the worker.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual std::string name() const = 0;
  virtual std::set<Capability> capabilities() const = 0;
  /// A fresh key: the three key pairs, each with its certificate, no seal, all tries left. False with a reason printed.
  virtual bool reset() = 0;
  virtual std::unique_ptr<Backend> backend() = 0;
  virtual std::string serial() const = 0;
  virtual std::string puk() const { return "12345678"; }
  virtual std::size_t keyPairs() const { return 3; }  ///< how many reset() puts there
  virtual void release() {}                           ///< what it keeps running between the calls of a case

  virtual void limitMemory(std::uint64_t /*free*/) {}
  virtual void demandPinChange() {}
  /// A pair more that wants the PIN again for each signature (CKA_ALWAYS_AUTHENTICATE).
  virtual void addPinEachTime(KeyAlgorithm /*algorithm*/, std::uint8_t /*id*/) {}
  /// What many tools leave of an imported PKCS#12 file: certificates and private keys, and no public key object.
  virtual void dropPublicKeys() {}
  virtual void pull() {}
  virtual void plug() {}
  /// For modules that can: the fault (tests/fakes/module/src/faults.h) at the nth call of this name; "" for none.
  virtual void misbehave(const std::string& /*how*/, const std::string& /*call*/, unsigned /*nth*/) {}

  bool has(Capability capability) const { return capabilities().contains(capability); }
};

/// The key pairs that every subject holds, made once.
struct KnownKeys {
  soft::Key rsa = soft::Key::makeRsa(), p256 = soft::Key::makeP256(), encryption = soft::Key::makeRsa();
  soft::Key sm2 = soft::Key::makeSm2();  ///< on the keys that have SM2, without a certificate
  Bytes rsaCertificate =
      soft::makeCertificate(rsa.publicKeyInfo(), {.commonName = "某某建设有限公司", .serialNumber = 11});
  Bytes p256Certificate = soft::makeCertificate(p256.publicKeyInfo(), {.commonName = "张三", .serialNumber = 12});
  Bytes encryptionCertificate =
      soft::makeCertificate(encryption.publicKeyInfo(), {.use = KeyUse::encryption, .serialNumber = 13});
};
const KnownKeys& knownKeys();

constexpr const char* rightPin = "123456";

/// A folder of our own under the temporary directory, gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Locks of keys in a folder of this run's own: another run on this machine has keys of the same names.
void isolateLocks();

/// How a subject's backend is reached.
enum class Way { direct, worker };

std::unique_ptr<Subject> memorySubject(Way way);
std::unique_ptr<Subject> softHsmSubject(Way way);
std::unique_ptr<Subject> fakeModuleSubject(Way way);
std::unique_ptr<Subject> softSkfSubject(Way way);
std::unique_ptr<Subject> wideSkfSubject(Way way);  ///< the same, compiled with 64-bit numbers and padding
std::unique_ptr<Subject> openScSubject(Way way);

}  // namespace sealferry::contract
