// SPDX-License-Identifier: Apache-2.0
#include "skf/setting.h"

namespace sealferry::token {
namespace {

bool setWidth(unsigned& bits, std::string_view value) {
  if (value != "32" && value != "64") return false;
  bits = value == "32" ? 32 : 64;
  return true;
}

bool set(SkfSetting& setting, std::string_view name, std::string_view value) {
  if (name == "ulong") return setWidth(setting.ulongBits, value);
  if (name == "bool") return setWidth(setting.boolBits, value);
  if (name == "packing" && (value == "1" || value == "natural")) {
    setting.packed = value == "1";
  } else if (name == "encoding" && (value == "utf-8" || value == "gbk")) {
    setting.encoding = value == "gbk" ? SkfEncoding::gbk : SkfEncoding::utf8;
  } else if (name == "deviceEvents" && (value == "on" || value == "off")) {
    setting.events = value == "on";
  } else if (name == "application" && !value.empty()) {
    setting.application = value;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Result<SkfSetting> skfSetting(std::span<const std::string> options) {
  SkfSetting setting;
  for (const std::string_view option : options) {
    const auto end = option.find('=');
    if (end == std::string_view::npos || !set(setting, option.substr(0, end), option.substr(end + 1)))
      return fail(ErrorCode::bad_request, "skfSetting");
  }
  return setting;
}

}  // namespace sealferry::token
