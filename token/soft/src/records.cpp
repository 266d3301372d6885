// SPDX-License-Identifier: Apache-2.0
#include "records.h"

#include "base/digest.h"
#include "cbor/reader.h"
#include "cbor/writer.h"

namespace sealferry::softkey {
namespace {

constexpr std::uint64_t version = 1;
constexpr std::size_t mostText = 256, mostBytes = 4U << 20;

/// Names may be long and hold any character; a file's may not.
std::string shortened(const std::string& text) { return toHex(sha256(viewOf(text))).substr(0, 24); }

cbor::Writer begin(std::size_t items) {
  cbor::Writer out;
  out.array(items + 1);
  out.number(version);
  return out;
}

bool begins(cbor::Reader& in, std::size_t items) { return in.array(items + 1) == items + 1 && in.number() == version; }

template <class Record, class Take>
Outcome<Record> readRecord(const Vault& vault, const std::string& name, std::size_t items, Take take) {
  const auto content = vault.get(name);
  if (!content) return refuse(content.error());
  cbor::Reader in(*content);
  Record record;
  if (!begins(in, items)) return refuse(Status::fileError);
  take(in, record);
  if (!in.finished()) return refuse(Status::fileError);
  return record;
}

}  // namespace

std::string applicationName(const std::string& application) { return "app." + shortened(application); }
std::string triesName(const std::string& application) { return "try." + shortened(application); }
std::string containerPrefix(const std::string& application) { return "con." + shortened(application) + "."; }
std::string filePrefix(const std::string& application) { return "fil." + shortened(application) + "."; }
std::string containerName(const std::string& application, const std::string& container) {
  return containerPrefix(application) + shortened(container);
}
std::string fileName(const std::string& application, const std::string& file) {
  return filePrefix(application) + shortened(file);
}

Bytes encode(const ApplicationRecord& record) {
  auto out = begin(10);
  out.text(record.name);
  out.boolean(record.factoryPin);
  for (const auto& pin : record.pins) {
    out.bytes(pin.salt);
    out.bytes(pin.key);
    out.number(pin.mostTries);
    out.number(pin.hardness);
  }
  return out.take();
}

Outcome<ApplicationRecord> readApplication(const Vault& vault, const std::string& application) {
  return readApplicationRecord(vault, applicationName(application));
}

Outcome<ApplicationRecord> readApplicationRecord(const Vault& vault, const std::string& name) {
  if (!vault.has(name)) return refuse(Status::applicationMissing);
  return readRecord<ApplicationRecord>(vault, name, 10, [](cbor::Reader& in, ApplicationRecord& record) {
    record.name = in.text(mostText);
    record.factoryPin = in.boolean();
    for (auto& pin : record.pins) {
      pin.salt = in.bytes(mostText);
      pin.key = in.bytes(mostText);
      pin.mostTries = in.number(255);
      pin.hardness = in.number(20);
    }
  });
}

Bytes encode(const ContainerRecord& record) {
  auto out = begin(7);
  out.text(record.name);
  for (const auto& pair : record.pairs)
    for (const auto* part : {&pair.publicKey, &pair.privateKey, &pair.certificate}) out.bytes(*part);
  return out.take();
}

Outcome<ContainerRecord> readContainer(const Vault& vault, const std::string& name) {
  if (!vault.has(name)) return refuse(Status::containerMissing);
  return readRecord<ContainerRecord>(vault, name, 7, [](cbor::Reader& in, ContainerRecord& record) {
    record.name = in.text(mostText);
    for (auto& pair : record.pairs)
      for (auto* part : {&pair.publicKey, &pair.privateKey, &pair.certificate}) *part = in.bytes(mostBytes);
  });
}

Bytes encode(const FileRecord& record) {
  auto out = begin(5);
  out.text(record.facts.name);
  out.number(record.facts.readRights);
  out.number(record.facts.writeRights);
  out.number(record.facts.size);
  out.bytes(record.content);
  return out.take();
}

Outcome<FileRecord> readFileRecord(const Vault& vault, const std::string& name) {
  return readRecord<FileRecord>(vault, name, 5, [](cbor::Reader& in, FileRecord& record) {
    record.facts.name = in.text(mostText);
    record.facts.readRights = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    record.facts.writeRights = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    record.facts.size = in.number(mostBytes);
    record.content = in.bytes(mostBytes);
  });
}

Outcome<DeviceFacts> readFacts(const Vault& vault) {
  return readRecord<DeviceFacts>(vault, "device", 4, [](cbor::Reader& in, DeviceFacts& facts) {
    facts.serial = in.text(mostText);
    facts.label = in.text(mostText);
    facts.manufacturer = in.text(mostText);
    facts.totalBytes = in.number();
  });
}

Outcome<void> writeFacts(const Vault& vault, const DeviceFacts& facts) {
  auto out = begin(4);
  out.text(facts.serial);
  out.text(facts.label);
  out.text(facts.manufacturer);
  out.number(facts.totalBytes);
  return vault.put("device", out.written());
}

Outcome<void> checkRoom(const Vault& vault, std::uint64_t more) {
  const auto facts = readFacts(vault);
  if (!facts) return refuse(facts.error());
  if (vault.bytesUsed() + more > facts->totalBytes) return refuse(Status::noRoom);
  return {};
}

}  // namespace sealferry::softkey
