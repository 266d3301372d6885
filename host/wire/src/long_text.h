// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sealferry::wire {

/// A message without its long strings of base64. A part of a document is 700 KB of text in a message of 200 other
/// bytes; a JSON reader looks at each letter several times, and a hundred megabytes take seconds.
struct Shortened {
  std::string text;                     ///< JSON as it came, but an empty string where a long one stood
  std::map<std::size_t, Bytes> values;  ///< decoded, by the number of the string (names count too, from 0)
};

/// Nothing if there is no such string, or the text is no JSON: then it is read as it is. Only what is strict base64
/// from the first letter to the last, without an escape, is taken out.
std::optional<Shortened> withoutLongTexts(std::string_view message);

}  // namespace sealferry::wire
