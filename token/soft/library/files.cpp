// SPDX-License-Identifier: Apache-2.0
// GM/T 0016-2012 §7.4: files.
#include <algorithm>
#include <cstring>

#include "call.h"

using namespace sealferry;
using namespace sealferry::softkey;

namespace {

constexpr Ulong mostFileBytes = 256U << 10;

/// Rights name who may: everybody, or whoever has logged in.
Outcome<const Secret*> permitted(const Application& application, std::uint32_t rights) {
  const auto secrets = secretsOf(application);
  if (rights == rightAnyone) return secrets ? *secrets : nullptr;
  if (rights == rightNever || (rights & rightUser) == 0 || !secrets) return refuse(Status::notLoggedIn);
  return *secrets;
}

Status read(const Application& application, const std::string& name, Ulong offset, Ulong size, Byte* out,
            Ulong* outSize) {
  const auto& device = application.connection->device;
  const auto facts = device.fileFacts(application.name, name);
  if (!facts) return facts.error();
  const auto secrets = permitted(application, facts->readRights);
  if (!secrets) return secrets.error();
  const auto content = device.readFile(application.name, name, *secrets);
  if (!content) return content.error();
  if (offset > content->size()) return Status::inputLength;
  const auto from = static_cast<std::size_t>(offset);
  const auto count = std::min<std::size_t>(static_cast<std::size_t>(size), content->size() - from);
  return give(ByteView(*content).subspan(from, count), out, outSize);
}

Status write(const Application& application, const std::string& name, Ulong offset, ByteView content) {
  const auto& device = application.connection->device;
  const auto facts = device.fileFacts(application.name, name);
  if (!facts) return facts.error();
  const auto secrets = permitted(application, facts->writeRights);
  if (!secrets) return secrets.error();
  return statusOf(device.writeFile(application.name, name, static_cast<std::size_t>(offset), content, *secrets));
}

}  // namespace

SOFTKEY_CALL SKF_EnumFiles(Handle handle, Text names, Ulong* size) {
  return call("SKF_EnumFiles", size, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    const auto all = application->connection->device.files(application->name);
    return all ? give(*all, names, size) : all.error();
  });
}

SOFTKEY_CALL SKF_CreateFile(Handle handle, Text name, Ulong size, Ulong readRights, Ulong writeRights) {
  return call("SKF_CreateFile", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!secretsOf(*application)) return Status::notLoggedIn;
    if (size > mostFileBytes) return Status::noRoom;
    return statusOf(application->connection->device.createFile(
        application->name, {softkey::textOf(name), static_cast<std::uint32_t>(readRights),
                            static_cast<std::uint32_t>(writeRights), size}));
  });
}

SOFTKEY_CALL SKF_DeleteFile(Handle handle, Text name) {
  return call("SKF_DeleteFile", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (!secretsOf(*application)) return Status::notLoggedIn;
    return statusOf(application->connection->device.deleteFile(application->name, softkey::textOf(name)));
  });
}

SOFTKEY_CALL SKF_GetFileInfo(Handle handle, Text name, void* info) {
  return call("SKF_GetFileInfo", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (!application) return application.error();
    if (info == nullptr) return Status::invalidParameter;
    const auto facts = application->connection->device.fileFacts(application->name, softkey::textOf(name));
    if (!facts) return facts.error();
    const auto bytes = skf::encode(nativeLayout, {facts->name, facts->size, facts->readRights, facts->writeRights});
    std::memcpy(info, bytes.data(), bytes.size());
    return Status::ok;
  });
}

SOFTKEY_CALL SKF_ReadFile(Handle handle, Text name, Ulong offset, Ulong size, Byte* out, Ulong* outSize) {
  return call("SKF_ReadFile", outSize, [&] {
    const auto application = applicationOf(handle);
    return application ? read(*application, softkey::textOf(name), offset, size, out, outSize) : application.error();
  });
}

SOFTKEY_CALL SKF_WriteFile(Handle handle, Text name, Ulong offset, Byte* data, Ulong size) {
  return call("SKF_WriteFile", nullptr, [&] {
    const auto application = applicationOf(handle);
    if (size > mostFileBytes) return Status::inputLength;
    return application ? write(*application, softkey::textOf(name), offset, softkey::viewOf(data, size))
                       : application.error();
  });
}
