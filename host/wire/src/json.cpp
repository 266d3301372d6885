// SPDX-License-Identifier: Apache-2.0
#include "json.h"

#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace sealferry::wire {
namespace {

using nlohmann::json;

constexpr std::size_t largestDepth = 32;

/// Looks without building: refuses what the builder would accept or would only survive.
class Inspector : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t value, const string_t&) override { return std::isfinite(value); }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    names_.emplace_back();
    return ++depth_ <= largestDepth;
  }
  bool key(string_t& name) override { return names_.back().insert(name).second; }
  bool end_object() override {
    names_.pop_back();
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override { return ++depth_ <= largestDepth; }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> names_;
};

}  // namespace

std::optional<json> parseStrict(std::string_view text) {
  try {
    Inspector inspector;
    if (!json::sax_parse(text, &inspector)) return std::nullopt;
    return json::parse(text);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace sealferry::wire
