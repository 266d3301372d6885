// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "json.h"

namespace sealferry::order {
namespace {

using nlohmann::json;

const json nothing = nullptr;
constexpr std::size_t digestBytes = 32;

}  // namespace

ObjectReader::ObjectReader(const json& object, std::string path, std::string& fault)
    : object_(object), path_(std::move(path)), fault_(fault) {}

std::string ObjectReader::pathOf(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void ObjectReader::complain(std::string_view name) {
  if (fault_.empty()) fault_ = pathOf(name);
}

const json& ObjectReader::member(const char* name) {
  seen_.insert(name);
  const auto found = object_.find(name);
  if (found != object_.end()) return *found;
  complain(name);
  return nothing;
}

bool ObjectReader::has(const char* name) const { return object_.contains(name); }

std::string ObjectReader::text(const char* name, std::size_t shortest, std::size_t longest) {
  const auto& value = member(name);
  const auto* content = value.get_ptr<const std::string*>();
  if (content != nullptr && content->size() >= shortest && content->size() <= longest) return *content;
  complain(name);
  return {};
}

bool ObjectReader::flag(const char* name) {
  const auto& value = member(name);
  if (!value.is_boolean()) complain(name);
  return value.is_boolean() && value.get<bool>();
}

Time ObjectReader::time(const char* name) {
  const auto value = fromRfc3339(text(name, 1, 64));
  if (!value) complain(name);
  return value.value_or(0);
}

Bytes ObjectReader::digest(const char* name) {
  auto value = readDigest(member(name));
  if (!value) complain(name);
  return std::move(value).value_or(Bytes{});
}

std::optional<Bytes> ObjectReader::digestOrNull(const char* name) {
  const auto& value = member(name);
  if (value.is_null()) return std::nullopt;
  auto bytes = readDigest(value);
  if (!bytes) complain(name);
  return bytes;
}

std::vector<Bytes> ObjectReader::digests(const char* name, std::size_t most) {
  std::vector<Bytes> out;
  for (const auto& value : array(name, most)) {
    auto bytes = readDigest(value);
    if (!bytes || std::ranges::find(out, *bytes) != out.end()) complain(name);
    out.push_back(std::move(bytes).value_or(Bytes{}));
  }
  return out;
}

Bytes ObjectReader::base64(const char* name, std::size_t shortest, std::size_t longest) {
  auto value = fromBase64(text(name, 1, longest * 2));
  if (!value || value->size() < shortest || value->size() > longest) {
    complain(name);
    return {};
  }
  return *std::move(value);
}

void ObjectReader::constant(const char* name, const json& value) {
  const auto& found = member(name);
  if (found.type() != value.type() && !(found.is_number_unsigned() && value.is_number_integer())) complain(name);
  if (found != value) complain(name);
}

const json& ObjectReader::object(const char* name) {
  const auto& value = member(name);
  if (!value.is_object()) complain(name);
  return value;
}

const json& ObjectReader::objectOrNull(const char* name) {
  const auto& value = member(name);
  if (!value.is_object() && !value.is_null()) complain(name);
  return value;
}

const json& ObjectReader::array(const char* name, std::size_t most) {
  static const json empty = json::array();
  const auto& value = member(name);
  if (value.is_array() && value.size() <= most) return value;
  complain(name);
  return empty;
}

void ObjectReader::finish() {
  if (!object_.is_object()) return complain("");
  for (const auto& entry : object_.items())
    if (!seen_.contains(entry.key())) return complain("unknown");
}

std::optional<Bytes> readDigest(const json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr || text->size() != digestBytes * 2) return std::nullopt;
  auto bytes = fromHex(*text);
  if (!bytes || toHex(*bytes) != *text) return std::nullopt;  // lower case alone
  return bytes;
}

json hexOrNull(const std::optional<Bytes>& digest) { return digest ? json(toHex(*digest)) : json(nullptr); }

json hexList(const std::vector<Bytes>& digests) {
  auto out = json::array();
  for (const auto& digest : digests) out.push_back(toHex(digest));
  return out;
}

bool isToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

tl::unexpected<Error> invalid(std::string reason, std::string field) {
  Error error{ErrorCode::order_invalid, "order", 0, {}, {{"reason", std::move(reason)}}};
  if (!field.empty()) error.detail["field"] = std::move(field);
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace sealferry::order
