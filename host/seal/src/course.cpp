// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

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

}  // namespace sealferry::seal::format
