// SPDX-License-Identifier: Apache-2.0
#include "gbk.h"

#include <iconv.h>

#include <memory>

namespace sealferry::token::profile {
namespace {

struct Close {
  void operator()(void* converter) const { iconv_close(converter); }
};

/// Whole and exact: iconv answers how many characters it had to replace, and none may be. GBK to UTF-8 at most takes
/// three bytes for two, ASCII one for one.
std::optional<std::string> converted(const char* to, const char* from, std::string_view text) {
  auto* opened = iconv_open(to, from);
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const std::unique_ptr<void, Close> converter(opened);
  std::string out(text.size() * 2 + 16, '\0');
  auto* input = const_cast<char*>(text.data());
  auto* output = out.data();
  std::size_t left = text.size(), room = out.size();
  if (iconv(converter.get(), &input, &left, &output, &room) != 0 || left != 0) return std::nullopt;
  if (iconv(converter.get(), nullptr, nullptr, &output, &room) != 0) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

}  // namespace

std::optional<std::string> fromGbk(ByteView bytes) { return converted("UTF-8", "GBK", textOf(bytes)); }

std::optional<Bytes> toGbk(std::string_view utf8) {
  const auto text = converted("GBK", "UTF-8", utf8);
  if (!text) return std::nullopt;
  return copyOf(viewOf(*text));
}

}  // namespace sealferry::token::profile
