// SPDX-License-Identifier: Apache-2.0
#include "pkcs11/setting.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace sealferry::token {
namespace {

struct Row {
  std::string_view name;
  Sm2Mechanisms sm2;
};

constexpr auto rows = std::to_array<Row>({
#define SEALFERRY_SM2(name, keyType, generate, sign, der) {#name, {keyType, generate, sign, der}},
#include "sm2_vendors.def"
#undef SEALFERRY_SM2
});

/// The part up to the next comma, taken off the front.
std::string_view next(std::string_view& rest) {
  const auto part = rest.substr(0, rest.find(','));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

std::optional<unsigned long> hexadecimal(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  unsigned long value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (problem != std::errc{} || end != text.data() + text.size() || text.size() > 8) return std::nullopt;
  return value;
}

std::optional<Sm2Mechanisms> fromNumbers(std::string_view text) {
  const auto keyType = hexadecimal(next(text)), generate = hexadecimal(next(text)), sign = hexadecimal(next(text));
  if (!keyType || !generate || !sign || (text != "raw" && text != "der")) return std::nullopt;
  return Sm2Mechanisms{*keyType, *generate, *sign, text == "der"};
}

std::optional<Sm2Mechanisms> sm2From(std::string_view text) {
  const auto row = std::ranges::find(rows, text, &Row::name);
  return row != rows.end() ? std::optional(row->sm2) : fromNumbers(text);
}

}  // namespace

Result<Pkcs11Setting> pkcs11Setting(std::span<const std::string> options) {
  constexpr std::string_view name = "sm2=";
  Pkcs11Setting setting;
  for (const auto& option : options) {
    if (option == "unblock=off") {
      setting.unblock = false;
      continue;
    }
    if (!option.starts_with(name)) return fail(ErrorCode::bad_request, "pkcs11Setting");
    setting.sm2 = sm2From(std::string_view(option).substr(name.size()));
    if (!setting.sm2) return fail(ErrorCode::bad_request, "pkcs11Setting");
  }
  return setting;
}

}  // namespace sealferry::token
