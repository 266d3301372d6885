// SPDX-License-Identifier: Apache-2.0
#include "params.h"

#include <array>

namespace sealferry::wire {
namespace {

// Generous against real content, small against memory: an order is about 3 KB, a seal up to 64 KB, a certificate 2 KB.
constexpr std::size_t largestOrder = 64 * 1024;
constexpr std::size_t largestSeal = 256 * 1024;
constexpr std::size_t largestCertificate = 16 * 1024;
constexpr std::size_t largestPart = 512 * 1024;
constexpr std::size_t largestCrl = 1024 * 1024;
constexpr std::size_t largestOcspResponse = 64 * 1024;
constexpr std::size_t mostSeals = 16, mostRevocations = 8;
constexpr std::int64_t largestDocument = std::int64_t{1} << 40;

std::optional<Version> readVersion(Fields& fields, std::string_view name) {
  const auto* object = fields.maybeObject(name);
  if (object == nullptr) return std::nullopt;
  Fields inner(*object);
  Version version{inner.text("version", 64), inner.maybeInteger("protocol", 0, 1'000'000)};
  if (!inner.ok()) fields.refuse(name);
  return version;
}

Params readHello(Fields& fields) { return Hello{readVersion(fields, "client"), readVersion(fields, "extension")}; }
Params readStatus(Fields& fields) { return Status{fields.maybeTime("time")}; }
/// No list, or exactly the right that has a question of its own.
Params readTrustSite(Fields& fields) {
  const auto rights = fields.maybeTextList("rights", 1);
  if (rights && (rights->size() != 1 || rights->front() != "stamp")) fields.refuse("rights");
  return TrustSite{rights.has_value()};
}
Params readSubscribe(Fields& fields) { return Subscribe{fields.boolean("events")}; }
Params readListKeys(Fields&) { return ListKeys{}; }
Params readReadKey(Fields& fields) { return ReadKey{fields.maybeText("serial"), fields.boolean("pictures", true)}; }
Params readLogin(Fields& fields) { return Login{fields.maybeText("serial"), fields.bytes("nonce", 32, 1024)}; }

std::optional<NewKeyPair> readNewKeyPair(Fields& fields) {
  const auto* object = fields.maybeObject("newKeyPair");
  if (object == nullptr) return std::nullopt;
  Fields inner(*object);
  NewKeyPair pair{inner.text("algorithm", 16), inner.integer("bits", 256, 8192)};
  if (!inner.ok()) fields.refuse("newKeyPair");
  return pair;
}

Params readCreateRequest(Fields& fields) {
  return CreateRequest{fields.bytes("order", 1, largestOrder), fields.maybeText("serial"), readNewKeyPair(fields)};
}

template <class Kind>
Params readWrite(Fields& fields) {
  Kind write;
  write.order = fields.bytes("order", 1, largestOrder);
  write.seals = fields.byteList("seals", mostSeals, largestSeal);
  write.signCertificate = fields.maybeBytes("signCertificate", largestCertificate);
  write.encryptionCertificate = fields.maybeBytes("encryptionCertificate", largestCertificate);
  write.encryptionKey = fields.maybeBytes("encryptionKey", largestCertificate);
  return write;
}

Params readOrderState(Fields& fields) { return OrderState{fields.bytes("order", 1, largestOrder)}; }

Params readTestStamp(Fields& fields) {
  TestStamp stamp{fields.maybeText("serial"), fields.maybeTextList("seals", mostSeals), "pdf"};
  stamp.format = fields.maybeText("format", 8).value_or("pdf");
  if (stamp.format != "pdf" && stamp.format != "ofd") fields.refuse("format");
  return stamp;
}

Revocations readRevocations(Fields& fields) {
  return {fields.maybeByteList("crls", mostRevocations, largestCrl),
          fields.maybeByteList("ocspResponses", mostRevocations, largestOcspResponse)};
}

Params readVerifyDocument(Fields& fields) {
  return VerifyDocument{fields.text("document", 64), readRevocations(fields)};
}
Params readVerifySeal(Fields& fields) {
  return VerifySeal{fields.bytes("seal", 1, largestSeal), readRevocations(fields)};
}
Params readChangePin(Fields& fields) { return ChangePin{fields.maybeText("serial")}; }
Params readUnblockPin(Fields& fields) { return UnblockPin{fields.bytes("order", 1, largestOrder)}; }
Params readOpenDocument(Fields& fields) { return OpenDocument{fields.integer("size", 0, largestDocument)}; }

std::optional<std::string> readDigest(Fields& fields) {
  auto text = fields.maybeText("sha256", 64);
  if (text && (!fromHex(*text) || text->size() != 64)) fields.refuse("sha256");
  return text;
}

Params readAppendDocument(Fields& fields) {
  return AppendDocument{fields.text("document", 64), fields.integer("offset", 0, largestDocument),
                        fields.bytes("data", 0, largestPart), readDigest(fields)};
}

Params readReadDocument(Fields& fields) {
  return ReadDocument{fields.text("document", 64), fields.integer("offset", 0, largestDocument),
                      fields.integer("length", 0, static_cast<std::int64_t>(largestPart))};
}

Params readCloseDocument(Fields& fields) { return CloseDocument{fields.text("document", 64)}; }

Params readCancel(Fields& fields) {
  const auto* id = fields.take("id");
  if (id == nullptr || !(id->is_number_integer() || id->is_string())) fields.refuse("id");
  return Cancel{id == nullptr ? RequestId{} : id->dump()};
}

/// Later releases define the members; until then any are let through and none is looked at.
Params readNotYet(Fields&) { return NotYet{}; }

constexpr auto table = std::to_array<MethodRow>({
    {"hello", readHello},
    {"status", readStatus},
    {"trustSite", readTrustSite},
    {"subscribe", readSubscribe},
    {"listKeys", readListKeys},
    {"readKey", readReadKey},
    {"login", readLogin},
    {"createRequest", readCreateRequest},
    {"writeSeal", readWrite<WriteSeal>},
    {"changeSeal", readWrite<ChangeSeal>},
    {"annualInspection", readWrite<AnnualInspection>},
    {"orderState", readOrderState},
    {"testStamp", readTestStamp},
    {"stampDocument", readStampDocument},
    {"addTimestamp", readAddTimestamp},
    {"signText", readNotYet},
    {"verifyDocument", readVerifyDocument},
    {"verifySeal", readVerifySeal},
    {"changePin", readChangePin},
    {"unblockPin", readUnblockPin},
    {"openDocument", readOpenDocument},
    {"appendDocument", readAppendDocument},
    {"readDocument", readReadDocument},
    {"closeDocument", readCloseDocument},
    {"cancel", readCancel},
});

}  // namespace

std::span<const MethodRow> methodTable() { return table; }

}  // namespace sealferry::wire
