// SPDX-License-Identifier: Apache-2.0
#include "tail.h"

#include <optional>
#include <string>
#include <string_view>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr std::size_t headSize = 1024;  // ISO 32000-1 annex H: readers look this far
constexpr std::size_t tailSize = 4096;
constexpr std::string_view marker = "startxref";

bool isWhiteSpace(char letter) {
  return letter == ' ' || letter == '\r' || letter == '\n' || letter == '\t' || letter == '\f';
}

std::optional<std::uint64_t> numberAt(std::string_view text) {
  while (!text.empty() && isWhiteSpace(text.front())) text.remove_prefix(1);
  std::uint64_t number = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
    number = number * 10 + static_cast<std::uint64_t>(text[digits] - '0');
  if (digits == 0 || digits > 15) return std::nullopt;
  return number;
}

}  // namespace

Result<Tail> readTail(const Source& source) {
  const auto head = textOf(source.read(0, headSize));
  const auto header = head.find("%PDF-");
  if (header == std::string::npos) return unreadable("header");
  const auto start = source.size() > tailSize ? source.size() - tailSize : 0;
  const auto text = textOf(source.read(start, tailSize));
  const auto found = text.rfind(marker);
  if (found == std::string::npos) return unreadable("startxref");
  const auto number = numberAt(std::string_view(text).substr(found + marker.size()));
  if (!number || *number + header >= source.size()) return unreadable("startxref");

  Tail tail{header, *number, false, text.back() == '\n' || text.back() == '\r', source.size()};
  const auto section = textOf(source.read(header + *number, 64));
  auto rest = std::string_view(section);
  while (!rest.empty() && isWhiteSpace(rest.front())) rest.remove_prefix(1);
  tail.xrefIsStream = !rest.starts_with("xref");
  return tail;
}

}  // namespace sealferry::pdf
