// SPDX-License-Identifier: Apache-2.0
#include "label.h"

#include <charconv>

#include "base/digest.h"

namespace sealferry::token::store {
namespace {

/// Takes the text up to the next dot, and the dot.
std::string_view takeField(std::string_view& text) {
  const auto dot = text.find('.');
  const auto field = text.substr(0, dot);
  text = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
  return field;
}

/// A decimal number without leading zeros, so that each object has one spelling.
std::optional<std::uint32_t> numberOf(std::string_view text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  if (text != std::to_string(value)) return std::nullopt;
  return value;
}

bool isDigest(std::string_view text) { return text.size() == 8 && fromHex(text).has_value(); }

}  // namespace

std::string blobLabel(std::string_view name, Sequence sequence, unsigned part) {
  const auto digest = toHex(sha256(viewOf(name))).substr(0, 8);
  return "ses." + digest + "." + std::to_string(sequence) + "." + std::to_string(part);
}

std::string journalLabel(Sequence sequence) { return "ses.journal." + std::to_string(sequence) + ".0"; }

std::optional<Label> parseLabel(std::string_view text) {
  if (takeField(text) != "ses") return std::nullopt;
  const auto kind = takeField(text);
  const auto sequence = numberOf(takeField(text), lastSequence);
  const auto part = numberOf(text, mostParts);
  if (!sequence || !part) return std::nullopt;
  if (kind == "journal" && *part == 0) return Label{true, {}, *sequence, 0};
  if (!isDigest(kind)) return std::nullopt;
  return Label{false, std::string(kind), *sequence, *part};
}

}  // namespace sealferry::token::store
