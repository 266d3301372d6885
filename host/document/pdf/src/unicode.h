// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace sealferry::pdf {

/// What is not well-formed becomes U+FFFD.
std::u32string fromUtf8(std::string_view text);
std::u32string fromUtf16(std::string_view bigEndian);
/// GB 18030, one character of one, two or four bytes.
std::u32string fromGb18030(std::string_view character);

/// As text is compared: without blanks, full-width forms of ASCII and curved quotes as ASCII, joined letters ("ﬁ") as
/// single ones.
std::u32string folded(const std::u32string& text);

}  // namespace sealferry::pdf
