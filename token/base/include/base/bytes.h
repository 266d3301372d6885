// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sealferry {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, not copied: the text must outlive the view.
ByteView viewOf(std::string_view text);
std::string textOf(ByteView bytes);
Bytes copyOf(ByteView bytes);

/// Lower-case hexadecimal, two digits a byte.
std::string toHex(ByteView bytes);
/// Nothing unless the text is an even number of hexadecimal digits.
std::optional<Bytes> fromHex(std::string_view text);

/// Base64 of RFC 4648 §4: with padding, without line breaks.
std::string toBase64(ByteView bytes);
/// Strict reverse of toBase64: nothing for other characters, missing padding or non-zero rest bits.
std::optional<Bytes> fromBase64(std::string_view text);

}  // namespace sealferry
