// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "step.h"

namespace sealferry::pdf {
namespace {

/// What a cross-reference section says of itself (ISO 32000-1 §7.5.5, §7.5.8.2), and /ID, whose second half is meant to
/// change.
constexpr std::array bookkeeping = {"/Size", "/Prev",  "/XRefStm", "/ID",          "/Type",
                                    "/W",    "/Index", "/Length",  "/DecodeParms", "/Filter"};

bool isPlain(QPDFObjectHandle value) { return !value.isDictionary() && !value.isArray() && !value.isStream(); }

/// The document information (§14.3.3): texts and dates alone, shown on no page.
bool isPlainInformation(QPDFObjectHandle information) {
  if (information.isNull()) return true;
  if (!information.isDictionary()) return false;
  return std::ranges::all_of(information.getKeys(), [&](const auto& key) { return isPlain(information.getKey(key)); });
}

void judgeMetadata(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot, bool isFit) {
  const bool moved = before.unparse() != after.unparse();
  if (!moved && !step.differs(after)) return;
  step.judge(isFit && step.permissions.level() > 1, "metadata", "metadataChanged");
  step.own(before, spot);
  step.explainAdded(after);
}

/// Certificates, revocation lists and responses for later (ETSI EN 319 142-1 §5.4.2): nothing of them is shown.
void judgeValidationData(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot) {
  step.ownAll(before, spot);
  step.explainAdded(after);
  if (before.unparse() != after.unparse() || step.differs(after)) step.permit("validation", "validationDataAdded");
}

/// Which developer's extensions are used (§7.12). References would lead somewhere.
bool isPlainExtensions(QPDFObjectHandle value) {
  return value.isDictionary() && !value.isIndirect() && value.unparse().find(" R") == std::string::npos;
}

bool isVersion(QPDFObjectHandle value) {
  static const std::set<std::string> known = {"/1.0", "/1.1", "/1.2", "/1.3", "/1.4", "/1.5", "/1.6", "/1.7", "/2.0"};
  return value.isName() && known.contains(value.getName());
}

void judgeCatalog(Step& step) {
  auto before = step.before.pdf().getRoot(), after = step.after.pdf().getRoot();
  step.explain(after);
  const auto at = [&](const char* key) { return Spot{after.getObjectID(), key}; };
  const auto was = [&](const char* key) { return before.getKey(key); };
  const auto is = [&](const char* key) { return after.getKey(key); };
  judgeForm(step, was("/AcroForm"), is("/AcroForm"), at("/AcroForm"));
  judgeMetadata(step, was("/Metadata"), is("/Metadata"), at("/Metadata"), is("/Metadata").isStream());
  judgeValidationData(step, was("/DSS"), is("/DSS"), at("/DSS"));
  static const std::set<std::string> judged = {"/AcroForm", "/Metadata", "/DSS"};
  for (const auto& key : differingKeys(before, after)) {
    if (judged.contains(key)) continue;
    if (key == "/Version" && isVersion(is("/Version"))) continue;
    if (key == "/Extensions" && isPlainExtensions(is("/Extensions"))) continue;
    step.forbid(key == "/Pages" ? "pageTree" : "catalog", key == "/Pages" ? "pageTreeChanged" : "catalogChanged");
  }
}

}  // namespace

void judgeTrailer(Step& step) {
  auto before = step.before.pdf().getTrailer(), after = step.after.pdf().getTrailer();
  for (const auto& key : differingKeys(before, after)) {
    if (key == "/Info" || std::ranges::find(bookkeeping, key) != bookkeeping.end()) continue;
    step.forbid("catalog", key == "/Root" ? "catalogChanged" : "trailerChanged");
  }
  auto information = after.getKey("/Info");
  judgeMetadata(step, before.getKey("/Info"), information, {0, "/Info"}, isPlainInformation(information));
  judgeCatalog(step);
}

}  // namespace sealferry::pdf
