// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sealferry {

/// "--name value" pairs after a command line's fixed words.
class Arguments {
 public:
  /// Nothing if a name is unknown, given twice or without a value.
  static std::optional<Arguments> parse(const std::vector<std::string>& words, const std::set<std::string>& known);
  std::string get(const std::string& name, const std::string& fallback = {}) const;
  bool has(const std::string& name) const { return values_.contains(name); }
  /// A whole number within limits; nothing for anything else. The fallback where it is not given.
  std::optional<long> number(const std::string& name, long fallback, long least, long most) const;

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace sealferry
