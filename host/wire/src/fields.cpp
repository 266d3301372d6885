// SPDX-License-Identifier: Apache-2.0
#include "fields.h"

namespace sealferry::wire {

using nlohmann::json;

Fields::Fields(const json& object) : object_(&object) {
  if (!object.is_object()) refuse("params");
}

void Fields::refuse(std::string_view name) {
  if (wrong_.empty()) wrong_ = name;
}

const json* Fields::take(std::string_view name) {
  if (!object_->is_object()) return nullptr;
  const auto member = object_->find(name);
  if (member == object_->end()) return nullptr;
  taken_.emplace(name);
  return &*member;
}

std::optional<std::string> Fields::maybeText(std::string_view name, std::size_t longest) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string() && value->get_ref<const std::string&>().size() <= longest) return value->get<std::string>();
  refuse(name);
  return std::nullopt;
}

std::string Fields::text(std::string_view name, std::size_t longest) {
  auto value = maybeText(name, longest);
  if (!value || value->empty()) refuse(name);
  return std::move(value).value_or("");
}

std::optional<std::int64_t> Fields::maybeInteger(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer() && !(value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)) {
    const auto number = value->get<std::int64_t>();
    if (number >= least && number <= most) return number;
  }
  refuse(name);
  return std::nullopt;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto value = maybeInteger(name, least, most);
  if (!value) refuse(name);
  return value.value_or(0);
}

std::optional<double> Fields::maybeNumber(std::string_view name, double least, double most) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number())
    if (const auto number = value->get<double>(); number >= least && number <= most) return number;
  refuse(name);
  return std::nullopt;
}

double Fields::number(std::string_view name, double least, double most) {
  const auto value = maybeNumber(name, least, most);
  if (!value) refuse(name);
  return value.value_or(0);
}

bool Fields::boolean(std::string_view name) {
  const auto* value = take(name);
  if (value != nullptr && value->is_boolean()) return value->get<bool>();
  refuse(name);
  return false;
}

bool Fields::boolean(std::string_view name, bool otherwise) {
  return object_->is_object() && object_->contains(name) ? boolean(name) : otherwise;
}

std::optional<Bytes> Fields::decode(std::string_view name, const json& value, std::size_t least, std::size_t most) {
  if (value.is_binary() && value.get_binary().size() >= least && value.get_binary().size() <= most)
    return Bytes(value.get_binary());
  if (value.is_string() && value.get_ref<const std::string&>().size() <= (most + 2) / 3 * 4) {
    auto bytes = fromBase64(value.get_ref<const std::string&>());
    if (bytes && bytes->size() >= least && bytes->size() <= most) return bytes;
  }
  refuse(name);
  return std::nullopt;
}

Bytes Fields::bytes(std::string_view name, std::size_t least, std::size_t most) {
  const auto* value = take(name);
  if (value == nullptr) refuse(name);
  return value == nullptr ? Bytes{} : decode(name, *value, least, most).value_or(Bytes{});
}

std::optional<Bytes> Fields::maybeBytes(std::string_view name, std::size_t most) {
  const auto* value = take(name);
  return value == nullptr ? std::nullopt : decode(name, *value, 1, most);
}

std::vector<Bytes> Fields::byteList(std::string_view name, std::size_t mostItems, std::size_t mostBytes) {
  const auto* value = take(name);
  if (value == nullptr || !value->is_array() || value->size() > mostItems) {
    refuse(name);
    return {};
  }
  std::vector<Bytes> list;
  for (const auto& item : *value) list.push_back(decode(name, item, 1, mostBytes).value_or(Bytes{}));
  return list;
}

std::vector<Bytes> Fields::maybeByteList(std::string_view name, std::size_t mostItems, std::size_t mostBytes) {
  const bool there = object_->is_object() && object_->contains(name);
  return there ? byteList(name, mostItems, mostBytes) : std::vector<Bytes>{};
}

std::optional<std::vector<std::string>> Fields::maybeTextList(std::string_view name, std::size_t mostItems) {
  const auto* value = take(name);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> list;
  if (!value->is_array() || value->size() > mostItems) refuse(name);
  for (const auto& item : *value) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > 256 || list.size() == mostItems) {
      refuse(name);
      break;
    }
    list.push_back(item.get<std::string>());
  }
  return list;
}

std::optional<Time> Fields::maybeTime(std::string_view name) {
  const auto value = maybeText(name, 40);
  if (!value) return std::nullopt;
  const auto time = fromRfc3339(*value);
  if (!time) refuse(name);
  return time;
}

const json* Fields::maybeObject(std::string_view name) {
  const auto* value = take(name);
  if (value == nullptr || value->is_object()) return value;
  refuse(name);
  return nullptr;
}

bool Fields::ok() {
  if (object_->is_object())
    for (const auto& [name, value] : object_->items())
      if (!taken_.contains(name)) refuse(name.substr(0, 64));
  return wrong_.empty();
}

}  // namespace sealferry::wire
