// SPDX-License-Identifier: Apache-2.0
#include "json.h"

#include <cmath>
#include <vector>

#include "long_text.h"

namespace sealferry::wire {
namespace {

using nlohmann::json;

constexpr std::size_t largestDepth = 32;

/// Builds the value in one pass and refuses what a general builder would accept or would only survive.
class Builder : public nlohmann::json_sax<json> {
 public:
  explicit Builder(std::map<std::size_t, Bytes> taken) : taken_(std::move(taken)) {}
  json& value() { return root_; }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return std::isfinite(value) && put(value); }
  bool string(string_t& value) override {
    const auto taken = taken_.find(strings_++);
    return put(taken == taken_.end() ? json(std::move(value)) : json::binary(std::move(taken->second)));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool key(string_t& name) override {
    auto& object = *open_.back();
    if (taken_.contains(strings_++) || object.contains(name)) return false;
    member_ = &object[std::move(name)];
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  json& place(json value) {
    if (open_.empty()) return root_ = std::move(value);
    if (!open_.back()->is_array()) return *member_ = std::move(value);
    open_.back()->push_back(std::move(value));
    return open_.back()->back();
  }
  bool put(json value) {
    place(std::move(value));
    return true;
  }
  bool open(json container) {
    open_.push_back(&place(std::move(container)));
    return open_.size() <= largestDepth;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  json root_;
  std::vector<json*> open_;  ///< the containers around the place where the text is; each in the one before
  json* member_ = nullptr;
  std::map<std::size_t, Bytes> taken_;
  std::size_t strings_ = 0;
};

}  // namespace

std::optional<json> parseStrict(std::string_view text) {
  try {
    auto shortened = withoutLongTexts(text);
    Builder builder(shortened ? std::move(shortened->values) : std::map<std::size_t, Bytes>{});
    if (!json::sax_parse(shortened ? std::string_view(shortened->text) : text, &builder)) return std::nullopt;
    return std::move(builder.value());
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace sealferry::wire
