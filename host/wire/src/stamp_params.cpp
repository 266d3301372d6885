// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "params.h"

namespace sealferry::wire {
namespace {

constexpr double farthestMm = 1e6;  // far beyond any page; infinity and the like never come in
constexpr std::size_t mostRanges = 256;
constexpr std::int64_t mostPages = 10'000'000;
constexpr std::size_t longestWords = 256, longestName = 4096, largestToken = 64 * 1024;

std::optional<PageRange> readRange(const nlohmann::json& value) {
  if (!value.is_array() || value.size() != 2) return std::nullopt;
  for (const auto& end : value)
    if (!end.is_number_unsigned() || end.get<std::uint64_t>() > mostPages) return std::nullopt;
  return PageRange{value[0].get<std::uint32_t>(), value[1].get<std::uint32_t>()};
}

std::vector<PageRange> readPages(Fields& fields) {
  const auto* value = fields.take("pages");
  if (value == nullptr) return {};
  std::vector<PageRange> ranges;
  if (!value->is_array() || value->empty() || value->size() > mostRanges) fields.refuse("pages");
  for (const auto& item : *value) {
    const auto range = ranges.size() < mostRanges ? readRange(item) : std::nullopt;
    if (!range) {
      fields.refuse("pages");
      break;
    }
    ranges.push_back(*range);
  }
  return ranges;
}

/// One of the objects in the request, read by `read`; a wrong member of it is told by the object's own name.
template <class Part>
std::optional<Part> readPart(Fields& fields, std::string_view name, Part (*read)(Fields&)) {
  const auto* object = fields.maybeObject(name);
  if (object == nullptr) return std::nullopt;
  Fields inner(*object);
  auto part = read(inner);
  if (!inner.ok()) fields.refuse(name);
  return part;
}

StampPlace readPlace(Fields& fields) {
  return {fields.number("x", -farthestMm, farthestMm), fields.number("y", -farthestMm, farthestMm),
          fields.boolean("clamp", true)};
}

StampKeyword readKeyword(Fields& fields) {
  return {fields.text("text", longestWords), fields.boolean("all", false), fields.boolean("clamp", true)};
}

StampAcross readAcross(Fields& fields) {
  static constexpr auto edges = std::to_array<std::string_view>({"right", "left", "top", "bottom"});
  StampAcross across;
  across.edge = fields.maybeText("edge", 8).value_or("right");
  if (std::ranges::find(edges, across.edge) == edges.end()) fields.refuse("edge");
  across.along = fields.maybeNumber("along", 0, farthestMm);
  if (const auto* pages = fields.take("pages")) {
    const auto range = readRange(*pages);
    if (!range) fields.refuse("pages");
    across.pages = range.value_or(PageRange{1, 0});
  }
  return across;
}

std::optional<std::string> readWord(Fields& fields, std::string_view name,
                                    std::initializer_list<std::string_view> known) {
  auto word = fields.maybeText(name, 16);
  if (word && std::ranges::find(known, *word) == known.end()) fields.refuse(name);
  return word;
}

}  // namespace

Params readStampDocument(Fields& fields) {
  StampDocument stamp;
  stamp.document = fields.text("document", 64);
  stamp.serial = fields.maybeText("serial");
  stamp.seal = fields.maybeText("seal");
  stamp.name = fields.maybeText("name", longestName);
  stamp.pages = readPages(fields);
  stamp.at = readPart(fields, "at", readPlace);
  stamp.keyword = readPart(fields, "keyword", readKeyword);
  stamp.across = readPart(fields, "across", readAcross);
  stamp.reason = fields.maybeText("reason", longestWords);
  stamp.textLine = fields.boolean("textLine", false);
  stamp.timestamp = fields.boolean("timestamp", false);
  stamp.digest = readWord(fields, "digest", {"sha256", "sha384", "sha512"});
  stamp.padding = readWord(fields, "padding", {"pkcs1", "pss"});
  // A stamp that goes nowhere, or pages without a place on them, is a slip of the page's author.
  if (!stamp.at && (!stamp.pages.empty() || (!stamp.keyword && !stamp.across))) fields.refuse("at");
  return stamp;
}

Params readAddTimestamp(Fields& fields) {
  return AddTimestamp{fields.text("document", 64), fields.bytes("token", 1, largestToken)};
}

}  // namespace sealferry::wire
