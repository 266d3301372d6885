// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <charconv>

namespace sealferry {

std::optional<Arguments> Arguments::parse(const std::vector<std::string>& words, const std::set<std::string>& known) {
  Arguments out;
  if (words.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const auto name = words[i].starts_with("--") ? words[i].substr(2) : std::string{};
    if (!known.contains(name) || !out.values_.emplace(name, words[i + 1]).second) return std::nullopt;
  }
  return out;
}

std::string Arguments::get(const std::string& name, const std::string& fallback) const {
  const auto found = values_.find(name);
  return found == values_.end() ? fallback : found->second;
}

std::optional<long> Arguments::number(const std::string& name, long fallback, long least, long most) const {
  if (!has(name)) return fallback;
  const auto text = get(name);
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
  return value;
}

}  // namespace sealferry
