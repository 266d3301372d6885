// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstring>
#include <memory>
#include <type_traits>

#include "call.h"
#include "skf/setting.h"
#include "skf_layout/fields.h"

#ifdef _WIN32
#define SEALFERRY_DEVAPI __stdcall
#else
#define SEALFERRY_DEVAPI
#endif

namespace sealferry::token::skf {

using Handle = void*;
using sealferry::skf::Layout;

/// Arguments as the standard has them: their width is the vendor's.
struct Number {  ///< ULONG
  std::uint64_t value = 0;
};
struct Flag {  ///< BOOL
  bool value = false;
};
/// ULONG* and BOOL*: room for the widest.
struct NumberOut {
  alignas(8) std::uint8_t raw[8] = {};
  std::uint64_t bits = 32;
  std::uint64_t value() const {
    std::uint64_t wide = 0;
    std::memcpy(&wide, raw, bits / 8);
    return wide;
  }
  void set(std::uint64_t value) { std::memcpy(raw, &value, bits / 8); }
};
struct FlagOut : NumberOut {};

/// The type a vendor's library has for an argument of ours.
template <class Ulong, class Bool, class Argument>
struct Native {
  using Type = Argument;
  static Type of(Argument argument) { return argument; }
};
template <class Ulong, class Bool>
struct Native<Ulong, Bool, Number> {
  using Type = Ulong;
  static Type of(Number argument) { return static_cast<Ulong>(argument.value); }
};
template <class Ulong, class Bool>
struct Native<Ulong, Bool, Flag> {
  using Type = Bool;
  static Type of(Flag argument) { return argument.value ? 1 : 0; }
};
template <class Ulong, class Bool>
struct Native<Ulong, Bool, NumberOut*> {
  using Type = Ulong*;
  static Type of(NumberOut* argument) { return reinterpret_cast<Ulong*>(argument->raw); }
};
template <class Ulong, class Bool>
struct Native<Ulong, Bool, FlagOut*> {
  using Type = Bool*;
  static Type of(FlagOut* argument) { return reinterpret_cast<Bool*>(argument->raw); }
};

/// A vendor's library in this process. Calls are resolved by name; those a library lacks answer mechanism_missing. It
/// is never unloaded: some leave threads behind, and the process ends soon anyway.
class Library {
 public:
  static Result<std::shared_ptr<Library>> load(const std::string& path, const SkfSetting& setting);

  template <class... Arguments>
  Result<void> call(const char* name, Arguments... arguments) const {
    void* const symbol = find(name);
    if (symbol == nullptr) return fail(ErrorCode::mechanism_missing, name);
    using Narrow = std::uint32_t;
    using Wide = std::uint64_t;
    const bool wideFlags = setting_.boolBits == 64;
    if (setting_.ulongBits == 64)
      return called(name, wideFlags ? invoke<Wide, std::int64_t>(symbol, arguments...)
                                    : invoke<Wide, std::int32_t>(symbol, arguments...));
    return called(name, wideFlags ? invoke<Narrow, std::int64_t>(symbol, arguments...)
                                  : invoke<Narrow, std::int32_t>(symbol, arguments...));
  }

  bool has(const char* name) const { return find(name) != nullptr; }
  NumberOut number(std::uint64_t value = 0) const;
  FlagOut flag() const;
  Layout layout() const { return {setting_.ulongBits / 8, setting_.packed}; }
  const SkfSetting& setting() const { return setting_; }
  /// A name that this library listed, as policy and profiles have it; and the other way round (text.h).
  std::string nameOf(const std::string& native) const;
  std::string nativeName(const std::string& name) const;
  const std::string& path() const { return path_; }

 private:
  Library(std::string path, SkfSetting setting, void* handle)
      : path_(std::move(path)), setting_(std::move(setting)), handle_(handle) {}
  void* find(const char* name) const;

  template <class Ulong, class Bool, class... Arguments>
  static Status invoke(void* symbol, Arguments... arguments) {
    using Function = Ulong(SEALFERRY_DEVAPI*)(typename Native<Ulong, Bool, Arguments>::Type...);
    return reinterpret_cast<Function>(symbol)(Native<Ulong, Bool, Arguments>::of(arguments)...);
  }

  std::string path_;
  SkfSetting setting_;
  void* handle_;
};

}  // namespace sealferry::token::skf
