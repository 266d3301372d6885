// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <iconv.h>

#include <algorithm>

namespace sealferry::token::skf {
namespace {

/// Bytes that are no character are left out.
std::string converted(std::string from, const char* encoding) {
  const auto converter = iconv_open("UTF-8", encoding);
  constexpr std::intptr_t none = -1;
  if (reinterpret_cast<std::intptr_t>(converter) == none) return {};
  std::string to(from.size() * 4 + 4, '\0');
  char* in = from.data();
  char* out = to.data();
  auto inLeft = from.size();
  auto outLeft = to.size();
  while (inLeft > 0)
    if (iconv(converter, &in, &inLeft, &out, &outLeft) == static_cast<std::size_t>(-1)) {
      if (inLeft == 0) break;
      ++in;
      --inLeft;
    }
  iconv_close(converter);
  to.resize(to.size() - outLeft);
  return to;
}

}  // namespace

std::string cleaned(const std::string& native, SkfEncoding encoding) {
  auto text = converted(native, encoding == SkfEncoding::gbk ? "GB18030" : "UTF-8");
  std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace sealferry::token::skf
