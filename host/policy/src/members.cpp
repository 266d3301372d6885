// SPDX-License-Identifier: Apache-2.0
#include "members.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "base/bytes.h"
#include "policy/origin.h"

namespace sealferry::policy {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

std::optional<Texts> textsOf(const json& value) {
  if (!value.is_array() || !std::ranges::all_of(value, [](const json& item) { return item.is_string(); }))
    return std::nullopt;
  return value.get<Texts>();
}

bool readFlag(bool& to, const json& value) {
  if (!value.is_boolean()) return false;
  to = value.get<bool>();
  return true;
}

bool readText(std::string& to, const json& value) {
  if (!value.is_string()) return false;
  to = value.get<std::string>();
  return true;
}

bool readOrigins(std::set<std::string>& to, const json& value) {
  const auto list = textsOf(value);
  if (!list || !std::ranges::all_of(*list, [](const auto& text) { return parseOrigin(text).has_value(); }))
    return false;
  to = {list->begin(), list->end()};
  return true;
}

/// "/etc/sealferry/roots/seal/*.pem" becomes the files there are.
void expand(const std::string& pattern, std::vector<std::filesystem::path>& to) {
  glob_t found{};
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    for (std::size_t i = 0; i < found.gl_pathc; ++i) to.emplace_back(found.gl_pathv[i]);
  globfree(&found);
}

bool readPatterns(std::vector<std::filesystem::path>& to, const json& value) {
  const auto list = textsOf(value);
  if (!list || !std::ranges::all_of(*list, [](const auto& text) { return text.starts_with('/'); })) return false;
  to.clear();
  for (const auto& pattern : *list) expand(pattern, to);
  return true;
}

/// `ulong` and `bool` are numbers of bits, `packing` is 1 or "natural", the others are texts.
bool readModuleOption(Module& module, const std::string& name, const json& value) {
  const bool width = (name == "ulong" || name == "bool") && (value == 32 || value == 64);
  const bool packing = name == "packing" && (value == 1 || value == "natural");
  const bool encoding = name == "encoding" && (value == "utf-8" || value == "gbk");
  const bool events = name == "deviceEvents" && (value == "on" || value == "off");
  const bool application = name == "application" && value.is_string() && !value.get<std::string>().empty();
  if (!width && !packing && !encoding && !events && !application) return false;
  module.options.push_back(name + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
  return true;
}

/// The name of a vendor's numbers, or the numbers: `{keyType, generate, sign, signature: "raw"|"der"}`, hexadecimal
/// texts.
bool readSm2(Module& module, const json& value) {
  if (value.is_string()) {
    module.options.push_back("sm2=" + value.get<std::string>());
    return true;
  }
  std::string numbers;
  for (const auto* name : {"keyType", "generate", "sign", "signature"}) {
    if (!value.is_object() || value.size() != 4 || !value.contains(name) || !value[name].is_string()) return false;
    numbers += (numbers.empty() ? "" : ",") + value[name].get<std::string>();
  }
  module.options.push_back("sm2=" + numbers);
  return true;
}

bool readUnblock(Module& module, const json& value) {
  if (value == "off") module.options.emplace_back("unblock=off");
  return value == "off" || value == "on";
}

bool readModuleOptions(Module& module, const json& value) {
  if (module.kind == "pkcs11" && value.contains("sm2") && !readSm2(module, value["sm2"])) return false;
  if (module.kind == "pkcs11" && value.contains("unblock") && !readUnblock(module, value["unblock"])) return false;
  for (const auto* name : {"ulong", "bool", "packing", "encoding", "deviceEvents", "application"})
    if (module.kind == "skf" && value.contains(name) && !readModuleOption(module, name, value[name])) return false;
  return true;
}

bool readEvents(std::string& to, const json& value) {
  static constexpr auto known = std::to_array<std::string_view>({"auto", "pcsc", "module", "poll"});
  return readText(to, value) && std::ranges::find(known, to) != known.end();
}

bool readModule(std::vector<Module>& to, const json& value) {
  if (!value.is_object() || !value.contains("kind") || !value.contains("path")) return false;
  if (!value["kind"].is_string() || !value["path"].is_string()) return false;
  Module module{value["kind"].get<std::string>(), value["path"].get<std::string>(), {}};
  if (value.contains("events") && !readEvents(module.events, value["events"])) return false;
  // A relative path would be looked for along the library search path: another program's file could be loaded.
  if ((module.kind != "pkcs11" && module.kind != "skf") || !module.path.is_absolute()) return false;
  if (!readModuleOptions(module, value)) return false;
  if (value.contains("profiles")) {
    const auto names = textsOf(value["profiles"]);
    if (!names) return false;
    module.profiles = *names;
  }
  to.push_back(std::move(module));
  return true;
}

bool readModules(Policy& policy, const json& value) {
  std::vector<Module> modules;
  if (!value.is_array() || !std::ranges::all_of(value, [&](const json& item) { return readModule(modules, item); }))
    return false;
  policy.modules = std::move(modules);
  return true;
}

std::optional<StorageProfile> readProfileFile(const std::filesystem::path& file) {
  constexpr std::uintmax_t largest = 64U << 10;
  std::error_code error;
  if (std::filesystem::file_size(file, error) > largest || error) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return stream ? readStorageProfile(viewOf(text)) : std::nullopt;
}

/// One that cannot be read would leave a key's layout to be guessed: the strict side wins here too.
bool readProfiles(Policy& policy, const json& value) {
  std::vector<std::filesystem::path> files;
  if (!readPatterns(files, value)) return false;
  for (const auto& file : files) {
    auto profile = readProfileFile(file);
    if (!profile || std::ranges::find(policy.profiles, profile->name, &StorageProfile::name) != policy.profiles.end())
      return false;
    policy.profiles.push_back(std::move(*profile));
  }
  return true;
}

bool readSiteRights(Policy& policy, const json& value) {
  if (!value.is_object()) return false;
  std::map<std::string, Rights> all;
  for (const auto& [origin, names] : value.items()) {
    const auto list = textsOf(names);
    if (!list || !parseOrigin(origin)) return false;
    for (const auto& name : *list) {
      const auto right = rightByName(name);
      if (!right) return false;
      all[origin].insert(*right);
    }
  }
  policy.siteRights = std::move(all);
  return true;
}

bool readSigners(Policy& policy, const json& value) {
  const auto list = textsOf(value);
  if (!list || !std::ranges::all_of(*list, [](const auto& text) { return text.size() == 64 && fromHex(text); }))
    return false;
  policy.orderSigners = *list;
  return true;
}

bool readLimits(Policy& policy, const json& value) {
  if (!value.is_object() || value.size() != 1 || !value.contains("documentMiB")) return false;
  if (!value["documentMiB"].is_number_unsigned()) return false;
  policy.documentMiB = value["documentMiB"].get<std::uint64_t>();
  return policy.documentMiB > 0 && policy.documentMiB <= 65536;
}

bool readLog(Policy& policy, const json& value) {
  if (!value.is_object()) return false;
  for (const auto& [name, text] : value.items())
    if (!(name == "level" && readText(policy.logLevel, text)) && !(name == "path" && readText(policy.logPath, text)))
      return false;
  return true;
}

bool readPrompt(Policy& policy, const json& value) {
  if (!value.is_string()) return false;
  const auto text = value.get<std::string>();
  if (text != "auto" && !text.starts_with('/')) return false;
  policy.pinPrompt = text;
  return true;
}

bool readDevelopment(Policy& policy, const json& value) {
  if (!value.is_object()) return false;
  auto& to = policy.development;
  for (const auto& [name, member] : value.items()) {
    if (name == "prompt" && member.is_string()) {
      to.prompt = member.get<std::string>();
    } else if (name == "userFolder" && member.is_string()) {
      to.userFolder = member.get<std::string>();
    } else if (name == "clockOffset" && member.is_number_integer()) {
      to.clockOffset = member.get<std::int64_t>();
    } else if (name == "callMilliseconds" && member.is_number_unsigned()) {
      to.callMilliseconds = member.get<unsigned>();
    } else if (name == "workerArguments" && textsOf(member)) {
      to.workerArguments = *textsOf(member);
    } else {
      return false;
    }
  }
  return true;
}

/// A cache of PINs is not built: the only value that is understood is none (docs/decisions.md).
bool readPinCache(Policy&, const json& value) { return value.is_number_integer() && value.get<int>() == 0; }

bool readHelpline(Policy& policy, const json& value) {
  std::string text;
  if (!readText(text, value)) return false;
  policy.helpline = text;
  return true;
}

struct Row {
  std::string_view name;
  bool (*read)(Policy&, const json&);
};

constexpr auto table = std::to_array<Row>({
    {"modules", readModules},
    {"trustedSites", [](Policy& p, const json& v) { return readOrigins(p.trustedSites, v); }},
    {"userMayTrust", [](Policy& p, const json& v) { return readFlag(p.userMayTrust, v); }},
    {"allowLocalhost", [](Policy& p, const json& v) { return readFlag(p.allowLocalhost, v); }},
    {"allowFrames", [](Policy& p, const json& v) { return readFlag(p.allowFrames, v); }},
    {"allowHttp", [](Policy& p, const json& v) { return readOrigins(p.allowHttp, v); }},
    {"siteRights", readSiteRights},
    {"sealRoots", [](Policy& p, const json& v) { return readPatterns(p.sealRoots, v); }},
    {"orderRoots", [](Policy& p, const json& v) { return readPatterns(p.orderRoots, v); }},
    {"orderSigners", readSigners},
    {"crls", [](Policy& p, const json& v) { return readPatterns(p.crls, v); }},
    {"ocspResponses", [](Policy& p, const json& v) { return readPatterns(p.ocspResponses, v); }},
    {"profiles", readProfiles},
    {"pinPrompt", readPrompt},
    {"pinCacheSeconds", readPinCache},
    {"limits", readLimits},
    {"log", readLog},
    {"helpline", readHelpline},
});

}  // namespace

Member readMember(Policy& policy, std::string_view name, const json& value, bool development) {
  if (development && name == "development") return readDevelopment(policy, value) ? Member::taken : Member::wrong;
  const auto row = std::ranges::find(table, name, &Row::name);
  if (row == table.end()) return Member::unknown;
  return row->read(policy, value) ? Member::taken : Member::wrong;
}

}  // namespace sealferry::policy
