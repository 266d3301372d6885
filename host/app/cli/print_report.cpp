// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "document/words.h"
#include "print.h"

namespace sealferry::app {
namespace {

using nlohmann::json;
using prompt::Language;

/// A pair of words, of which the user's language takes one.
struct Said {
  const char *chinese, *english;
  const char* in(Language language) const { return language == Language::chinese ? chinese : english; }
};

Said wordOf(const std::string& verdict) {
  if (verdict == "valid") return {"有效", "valid"};
  if (verdict == "valid-with-note") return {"有效，但请注意下列事项", "valid, with notes"};
  if (verdict == "unsigned") return {"没有签名", "not signed"};
  if (verdict == "unreadable") return {"无法读取", "not readable"};
  return {"无效", "not valid"};
}

void printFinding(const char* mark, const std::string& name, Language language) {
  const auto* words = document::wordsOf(name);
  const auto text =
      words == nullptr ? name : std::string(language == Language::chinese ? words->chinese : words->english);
  std::printf("    %s %s (%s)\n", mark, text.c_str(), name.c_str());
}

/// A step that failed: what is wrong, and why. Those with a note are told by their notes.
void printStep(const json& step, Language language) {
  if (step.at("result") != "failed") return;
  printFinding("✗", step.at("name").get<std::string>(), language);
  printFinding(" ", step.at("reason").get<std::string>(), language);
}

void printSignature(const json& signature, int number, Language language) {
  const bool isStamp = signature.at("kind") == "timestamp";
  const Said kind = isStamp ? Said{"时间戳", "Time stamp"} : Said{"签名", "Signature"};
  std::printf("%s %d: %s\n", kind.in(language), number,
              wordOf(signature.at("verdict").get<std::string>()).in(language));
  std::printf("    %s: %s\n", Said{"签名人", "signer"}.in(language),
              prompt::tame(signature.at("signer").get<std::string>(), 200).c_str());
  const auto time = [&](const char* member, const Said& said) {
    if (signature.at(member).is_string())
      std::printf("    %s: %s\n", said.in(language), signature.at(member).get_ref<const std::string&>().c_str());
  };
  time("time", {"声称的时间", "claimed time"});
  time("provenTime", {"时间戳证明的时间", "time proven by a time stamp"});
  if (signature.at("trust") == "unknown")
    std::printf("    - %s\n", Said{"没有给出信任的根证书，未判断签名人是否可信",
                                   "no roots given: whether the signer is trusted was not judged"}
                                  .in(language));
  for (const auto& reason : signature.at("reasons")) printFinding("✗", reason.get<std::string>(), language);
  for (const auto& note : signature.at("notes")) printFinding("!", note.get<std::string>(), language);
  for (const auto& change : signature.at("changesAfter"))
    printFinding(change.at("permitted").get<bool>() ? "+" : "✗", change.at("reason").get<std::string>(), language);
}

}  // namespace

void printReport(const json& report, Language language) {
  std::printf("%s: %s\n", Said{"验证结果", "verdict"}.in(language),
              wordOf(report.at("verdict").get<std::string>()).in(language));
  int number = 0;
  for (const auto& signature : report.at("signatures")) printSignature(signature, ++number, language);
}

void printSealVerdict(const json& verdict, Language language) {
  std::printf("%s: %s\n", Said{"验证结果", "verdict"}.in(language),
              wordOf(verdict.at("verdict").get<std::string>()).in(language));
  if (verdict.at("version").is_number())
    std::printf("    %s: %d\n", Said{"版本", "version"}.in(language), verdict.at("version").get<int>());
  if (verdict.contains("at"))
    std::printf("    %s: %s\n", Said{"按此时间判定", "judged for"}.in(language),
                verdict.at("at").get_ref<const std::string&>().c_str());
  for (const auto& step : verdict.value("steps", json::array())) printStep(step, language);
  for (const auto& note : verdict.at("notes")) printFinding("!", note.get<std::string>(), language);
}

}  // namespace sealferry::app
