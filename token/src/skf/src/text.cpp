// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>

namespace sealferry::token::skf {
namespace {

constexpr const char* utf8 = "UTF-8";
constexpr const char* gbk = "GB18030";  // what GBK has, and all that it lacks

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (isOpen()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// Bytes that are no character are left out, and counted.
  std::string convert(std::string from, std::size_t& leftOut) const {
    leftOut = from.size();
    if (!isOpen()) return {};
    leftOut = 0;
    std::string to(from.size() * 4 + 4, '\0');
    char* in = from.data();
    char* out = to.data();
    auto inLeft = from.size();
    auto outLeft = to.size();
    while (inLeft > 0)
      if (iconv(handle_, &in, &inLeft, &out, &outLeft) == static_cast<std::size_t>(-1)) {
        if (inLeft == 0) break;
        ++in;
        --inLeft;
        ++leftOut;
      }
    to.resize(to.size() - outLeft);
    return to;
  }

 private:
  bool isOpen() const {
    constexpr std::intptr_t none = -1;
    return reinterpret_cast<std::intptr_t>(handle_) != none;
  }
  iconv_t handle_;
};

/// All of it, or as it is.
std::string whole(const std::string& text, const char* to, const char* from) {
  std::size_t leftOut = 0;
  auto converted = Converter(to, from).convert(text, leftOut);
  return leftOut == 0 ? converted : text;
}

}  // namespace

std::string cleaned(const std::string& native, SkfEncoding encoding) {
  std::size_t leftOut = 0;
  auto text = Converter(utf8, encoding == SkfEncoding::gbk ? gbk : utf8).convert(native, leftOut);
  std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::string nameOf(const std::string& native, SkfEncoding encoding) {
  return encoding == SkfEncoding::gbk ? whole(native, utf8, gbk) : native;
}

std::string nativeName(const std::string& name, SkfEncoding encoding) {
  return encoding == SkfEncoding::gbk ? whole(name, gbk, utf8) : name;
}

}  // namespace sealferry::token::skf
