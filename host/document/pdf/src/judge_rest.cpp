// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "step.h"

namespace sealferry::pdf {
namespace {

/// By /Type, then /Subtype.
const std::map<std::string, std::string> kinds = {{"/Page", "page"},
                                                  {"/Pages", "pageTree"},
                                                  {"/Catalog", "catalog"},
                                                  {"/Font", "resource"},
                                                  {"/Encoding", "resource"},
                                                  {"/CMap", "resource"},
                                                  {"/FontDescriptor", "resource"},
                                                  {"/ExtGState", "resource"},
                                                  {"/Pattern", "resource"},
                                                  {"/Mask", "resource"},
                                                  {"/Annot", "annotation"},
                                                  {"/Sig", "signature"},
                                                  {"/DocTimeStamp", "signature"},
                                                  {"/Metadata", "metadata"},
                                                  {"/OCG", "catalog"},
                                                  {"/OCMD", "catalog"},
                                                  {"/Action", "catalog"},
                                                  {"/Outlines", "catalog"},
                                                  {"/StructTreeRoot", "catalog"},
                                                  {"/StructElem", "catalog"},
                                                  {"/Image", "resource"},
                                                  {"/Form", "content"},
                                                  {"/PS", "content"}};

std::string nameOf(QPDFObjectHandle value) { return value.isName() ? value.getName() : std::string(); }

std::string reasonOf(const std::string& kind, Fate fate) {
  if (fate == Fate::added) return "objectRevealed";
  static const std::set<std::string> told = {"content",    "resource", "page",    "pageTree",
                                             "annotation", "field",    "catalog", "signature"};
  const std::string what = told.contains(kind) ? kind : "object";
  return what + (fate == Fate::freed ? "Removed" : "Changed");
}

/// Does anything still lead to it that the older revision had? What nothing led to is shown by nothing.
bool isUsed(Step& step, int number) {
  const auto holders = step.referrers.find(number);
  if (holders == step.referrers.end()) return false;
  return std::ranges::any_of(holders->second, [&](const auto& one) {
    const int holder = one.first;
    if (holder == number) return false;
    if (holder == 0) return countReferences(step.after.pdf().getTrailer(), number) > 0;
    const auto fate = step.fates.find(holder);
    if (fate == step.fates.end()) return true;
    return fate->second == Fate::changed && countReferences(step.after.object(holder), number) > 0;
  });
}

void judgeLeftOver(Step& step, int number, Fate fate) {
  if (!isUsed(step, number)) return;
  const auto kind = kindOf(fate == Fate::added ? step.after.object(number) : step.before.object(number));
  step.forbid(kind, reasonOf(kind, fate));
}

/// What was judged as this must not be that as well.
void judgeOtherUses(Step& step) {
  const auto wanted = step.ownedThatMatters();
  if (wanted.empty()) return;
  const auto found = referrers(step.before, wanted);
  if (!found) return step.forbid("unknown", "tooManyChanges");
  for (const auto& [number, holders] : *found)
    if (step.usedElsewhere(number, holders)) step.forbid(kindOf(step.before.object(number)), "sharedObject");
}

}  // namespace

std::string kindOf(QPDFObjectHandle object) {
  auto dictionary = dictionaryOf(object);
  for (const auto* key : {"/Type", "/Subtype"})
    if (const auto found = kinds.find(nameOf(dictionary.getKey(key))); found != kinds.end()) return found->second;
  if (dictionary.hasKey("/FT") || isName(dictionary.getKey("/Subtype"), "/Widget")) return "field";
  if (dictionary.hasKey("/Rect") && dictionary.hasKey("/Subtype")) return "annotation";
  if (dictionary.hasKey("/ByteRange")) return "signature";
  if (dictionary.hasKey("/S") && dictionary.getKey("/S").isName()) return "catalog";
  if (dictionary.hasKey("/Font") || dictionary.hasKey("/XObject") || dictionary.hasKey("/ProcSet")) return "resource";
  return object.isStream() ? "content" : "unknown";
}

void judgeRest(Step& step) {
  for (const auto& [number, fate] : step.fates) {
    const bool revealed = fate == Fate::added && isUsed(step, number);
    if (revealed || !step.isExplained(number)) judgeLeftOver(step, number, fate);
  }
  judgeOtherUses(step);
}

}  // namespace sealferry::pdf
