// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "algorithm.h"
#include "format.h"

namespace sealferry::seal::format {

namespace der = trust::der;

bool Course::refuse(std::string word) {
  if (reason.empty()) reason = std::move(word);
  return false;
}

bool Course::tolerate(const std::string& name) {
  if (strictness == Strictness::strict) {
    deviation = name;
    return refuse("deviation");
  }
  if (std::ranges::find(notes, name) == notes.end()) notes.push_back(name);
  return true;
}

bool readText(Course& course, std::string& out, der::Reader& reader, int tag, std::size_t longest) {
  const auto element = reader.next();
  if (!element || element->content.size() > longest) return course.refuse("malformed");
  const auto text = der::text(*element);
  if (!text) return course.refuse("text");
  out = *text;
  return element->tag == tag || course.tolerate("textType");
}

bool readInteger(Course& course, int& out, der::Reader& reader) {
  const auto element = reader.next(der::tag::integer);
  const auto number = element ? der::integer(*element) : std::nullopt;
  if (!number || *number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max())
    return course.refuse("malformed");
  out = static_cast<int>(*number);
  return true;
}

std::vector<der::Element> membersOf(const der::Element& outer, std::size_t most) {
  std::vector<der::Element> members;
  auto reader = outer.tag == der::tag::sequence ? der::inside(outer) : std::nullopt;
  while (reader && !reader->atEnd()) {
    const auto element = reader->next();
    if (!element || members.size() == most) return {};
    members.push_back(*element);
  }
  return members;
}

bool readTimestamp(Course& course, std::optional<Bytes>& out, const der::Element& member) {
  const bool tagged = member.tag == der::tag::context(0);
  const auto inner = tagged ? der::only(member.content) : std::optional(member);
  const auto bits = inner ? der::bits(*inner) : std::nullopt;
  if (!bits) return course.refuse("malformed");
  out = copyOf(*bits);
  return tagged || course.tolerate("timestampUntagged");
}

bool readAlgorithm(Course& course, std::string& out, const der::Element& member) {
  const auto oid = der::objectIdentifier(member);
  if (!oid) return course.refuse("malformed");
  out = *oid;
  return out == sm2WithSm3 || course.refuse("algorithm");
}

tl::unexpected<Error> refusal(const Course& course, std::string where) {
  Error error{ErrorCode::seal_invalid, std::move(where), 0, {}, {{"reason", course.reason}}};
  if (!course.deviation.empty()) error.detail["deviation"] = course.deviation;
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace sealferry::seal::format
