// SPDX-License-Identifier: Apache-2.0
#include "protocol/coding.h"

#include "expect.h"
#include "protocol/message.h"

namespace sealferry::token::protocol {
namespace {

template <class E>
std::uint64_t numberOf(E value) {
  return static_cast<std::uint64_t>(value);
}

std::optional<int> takeTries(Reader& in) {
  if (in.null()) return std::nullopt;
  return static_cast<int>(in.number(1000));
}

}  // namespace

void put(Writer& out, const PinState& pin) {
  out.array(7);
  for (const bool flag : {pin.initialized, pin.mustChange, pin.countLow, pin.lastTry, pin.locked, pin.pad})
    out.boolean(flag);
  if (pin.triesLeft)
    out.number(static_cast<std::uint64_t>(*pin.triesLeft));
  else
    out.null();
}

void take(Reader& in, PinState& pin) {
  expect(in, 7);
  for (bool* flag : {&pin.initialized, &pin.mustChange, &pin.countLow, &pin.lastTry, &pin.locked, &pin.pad})
    *flag = in.boolean();
  pin.triesLeft = takeTries(in);
}

void put(Writer& out, const Bytes& value) { out.bytes(value); }
void take(Reader& in, Bytes& value) { value = in.bytes(mostFrameBytes); }

void put(Writer& out, std::uint64_t value) { out.number(value); }
void take(Reader& in, std::uint64_t& value) { value = in.number(); }

void put(Writer& out, ChangeState value) { out.number(numberOf(value)); }
void take(Reader& in, ChangeState& value) { takeEnum(in, value, ChangeState::done); }

void put(Writer& out, const KeyInfo& value) {
  out.array(11);
  for (const auto* text :
       {&value.id, &value.serial, &value.label, &value.manufacturer, &value.model, &value.kind, &value.module})
    out.text(*text);
  out.boolean(value.writable);
  put(out, value.pin);
  put(out, value.freeBytes);
  put(out, value.totalBytes);
}

void take(Reader& in, KeyInfo& value) {
  expect(in, 11);
  for (auto* text :
       {&value.id, &value.serial, &value.label, &value.manufacturer, &value.model, &value.kind, &value.module})
    *text = in.text(mostText);
  value.writable = in.boolean();
  take(in, value.pin);
  take(in, value.freeBytes);
  take(in, value.totalBytes);
}

void put(Writer& out, const ModuleInfo& value) {
  out.array(7);
  for (const auto* text : {&value.path, &value.kind, &value.description, &value.version}) out.text(*text);
  out.number(value.slots);
  out.number(value.loadMilliseconds);
  out.boolean(value.usesReaderService);
}

void take(Reader& in, ModuleInfo& value) {
  expect(in, 7);
  for (auto* text : {&value.path, &value.kind, &value.description, &value.version}) *text = in.text(mostText);
  value.slots = static_cast<unsigned>(in.number(UINT32_MAX));
  value.loadMilliseconds = static_cast<unsigned>(in.number(UINT32_MAX));
  value.usesReaderService = in.boolean();
}

void put(Writer& out, const CertificateObject& value) {
  out.array(4);
  out.bytes(value.keyId);
  out.number(numberOf(value.use));
  out.bytes(value.der);
  out.boolean(value.hasPrivateKey);
}

void take(Reader& in, CertificateObject& value) {
  expect(in, 4);
  take(in, value.keyId);
  takeEnum(in, value.use, KeyUse::encryption);
  take(in, value.der);
  value.hasPrivateKey = in.boolean();
}

void put(Writer& out, const KeyPair& value) {
  out.array(5);
  out.bytes(value.keyId);
  out.number(numberOf(value.use));
  out.number(numberOf(value.algorithm));
  out.number(value.bits);
  out.bytes(value.publicKeyInfo);
}

void take(Reader& in, KeyPair& value) {
  expect(in, 5);
  take(in, value.keyId);
  takeEnum(in, value.use, KeyUse::encryption);
  takeEnum(in, value.algorithm, KeyAlgorithm::sm2);
  value.bits = static_cast<unsigned>(in.number(1U << 16));
  take(in, value.publicKeyInfo);
}

void put(Writer& out, const BlobInfo& value) {
  out.array(8);
  out.text(value.name);
  out.number(value.size);
  out.bytes(value.sha256);
  out.text(value.profile);
  out.boolean(value.picture);
  out.text(value.title);
  out.number(value.widthMm);
  out.number(value.heightMm);
}

void take(Reader& in, BlobInfo& value) {
  expect(in, 8);
  value.name = in.text(mostText);
  value.size = in.number();
  take(in, value.sha256);
  value.profile = in.text(mostText);
  value.picture = in.boolean();
  value.title = in.text(mostText);
  value.widthMm = static_cast<unsigned>(in.number(UINT32_MAX));
  value.heightMm = static_cast<unsigned>(in.number(UINT32_MAX));
}

void put(Writer& out, const Blob& value) {
  out.array(3);
  out.text(value.name);
  out.bytes(value.content);
  put(out, value.face);
}

void take(Reader& in, Blob& value) {
  expect(in, 3);
  value.name = in.text(mostText);
  take(in, value.content);
  take(in, value.face);
}

void put(Writer& out, const Change& value) {
  out.array(7);
  out.text(value.order);
  put(out, value.put);
  put(out, value.replaces);
  for (const auto* part : {&value.signCertificate, &value.encryptionCertificate, &value.encryptionKey}) put(out, *part);
  out.boolean(value.allowInPlace);
}

void take(Reader& in, Change& value) {
  expect(in, 7);
  value.order = in.text(mostText);
  take(in, value.put);
  take(in, value.replaces);
  for (auto* part : {&value.signCertificate, &value.encryptionCertificate, &value.encryptionKey}) take(in, *part);
  value.allowInPlace = in.boolean();
}

void put(Writer& out, const ChangeTarget& value) {
  out.array(4);
  out.text(value.order);
  put(out, value.blobs);
  put(out, value.signCertificate);
  put(out, value.encryptionCertificate);
}

void take(Reader& in, ChangeTarget& value) {
  expect(in, 4);
  value.order = in.text(mostText);
  take(in, value.blobs);
  take(in, value.signCertificate);
  take(in, value.encryptionCertificate);
}

void put(Writer& out, const PendingChange& value) {
  out.array(2);
  out.text(value.order);
  out.boolean(value.committed);
}

void take(Reader& in, PendingChange& value) {
  expect(in, 2);
  value.order = in.text(mostText);
  value.committed = in.boolean();
}

void put(Writer& out, const Error& value) {
  out.array(5);
  out.number(numberOf(value.code));
  out.text(value.where);
  out.number(value.native);
  if (value.triesLeft)
    out.number(static_cast<std::uint64_t>(*value.triesLeft));
  else
    out.null();
  out.array(value.detail.size() * 2);
  for (const auto& [name, text] : value.detail) {
    out.text(name);
    out.text(text);
  }
}

void take(Reader& in, Error& value) {
  expect(in, 5);
  value.code = errorRow(static_cast<ErrorCode>(in.number(UINT16_MAX))).code;  // an unknown number becomes `internal`
  value.where = in.text(mostText);
  value.native = in.number();
  value.triesLeft = takeTries(in);
  const auto count = in.array(32);
  for (std::size_t i = 0; i + 1 < count; i += 2) {
    auto name = in.text(mostText);
    value.detail[std::move(name)] = in.text(mostText);
  }
}

}  // namespace sealferry::token::protocol
