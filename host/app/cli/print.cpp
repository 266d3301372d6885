// SPDX-License-Identifier: Apache-2.0
#include "print.h"

#include <cstdio>
#include <map>

namespace sealferry::app {
namespace {

using nlohmann::json;
using prompt::Language;

/// Texts of a key may hold anything, terminal controls too.
std::string plain(const json& value) {
  return value.is_string() ? prompt::tame(value.get_ref<const std::string&>(), 200) : value.dump();
}

bool isBulky(const std::string& name) {
  return name == "pem" || name == "picture" || name == "receipt" || name == "message";
}

void printValue(const std::string& name, const json& value, int indent) {
  if (isBulky(name) || value.is_null()) return;
  if (value.is_primitive()) {
    std::printf("%*s%s: %s\n", indent, "", name.c_str(), plain(value).c_str());
    return;
  }
  std::printf("%*s%s:\n", indent, "", name.c_str());
  if (value.is_object()) {
    for (const auto& [inner, member] : value.items()) printValue(inner, member, indent + 2);
    return;
  }
  int number = 0;
  for (const auto& item : value) printValue(std::to_string(++number), item, indent + 2);
}

const ErrorText& textOf(const ErrorRow& row, Language language) {
  return language == Language::chinese ? row.chinese : row.english;
}

std::string layerName(const std::string& layer, Language language) {
  static const std::map<std::string, std::string> chinese = {
      {"extension", "浏览器扩展"}, {"host", "安全控件"}, {"policy", "策略"},
      {"site", "可信任站点"},      {"driver", "驱动"},   {"key", "锁"},
      {"certificate", "证书"},     {"seal", "签章"},     {"clock", "本机时间"}};
  const auto found = chinese.find(layer);
  return language == Language::chinese && found != chinese.end() ? found->second : layer;
}

/// "pkcs11 /usr/lib/x.so, 64 bit, version 2.6, 3 slots, loaded in 12 ms"
std::string moduleLine(const json& module) {
  std::string line = plain(module.at("kind")) + " " + plain(module.at("path"));
  if (module.at("bits").is_number()) line += ", " + module.at("bits").dump() + " bit";
  if (module.contains("error")) return line;
  return line + ", version " + plain(module.at("version")) + ", " + module.at("slots").dump() + " slots, loaded in " +
         module.at("loadMs").dump() + " ms";
}

void printModules(const json& modules, Language language) {
  for (const auto& module : modules) {
    const bool bad = module.contains("error");
    std::printf("  %s %s\n", bad ? "✗" : "✓", moduleLine(module).c_str());
    if (bad) {
      const auto& row = errorRow(errorByName(module.at("error").get<std::string>()).value_or(ErrorCode::internal));
      const auto reason = module.contains("reason") ? " (" + plain(module.at("reason")) + ")" : std::string();
      std::printf("      SF-%d %s%s\n", static_cast<int>(row.code), std::string(textOf(row, language).what).c_str(),
                  reason.c_str());
    }
    if (!module.contains("collisions")) continue;
    for (const auto& other : module.at("collisions"))
      std::printf("      ! %s %s\n", language == Language::chinese ? "同一把锁或同一文件，另见" : "same key or file as",
                  plain(other).c_str());
  }
}

}  // namespace

void printAnswer(const json& answer) {
  for (const auto& [name, value] : answer.items()) printValue(name, value, 0);
}

void printStatus(const json& status, Language language) {
  static const std::map<std::string, std::string> marks = {
      {"ok", "✓"}, {"warning", "!"}, {"error", "✗"}, {"unknown", "–"}};
  for (const auto& layer : status.at("layers")) {
    const auto name = layer.at("layer").get<std::string>();
    std::printf("%s %s\n", marks.at(layer.at("state").get<std::string>()).c_str(), layerName(name, language).c_str());
    if (name == "driver" && status.contains("modules")) printModules(status.at("modules"), language);
    if (!layer.contains("error")) continue;
    const auto code = errorByName(layer.at("error").get<std::string>());
    const auto& row = errorRow(code.value_or(ErrorCode::internal));
    const auto& text = textOf(row, language);
    std::printf("    SF-%d %s%s%s\n", static_cast<int>(row.code), std::string(text.what).c_str(),
                language == Language::english ? " " : "", std::string(text.advice).c_str());
  }
}

void printError(const Error& error, Language language, bool asJson) {
  const auto& row = errorRow(error.code);
  if (asJson) {
    json body = {{"code", static_cast<int>(row.code)}, {"name", row.name}, {"retry", row.retry}};
    if (error.triesLeft) body["triesLeft"] = *error.triesLeft;
    if (!error.detail.empty()) body["detail"] = error.detail;
    std::printf("%s\n", json{{"error", body}}.dump(2).c_str());
  }
  const auto& text = textOf(row, language);
  std::fprintf(stderr, "SF-%d %s%s%s\n", static_cast<int>(row.code), std::string(text.what).c_str(),
               language == Language::english ? " " : "", std::string(text.advice).c_str());
  for (const auto& [name, value] : error.detail) std::fprintf(stderr, "    %s: %s\n", name.c_str(), value.c_str());
}

}  // namespace sealferry::app
