// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <type_traits>

#include "skf_layout/fields.h"

// The types of GM/T 0016-2012 §6.1 as this library is compiled: ULONG of 32 bits and structures without padding, or,
// for the tests, of 64 bits and with it.

namespace sealferry::softkey {

#ifndef SOFTKEY_WIDE
#define SOFTKEY_WIDE 0
#endif

constexpr bool wide = SOFTKEY_WIDE != 0;
constexpr skf::Layout nativeLayout{wide ? 8U : 4U, !wide};

using Ulong = std::conditional_t<wide, std::uint64_t, std::uint32_t>;
using Bool = std::int32_t;
using Byte = unsigned char;
using Text = char*;
using Handle = void*;

}  // namespace sealferry::softkey

/// An exported call.
#define SOFTKEY_CALL extern "C" __attribute__((visibility("default"))) sealferry::softkey::Ulong
