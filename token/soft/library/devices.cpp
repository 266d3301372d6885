// SPDX-License-Identifier: Apache-2.0
// GM/T 0016-2012 §7.1: the keys themselves.
#include <cstring>

#include "base/digest.h"
#include "call.h"
#include "events.h"

using namespace sealferry;
using namespace sealferry::softkey;

namespace {

std::vector<std::string> deviceNames(bool presentOnly) {
  std::vector<std::string> names;
  for (const auto& folder : keyFolders()) {
    const Device device(folder);
    const auto facts = device.facts();
    if (facts && (!presentOnly || device.insertion())) names.push_back(facts->serial);
  }
  return names;
}

Status connect(const std::string& name, Handle* handle) {
  const auto folder = folderOf(name);
  if (!folder) return folder.error();
  const auto connection = std::make_shared<Connection>(*folder);
  const auto insertion = connection->device.insertion();
  if (!insertion) return Status::deviceRemoved;
  connection->insertion = *insertion;
  *handle = remember(table().connections, connection);
  return Status::ok;
}

}  // namespace

SOFTKEY_CALL SKF_EnumDev(Bool present, Text names, Ulong* size) {
  return call("SKF_EnumDev", size, [&] { return give(deviceNames(present != 0), names, size); });
}

SOFTKEY_CALL SKF_ConnectDev(Text name, Handle* device) {
  return call("SKF_ConnectDev", nullptr, [&] {
    return name == nullptr || device == nullptr ? Status::invalidParameter : connect(softkey::textOf(name), device);
  });
}

SOFTKEY_CALL SKF_DisConnectDev(Handle device) {
  return call("SKF_DisConnectDev", nullptr,
              [&] { return table().connections.erase(numberOf(device)) > 0 ? Status::ok : Status::invalidHandle; });
}

SOFTKEY_CALL SKF_GetDevState(Text name, Ulong* state) {
  return call("SKF_GetDevState", nullptr, [&] {
    if (name == nullptr || state == nullptr) return Status::invalidParameter;
    const auto folder = folderOf(softkey::textOf(name));
    *state = folder && Device(*folder).insertion() ? 1 : 0;
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_GetDevInfo(Handle device, void* info) {
  return call("SKF_GetDevInfo", nullptr, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    if (info == nullptr) return Status::invalidParameter;
    const auto facts = (*connection)->device.facts();
    if (!facts) return facts.error();
    const auto bytes = skf::encode(nativeLayout, {facts->manufacturer, facts->manufacturer, facts->label, facts->serial,
                                                  facts->totalBytes, (*connection)->device.freeBytes()});
    std::memcpy(info, bytes.data(), bytes.size());
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_GenRandom(Handle device, Byte* random, Ulong size) {
  return call("SKF_GenRandom", nullptr, [&] {
    const auto connection = connectionOf(device);
    if (!connection) return connection.error();
    constexpr Ulong most = 4096;
    if (random == nullptr || size > most) return Status::invalidParameter;
    const auto bytes = randomBytes(static_cast<std::size_t>(size));
    std::memcpy(random, bytes.data(), bytes.size());
    return Status::ok;
  });
}

// Outside of `call`: this one waits, and the others go on meanwhile.
SOFTKEY_CALL SKF_WaitForDevEvent(Text name, Ulong* size, Ulong* event) {
  if (name == nullptr || size == nullptr || event == nullptr) return numberOf(Status::invalidParameter);
  try {
    const auto ending = beginWait();
    if (ending.failed) return numberOf(Status::fail);
    if (ending.lies) {
      *event = 77;
      *size = static_cast<Ulong>(-16);
      return numberOf(Status::ok);
    }
    const auto happened = waitForEvent();
    if (!happened) return numberOf(happened.error());
    *event = happened->inserted ? 1 : 2;
    const auto room = *size;
    *size = static_cast<Ulong>(happened->name.size() + 1);
    if (room < *size) return numberOf(Status::bufferTooSmall);
    std::memcpy(name, happened->name.c_str(), happened->name.size() + 1);
    return numberOf(Status::ok);
  } catch (...) {
    return numberOf(Status::fail);
  }
}

SOFTKEY_CALL SKF_CancelWaitForDevEvent() {
  cancelWait();
  return numberOf(Status::ok);
}
