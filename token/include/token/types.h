// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/secret.h"

namespace sealferry::token {

/// What the token's own flags say of the user PIN, or of what unblocks it, read anew at every call
/// (CK_TOKEN_INFO.flags, SKF_GetPINInfo).
struct PinState {
  bool initialized = true;
  bool mustChange = false;  ///< CKF_USER_PIN_TO_BE_CHANGED, or a default PIN the key reports
  bool countLow = false;    ///< at least one wrong try since the last right one
  bool lastTry = false;     ///< the next wrong try locks the key
  bool locked = false;
  bool pad = false;              ///< the PIN is typed on the reader; login takes an empty Secret
  std::optional<int> triesLeft;  ///< only where the key tells it (SKF does, PKCS#11 does not)
  friend bool operator==(const PinState&, const PinState&) = default;
};

struct KeyInfo {
  std::string id;      ///< SHA-256(manufacturer ‖ serial), hexadecimal
  std::string serial;  ///< the token's own, trimmed
  std::string label;   ///< UTF-8, trimmed
  std::string manufacturer;
  std::string model;
  std::string kind;    ///< "pkcs11", "skf" or "memory"
  std::string module;  ///< path of the driver
  bool writable = true;
  PinState pin;
  std::optional<std::uint64_t> freeBytes, totalBytes;  ///< public memory, where the key tells it
};

/// Who works with a key, as others are told: key_busy names it.
struct Holder {
  std::string program = "other";  ///< a kind of program: "chromium", "firefox", "sealferry" (the terminal); [a-z0-9-]
  int process = 0;                ///< its process id
};

/// A driver as the self-check shows it.
struct ModuleInfo {
  std::string path, kind, description, version;
  unsigned slots = 0;
  unsigned loadMilliseconds = 0;   ///< from the start of loading to the end of initialising
  bool usesReaderService = false;  ///< it works over PC/SC, whose events therefore tell of its keys
};

enum class KeyUse { signing, encryption };
enum class KeyAlgorithm { rsa, ecdsa, sm2 };

/// An end-entity certificate on the key. `keyId` pairs it with its private key (CKA_ID; on SKF the container's name).
struct CertificateObject {
  Bytes keyId;
  KeyUse use = KeyUse::signing;  ///< from the certificate's key usage; signing where it says both
  Bytes der;
  bool hasPrivateKey = false;  ///< where nothing tells of it before the login, taken for granted until then
};

struct KeyPair {
  Bytes keyId;
  KeyUse use = KeyUse::signing;
  KeyAlgorithm algorithm = KeyAlgorithm::rsa;
  unsigned bits = 0;
  Bytes publicKeyInfo;  ///< DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7)
};

struct KeyPairRequest {
  KeyAlgorithm algorithm = KeyAlgorithm::rsa;
  unsigned bits = 2048;
};

/// How a digest is signed. The digest is made by the caller; RSA signs DigestInfo(digest) with PKCS#1 v1.5, or PSS with
/// a salt as long as the digest; ECDSA and SM2 answer DER SEQUENCE{r,s}; SM2 is given e = SM3(Z‖M).
enum class SignatureScheme { rsaSha256, rsaSha384, rsaSha512, rsaPssSha256, rsaPssSha384, rsaPssSha512, ecdsa, sm2Sm3 };

/// What others show of a seal: all that fits into the files of some vendors. Nothing of it is believed.
struct SealFace {
  std::string title{}, owner{};                        ///< the seal's name, whose it is; UTF-8
  Bytes picture{};                                     ///< a PNG, GIF, BMP or JPEG file
  unsigned widthMm = 0, heightMm = 0;                  ///< 0: not known
  std::int64_t made = 0, notBefore = 0, notAfter = 0;  ///< seconds since 1970; 0: not known
  friend bool operator==(const SealFace&, const SealFace&) = default;
};

/// A named opaque object: for us a seal, named by its esID. Names are UTF-8, 1 to 128 bytes.
struct Blob {
  std::string name;
  Bytes content;
  std::optional<SealFace> face{};  ///< needed where Session::layout wants it, else ignored
};
struct BlobInfo {
  std::string name;
  std::uint64_t size = 0;
  Bytes sha256;           ///< of the content, as the manifest states it; readBlob checks it
  std::string profile{};  ///< storage profile through which it was read; empty: one of our own objects
  bool picture = false;   ///< the content is a picture and no seal: title and sizes are what the vendor's file says
  std::string title{};
  unsigned widthMm = 0, heightMm = 0;
};

/// Everything that one order changes on a key. It becomes visible as a whole or not at all.
struct Change {
  std::string order{};                           ///< order number, kept in the journal
  std::vector<Blob> put{};                       ///< written beside what is there, then made visible
  std::vector<Bytes> replaces{};                 ///< SHA-256 of each blob that goes
  std::optional<Bytes> signCertificate{};        ///< DER; replaces the certificate of the same key pair
  std::optional<Bytes> encryptionCertificate{};  ///< DER
  std::optional<Bytes> encryptionKey{};          ///< enveloped (SKF); not on PKCS#11
  bool allowInPlace = false;                     ///< delete the old first where both do not fit
};

/// What a change aims at, without its bytes: enough to tell how far it is.
struct ChangeTarget {
  std::string order{};
  std::vector<Bytes> blobs{};                                       ///< SHA-256 of each blob put
  std::optional<Bytes> signCertificate{}, encryptionCertificate{};  ///< SHA-256 of the DER
};
enum class ChangeState { none, partial, done };

/// The journal found on the key: an earlier change that did not end.
struct PendingChange {
  std::string order{};
  bool committed = false;  ///< the new set is visible already, only cleaning up is left
};

/// Called as a change goes on: a stable step name, how many of how many.
using ProgressSink = std::function<void(std::string_view step, unsigned done, unsigned total)>;

}  // namespace sealferry::token
