// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace sealferry::wire {

/// Takes typed members out of one JSON object and remembers the first that is wrong, so that a parser reads like a list
/// of its members. ok() is asked once, at the end; it is also false if a member was left that nobody took.
class Fields {
 public:
  explicit Fields(const nlohmann::json& object);

  std::string text(std::string_view name, std::size_t longest = 256);
  std::optional<std::string> maybeText(std::string_view name, std::size_t longest = 256);
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> maybeInteger(std::string_view name, std::int64_t least, std::int64_t most);
  double number(std::string_view name, double least, double most);
  std::optional<double> maybeNumber(std::string_view name, double least, double most);
  bool boolean(std::string_view name);
  bool boolean(std::string_view name, bool otherwise);
  Bytes bytes(std::string_view name, std::size_t least, std::size_t most);  ///< base64
  std::optional<Bytes> maybeBytes(std::string_view name, std::size_t most);
  std::vector<Bytes> byteList(std::string_view name, std::size_t mostItems, std::size_t mostBytes);
  std::vector<Bytes> maybeByteList(std::string_view name, std::size_t mostItems, std::size_t mostBytes);
  std::optional<std::vector<std::string>> maybeTextList(std::string_view name, std::size_t mostItems);
  std::optional<Time> maybeTime(std::string_view name);
  const nlohmann::json* maybeObject(std::string_view name);
  const nlohmann::json* take(std::string_view name);  ///< the member as it is, null if it is absent

  void refuse(std::string_view name);
  bool ok();
  const std::string& wrongField() const { return wrong_; }

 private:
  std::optional<Bytes> decode(std::string_view name, const nlohmann::json& value, std::size_t least, std::size_t most);
  const nlohmann::json* object_;
  std::set<std::string, std::less<>> taken_;
  std::string wrong_;
};

}  // namespace sealferry::wire
