// SPDX-License-Identifier: Apache-2.0
#include "module/store.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <p11-kit/pkcs11.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>

#include "cbor/reader.h"
#include "cbor/writer.h"

namespace sealferry::fake {
namespace {

namespace fs = std::filesystem;

Bytes raw(unsigned long value) {
  Bytes bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

Bytes flag(bool value) { return {static_cast<std::uint8_t>(value ? 1 : 0)}; }

std::string encode(const AttributeMap& attributes) {
  cbor::Writer out;
  out.array(attributes.size() * 2);
  for (const auto& [type, value] : attributes) {
    out.number(type);
    out.bytes(value);
  }
  return textOf(out.written());
}

std::optional<AttributeMap> decode(const std::string& text) {
  cbor::Reader in(viewOf(text));
  AttributeMap attributes;
  const auto count = in.array(128);
  for (std::size_t i = 0; i + 1 < count; i += 2) {
    const auto type = in.number();
    attributes[type] = in.bytes(1U << 20);
  }
  if (!in.finished()) return std::nullopt;
  return attributes;
}

Bytes numberParameter(const soft::Key& key, const char* name) {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key.handle(), name, &value);
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value)));
  BN_bn2bin(value, bytes.data());
  BN_free(value);
  return bytes;
}

/// CKA_EC_POINT: the point in an OCTET STRING.
Bytes point(const soft::Key& key) {
  std::array<std::uint8_t, 256> buffer{};
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(key.handle(), OSSL_PKEY_PARAM_PUB_KEY, buffer.data(), buffer.size(), &size);
  Bytes bytes{0x04, static_cast<std::uint8_t>(size)};
  bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
  return bytes;
}

const Bytes curveSm2{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D};
const Bytes curveP256{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};

unsigned long keyType(const soft::Key& key, const Store::Sm2& sm2) {
  if (key.algorithm() == token::KeyAlgorithm::rsa) return CKK_RSA;
  return key.algorithm() == token::KeyAlgorithm::sm2 ? sm2.keyType : CKK_ECDSA;
}

AttributeMap keyAttributes(const soft::Key& key, const Bytes& id, const std::string& label, const Store::Sm2& sm2) {
  const bool rsa = key.algorithm() == token::KeyAlgorithm::rsa;
  AttributeMap attributes{{CKA_TOKEN, flag(true)},
                          {CKA_ID, id},
                          {CKA_LABEL, copyOf(viewOf(label))},
                          {CKA_KEY_TYPE, raw(keyType(key, sm2))}};
  if (rsa) {
    attributes[CKA_MODULUS] = numberParameter(key, OSSL_PKEY_PARAM_RSA_N);
    attributes[CKA_PUBLIC_EXPONENT] = numberParameter(key, OSSL_PKEY_PARAM_RSA_E);
  } else {
    attributes[CKA_EC_PARAMS] = key.algorithm() == token::KeyAlgorithm::sm2 ? curveSm2 : curveP256;
  }
  return attributes;
}

}  // namespace

AttributeMap publicKeyAttributes(const soft::Key& key, const Bytes& id, const std::string& label,
                                 const Store::Sm2& sm2) {
  auto attributes = keyAttributes(key, id, label, sm2);
  attributes[CKA_CLASS] = raw(CKO_PUBLIC_KEY);
  attributes[CKA_PRIVATE] = flag(false);
  attributes[CKA_VERIFY] = flag(true);
  if (key.algorithm() == token::KeyAlgorithm::rsa)
    attributes[CKA_MODULUS_BITS] = raw(key.bits());
  else
    attributes[CKA_EC_POINT] = point(key);
  return attributes;
}

AttributeMap privateKeyAttributes(const soft::Key& key, const Bytes& id, const std::string& label,
                                  const Store::Sm2& sm2) {
  auto attributes = keyAttributes(key, id, label, sm2);
  attributes[CKA_CLASS] = raw(CKO_PRIVATE_KEY);
  attributes[CKA_PRIVATE] = flag(true);
  attributes[CKA_SENSITIVE] = flag(true);
  attributes[CKA_EXTRACTABLE] = flag(false);
  attributes[CKA_SIGN] = flag(true);
  attributes[CKA_ALWAYS_AUTHENTICATE] = flag(false);
  attributes[privateKeyAttribute] = copyOf(viewOf(key.toPem()));
  return attributes;
}

