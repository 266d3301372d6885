// SPDX-License-Identifier: Apache-2.0
#include "json.h"

namespace sealferry::order {
namespace {

using nlohmann::json;

constexpr std::size_t largestText = 65'536;
constexpr std::size_t deepest = 8;

/// Watches the events of one parse: depth, and names that occur twice in an object. nlohmann's own DOM would silently
/// keep the last of them, while another reader of the same signed text may keep the first.
class Watcher final : public json::json_sax_t {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(json::number_integer_t) override { return true; }
  bool number_unsigned(json::number_unsigned_t) override { return true; }
  bool number_float(json::number_float_t, const json::string_t&) override { return true; }
  bool string(json::string_t&) override { return true; }
  bool binary(json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return enter(); }
  bool key(json::string_t& name) override { return names_.back().insert(name).second; }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool enter() {
    names_.emplace_back();
    return names_.size() <= deepest;
  }
  bool leave() {
    names_.pop_back();
    return true;
  }
  std::vector<std::set<std::string>> names_;
};

}  // namespace

std::optional<json> parseStrict(ByteView text) {
  if (text.size() > largestText) return std::nullopt;
  Watcher watcher;
  try {
    if (!json::sax_parse(text.begin(), text.end(), &watcher)) return std::nullopt;
    auto value = json::parse(text.begin(), text.end(), nullptr, false);
    if (!value.is_object()) return std::nullopt;
    return value;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace sealferry::order
