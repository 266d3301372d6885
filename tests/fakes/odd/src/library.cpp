// SPDX-License-Identifier: Apache-2.0
// An SKF library that passes calls on to the soft key's, and does one thing as some vendor's might: SEALFERRY_ODD names
// it.
#include <dlfcn.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#define ODD_CALL extern "C" __attribute__((visibility("default"))) std::uint32_t

namespace {

using Ulong = std::uint32_t;
using Bool = std::int32_t;
using Handle = void*;

// GM/T 0016-2012, annex A.
constexpr Ulong ok = 0, failed = 0x0A000001, notSupported = 0x0A000003, invalidParameter = 0x0A000006,
                deviceRemoved = 0x0A000023, ofItsOwn = 0x0A000033;  // beyond 0x32 vendors' headers collide

bool is(std::string_view oddity) {
  const char* name = std::getenv("SEALFERRY_ODD");
  return name != nullptr && name == oddity;
}

template <class... Arguments>
Ulong pass(const char* name, Arguments... arguments) {
  static void* real = dlopen(SOFTKEY, RTLD_NOW | RTLD_LOCAL);
  return reinterpret_cast<Ulong (*)(Arguments...)>(dlsym(real, name))(arguments...);
}

/// A call that answers a size where it is given no room, as these libraries have it.
template <class Byte, class Call>
Ulong sized(Byte* room, Ulong* size, Call call) {
  if (room == nullptr && is("noSizes")) return invalidParameter;
  const auto given = *size;
  const auto status = call();
  if (room == nullptr && status == ok && is("smallSizes")) *size = 1;
  if (room != nullptr && status == ok && is("keepsSizes")) *size = given;
  return status;
}

/// A name more, before those that are there.
Ulong withFirst(const char* name, char* names, Ulong* size, Ulong status) {
  const auto more = static_cast<Ulong>(std::strlen(name) + 1);
  if (status != ok) return status;
  if (names != nullptr) {
    std::memmove(names + more, names, *size);
    std::memcpy(names, name, more);
  }
  *size += more;
  return ok;
}

bool isNamed(const char* name, const char* wanted) { return std::strcmp(name, wanted) == 0; }

/// One error for all that is not there.
Ulong ofPlace(Ulong status) { return status != ok && is("failsForNone") ? failed : status; }

}  // namespace

ODD_CALL SKF_EnumDev(Bool present, char* names, Ulong* size) {
  if (is("noDevice")) return deviceRemoved;
  if (is("failsForNoDevice")) return failed;
  const auto status = sized(names, size, [&] { return pass("SKF_EnumDev", present, names, size); });
  if (status == ok && is("listsWithoutEnd")) --*size;
  return is("twins") ? withFirst("twin", names, size, status) : status;
}

/// Another key of the same serial number.
ODD_CALL SKF_ConnectDev(char* name, Handle* device) {
  if (!isNamed(name, "twin")) return pass("SKF_ConnectDev", name, device);
  std::array<char, 256> names{};
  Ulong size = names.size();
  const auto status = pass("SKF_EnumDev", Bool{1}, names.data(), &size);
  return status == ok ? pass("SKF_ConnectDev", names.data(), device) : status;
}

/// Does not wait: tells of nothing, or that a key that is there has gone, again and again.
ODD_CALL SKF_WaitForDevEvent(char* name, Ulong* size, Ulong* event) {
  if (!is("eventsOfNothing") && !is("removedForEver")) return pass("SKF_WaitForDevEvent", name, size, event);
  std::memcpy(name, "S1", 3);
  *event = is("removedForEver") ? 2 : 77;
  return ok;
}

ODD_CALL SKF_EnumApplication(Handle device, char* names, Ulong* size) {
  const auto status = sized(names, size, [&] { return pass("SKF_EnumApplication", device, names, size); });
  return is("closedApplication") ? withFirst("closed", names, size, status) : status;
}

ODD_CALL SKF_OpenApplication(Handle device, char* name, Handle* application) {
  return isNamed(name, "closed") ? failed : pass("SKF_OpenApplication", device, name, application);
}

ODD_CALL SKF_GetPINInfo(Handle application, Ulong who, Ulong* most, Ulong* left, Bool* factory) {
  if (is("noPinInfo") || is("silentTries") || is("zeroTries")) return notSupported;
  if (is("failingPinInfo")) return failed;
  const auto status = pass("SKF_GetPINInfo", application, who, most, left, factory);
  if (is("zeroPinInfo")) *most = *left = 0;
  return status;
}

ODD_CALL SKF_VerifyPIN(Handle application, Ulong who, char* pin, Ulong* left) {
  if (is("silentTries")) return pass("SKF_VerifyPIN", application, who, pin, static_cast<Ulong*>(nullptr));
  const auto status = pass("SKF_VerifyPIN", application, who, pin, left);
  if (is("zeroTries")) *left = 0;
  return status;
}

ODD_CALL SKF_EnumContainer(Handle application, char* names, Ulong* size) {
  const auto status = sized(names, size, [&] { return pass("SKF_EnumContainer", application, names, size); });
  return is("brokenContainer") ? withFirst("broken", names, size, status) : status;
}

ODD_CALL SKF_OpenContainer(Handle application, char* name, Handle* container) {
  return isNamed(name, "broken") ? failed : pass("SKF_OpenContainer", application, name, container);
}

ODD_CALL SKF_ExportCertificate(Handle container, Bool signing, unsigned char* certificate, Ulong* size) {
  return ofPlace(
      sized(certificate, size, [&] { return pass("SKF_ExportCertificate", container, signing, certificate, size); }));
}

ODD_CALL SKF_RSASignData(Handle container, unsigned char* data, Ulong size, unsigned char* signature, Ulong* length) {
  return sized(signature, length, [&] { return pass("SKF_RSASignData", container, data, size, signature, length); });
}

ODD_CALL SKF_ExportPublicKey(Handle container, Bool signing, unsigned char* blob, Ulong* size) {
  return ofPlace(sized(blob, size, [&] { return pass("SKF_ExportPublicKey", container, signing, blob, size); }));
}

ODD_CALL SKF_EnumFiles(Handle application, char* names, Ulong* size) {
  const auto status = sized(names, size, [&] { return pass("SKF_EnumFiles", application, names, size); });
  return is("closedFile") ? withFirst("closed", names, size, status) : status;
}

/// Rights NEVER, of which the library makes an error of its own.
ODD_CALL SKF_GetFileInfo(Handle application, char* name, void* info) {
  return isNamed(name, "closed") ? ofItsOwn : pass("SKF_GetFileInfo", application, name, info);
}
