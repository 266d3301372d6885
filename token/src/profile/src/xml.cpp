// SPDX-License-Identifier: Apache-2.0
#include "xml.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sealferry::token::profile {
namespace {

constexpr std::size_t mostDepth = 8;

struct Entity {
  std::string_view name;
  char character;
};
constexpr auto entities =
    std::to_array<Entity>({{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}});

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool XmlCursor::take(std::string_view token) {
  if (!rest_.starts_with(token)) return false;
  rest_.remove_prefix(token.size());
  return true;
}

void XmlCursor::skipBlanks() {
  while (!rest_.empty() && isBlank(rest_.front())) rest_.remove_prefix(1);
}

void XmlCursor::skipDeclaration() {
  const auto end = rest_.find("?>");
  if (rest_.starts_with("<?xml ") && end != std::string_view::npos) rest_.remove_prefix(end + 2);
}

std::optional<std::string> XmlCursor::open() {
  if (!rest_.starts_with('<')) return std::nullopt;
  const auto end = std::ranges::find_if_not(rest_.substr(1), isNameCharacter);
  const auto size = static_cast<std::size_t>(end - rest_.substr(1).begin());
  auto name = std::string(rest_.substr(1, size));
  const auto after = rest_.substr(1 + size);
  empty_ = after.starts_with("/>");
  if (name.empty() || (!empty_ && !after.starts_with('>'))) return std::nullopt;
  rest_ = after.substr(empty_ ? 2 : 1);
  return name;
}

bool XmlCursor::close(std::string_view name) {
  const auto before = rest_;
  if (take("</") && take(name) && take(">")) return true;
  rest_ = before;
  return false;
}

std::optional<std::string> XmlCursor::text() {
  std::string out;
  while (!rest_.empty() && rest_.front() != '<') {
    if (rest_.front() != '&') {
      out.push_back(rest_.front());
      rest_.remove_prefix(1);
      continue;
    }
    const auto entity = std::ranges::find_if(entities, [&](const Entity& one) { return rest_.starts_with(one.name); });
    if (entity == entities.end()) return std::nullopt;
    out.push_back(entity->character);
    rest_.remove_prefix(entity->name.size());
  }
  return out;
}

bool XmlCursor::skip(std::string_view name) {
  std::vector<std::string> opened{std::string(name)};
  while (!opened.empty() && opened.size() <= mostDepth) {
    if (!text()) return false;
    if (close(opened.back())) {
      opened.pop_back();
      continue;
    }
    auto inner = open();
    if (!inner) return false;
    if (!empty_) opened.push_back(std::move(*inner));
  }
  return opened.empty();
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto entity = std::ranges::find(entities, c, &Entity::character);
    if (entity == entities.end())
      out.push_back(c);
    else
      out += entity->name;
  }
  return out;
}

}  // namespace sealferry::token::profile
