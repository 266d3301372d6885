// SPDX-License-Identifier: Apache-2.0
#include "library.h"

#include <dlfcn.h>

#include "text.h"

namespace sealferry::token::skf {
namespace {

/// Without these nothing can be shown of a key.
constexpr const char* needed[] = {
    "SKF_EnumDev",         "SKF_ConnectDev",      "SKF_DisConnectDev",    "SKF_GetDevInfo",    "SKF_EnumApplication",
    "SKF_OpenApplication", "SKF_GetPINInfo",      "SKF_VerifyPIN",        "SKF_EnumContainer", "SKF_OpenContainer",
    "SKF_CloseContainer",  "SKF_ExportPublicKey", "SKF_ExportCertificate"};

}  // namespace

Result<std::shared_ptr<Library>> Library::load(const std::string& path, const SkfSetting& setting) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return fail(ErrorCode::no_driver, "dlopen");
  std::shared_ptr<Library> library(new Library(path, setting, handle));
  for (const auto* name : needed)
    if (!library->has(name)) return fail(ErrorCode::no_driver, name);
  return library;
}

void* Library::find(const char* name) const { return dlsym(handle_, name); }

std::string Library::nameOf(const std::string& native) const { return skf::nameOf(native, setting_.encoding); }
std::string Library::nativeName(const std::string& name) const { return skf::nativeName(name, setting_.encoding); }

NumberOut Library::number(std::uint64_t value) const {
  NumberOut out;
  out.bits = setting_.ulongBits;
  out.set(value);
  return out;
}

FlagOut Library::flag() const {
  FlagOut out;
  out.bits = setting_.boolBits;
  return out;
}

}  // namespace sealferry::token::skf