AttributeMap certificateAttributes(ByteView der, const Bytes& id, const std::string& label) {
  return {{CKA_CLASS, raw(CKO_CERTIFICATE)},
          {CKA_CERTIFICATE_TYPE, raw(CKC_X_509)},
          {CKA_TOKEN, flag(true)},
          {CKA_PRIVATE, flag(false)},
          {CKA_ID, id},
          {CKA_LABEL, copyOf(viewOf(label))},
          {CKA_VALUE, copyOf(der)}};
}

void Store::create(const std::string& serial, const std::string& pin) {
  fs::remove_all(folder_);
  fs::create_directories(folder_ / "objects");
  setText("serial", serial);
  setText("pin", pin);
}

void Store::addKeyPair(const soft::Key& key, const Bytes& id, const std::string& label, bool alwaysAuthenticate) {
  add(publicKeyAttributes(key, id, label, sm2()));
  auto hidden = privateKeyAttributes(key, id, label, sm2());
  hidden[CKA_ALWAYS_AUTHENTICATE] = flag(alwaysAuthenticate);
  add(hidden);
}

void Store::addCertificate(ByteView der, const Bytes& id, const std::string& label) {
  add(certificateAttributes(der, id, label));
}

void Store::dropPublicKeys() {
  for (const auto& [number, attributes] : objects())
    if (attributes.at(CKA_CLASS) == raw(CKO_PUBLIC_KEY)) remove(number);
}

std::map<unsigned long, AttributeMap> Store::objects() const {
  std::map<unsigned long, AttributeMap> found;
  for (const auto& entry : fs::directory_iterator(folder_ / "objects")) {
    const auto name = entry.path().filename().string();
    unsigned long number = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (problem != std::errc{} || end != name.data() + name.size()) continue;  // not yet in place
    if (auto attributes = object(number)) found[number] = std::move(*attributes);
  }
  return found;
}

std::optional<AttributeMap> Store::object(unsigned long number) const {
  const auto name = fs::path("objects") / std::to_string(number);
  if (!fs::exists(folder_ / name)) return std::nullopt;
  return decode(text(name));
}

unsigned long Store::add(const AttributeMap& attributes) {
  unsigned long highest = 0;
  for (const auto& [number, unused] : objects()) highest = std::max(highest, number);
  setText(fs::path("objects") / std::to_string(highest + 1), encode(attributes));
  return highest + 1;
}

bool Store::remove(unsigned long number) { return fs::remove(folder_ / "objects" / std::to_string(number)); }

void Store::setMustChangePin(bool must) {
  if (must)
    setText("mustchange", "");
  else
    fs::remove(folder_ / "mustchange");
}

std::optional<std::string> Store::padPin() const {
  if (!has("pad")) return std::nullopt;
  return text("pad");
}

std::uint64_t Store::cost(const AttributeMap& attributes) {
  const auto value = attributes.find(CKA_VALUE);
  return 64 + (value == attributes.end() ? 0 : value->second.size());
}

std::uint64_t Store::usedMemory() const {
  std::uint64_t used = 0;
  for (const auto& [number, attributes] : objects()) used += cost(attributes);
  return used;
}

Store::Sm2 Store::sm2() const {
  Sm2 numbers{0x80000004, 0x80008001, 0x80008104, false};
  std::istringstream words(text("sm2"));
  Sm2 told{};
  if (words >> told.keyType >> told.generate >> told.sign >> told.der) numbers = told;
  return numbers;
}

void Store::setSm2(const Sm2& numbers) {
  std::ostringstream words;
  words << numbers.keyType << ' ' << numbers.generate << ' ' << numbers.sign << ' ' << numbers.der;
  setText("sm2", words.str());
}

void Store::plug() {
  setText("insertion", std::to_string(insertion() + 1));
  fs::remove(folder_ / "pulled");
}

int Store::changes() const {
  const int notify = inotify_init1(IN_CLOEXEC);
  inotify_add_watch(notify, folder_.c_str(), IN_MOVED_TO | IN_DELETE);
  return notify;
}

std::string Store::text(const fs::path& name) const {
  std::ifstream file(folder_ / name, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::optional<std::uint64_t> Store::number(const char* name) const {
  if (!has(name)) return std::nullopt;
  return std::strtoull(text(name).c_str(), nullptr, 10);
}

void Store::setText(const fs::path& name, const std::string& content) const {
  auto beside = folder_ / name;
  beside += ".new" + std::to_string(getpid());
  std::ofstream(beside, std::ios::binary) << content;
  fs::rename(beside, folder_ / name);
}

}  // namespace sealferry::fake
