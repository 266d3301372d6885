// SPDX-License-Identifier: Apache-2.0
#include "judge_field.h"

#include <algorithm>

namespace sealferry::pdf {
namespace {

constexpr int mostWidgets = 4096;

bool isTimestamp(QPDFObjectHandle value) {
  return value.isDictionary() && isName(value.getKey("/Type"), "/DocTimeStamp");
}

bool isSignature(QPDFObjectHandle value) {
  return value.isDictionary() && value.getKey("/ByteRange").isArray() && value.getKey("/Contents").isString();
}

/// Time stamps of the document may come even where nothing else may (ISO 32000-2 §12.8.2.2).
void judgeSigning(Step& step, QPDFObjectHandle value) {
  const bool stamp = isTimestamp(value);
  step.judge(stamp || step.permissions.level() > 1, "signature", stamp ? "timestampAdded" : "signatureAdded");
}

/// Appearances (ISO 32000-1 §12.5.5): a dictionary of streams, or of dictionaries of streams, one a state. Its own
/// streams may be written over in place; what they use may not.
void judgeAppearance(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, Spot spot) {
  if (!after.isDictionary() && !after.isNull()) step.forbid("field", "fieldChanged");
  step.explainAdded(after);
  step.own(before, spot);
  spot = below(spot, before, "");
  if (!before.isDictionary()) return;
  for (const auto& key : before.getKeys()) {
    auto state = before.getKey(key);
    step.own(state, spot);
    if (!state.isDictionary()) continue;
    const auto inner = below(spot, state, "");
    for (const auto& name : state.getKeys()) step.own(state.getKey(name), inner);
  }
}

/// Bit 1: read-only (§12.7.3.1). Readers set it when a signature locks the field.
bool onlyLocked(QPDFObjectHandle before, QPDFObjectHandle after) {
  const auto was = before.isInteger() ? before.getIntValue() : 0, is = after.isInteger() ? after.getIntValue() : 0;
  return (was | 1) == is;
}

/// What is filled in: text, names, numbers, lists of them. A stream could be drawn elsewhere.
bool isFilling(QPDFObjectHandle value) { return !value.isStream() && !value.isDictionary(); }

bool mayDiffer(const std::string& key, QPDFObjectHandle before, QPDFObjectHandle after) {
  static const std::set<std::string> fillings = {"/V", "/AS", "/I", "/TI", "/RV"};
  if (fillings.contains(key)) return isFilling(after);
  if (key == "/Ff") return onlyLocked(before, after);
  return key == "/AP" || key == "/M";
}

bool isRefilled(const std::set<std::string>& keys) {
  return keys.contains("/V") || keys.contains("/AS") || keys.contains("/I") || keys.contains("/RV");
}

/// A signature field that stood there empty and is signed now, or a widget of it.
bool judgeSigned(Step& step, FieldChange& change, std::set<std::string> keys) {
  static const std::set<std::string> looks = {"/AP", "/AS", "/F", "/M"};
  auto value = change.after.getKey("/V");
  const bool signs = keys.erase("/V") > 0 && !change.before.hasKey("/V") && isSignature(value) &&
                     (step.isAdded(value) || !value.isIndirect());
  const bool isEmpty = !change.before.hasKey("/V");
  if (!isEmpty || !(signs || (change.refilled && value.isNull())) || !std::ranges::includes(looks, keys)) {
    step.forbid("signature", "signatureChanged");
    return false;
  }
  if (signs) judgeSigning(step, value);
  step.explainAdded(value);
  judgeAppearance(step, change.before.getKey("/AP"), change.after.getKey("/AP"), {change.before.getObjectID(), "/AP"});
  return true;
}

bool judgeFilled(Step& step, FieldChange& change, const std::set<std::string>& keys) {
  const bool refilled = change.refilled || isRefilled(keys);
  for (const auto& key : keys)
    if (!mayDiffer(key, change.before.getKey(key), change.after.getKey(key))) step.forbid("field", "fieldChanged");
  // Another look over the same value shows what nobody filled in.
  if (keys.contains("/AP") && !refilled) step.forbid("field", "appearanceChanged");
  if (refilled) {
    judgeAppearance(step, change.before.getKey("/AP"), change.after.getKey("/AP"),
                    {change.before.getObjectID(), "/AP"});
    const bool locked = step.permissions.locks(change.name);
    step.judge(!locked && step.permissions.level() > 1, "field", locked ? "fieldLocked" : "fieldFilled");
  }
  return refilled;
}

/// Everything a signature's widget needs; no action is among it.
bool isHarmlessKey(const std::string& key) {
  static const std::set<std::string> known = {
      "/Type", "/Subtype", "/FT", "/T",  "/TU",           "/TM",      "/V",  "/Kids", "/Parent", "/Rect", "/P",
      "/F",    "/Ff",      "/AP", "/AS", "/MK",           "/DA",      "/DR", "/Lock", "/SV",     "/NM",   "/M",
      "/BS",   "/Border",  "/H",  "/Q",  "/StructParent", "/Contents"};
  return known.contains(key);
}

bool isHarmless(QPDFObjectHandle dictionary) { return std::ranges::all_of(dictionary.getKeys(), isHarmlessKey); }

/// Its own widget, or its kids, which then have to be new and harmless too.
bool takeWidgets(Step& step, QPDFObjectHandle field) {
  auto kids = field.getKey("/Kids");
  if (!kids.isArray()) {
    step.widgets.insert(field.getObjectID());
    return kids.isNull();
  }
  if (kids.getArrayNItems() > mostWidgets) return false;
  for (int i = 0; i < kids.getArrayNItems(); ++i) {
    auto kid = kids.getArrayItem(i);
    if (!kid.isDictionary() || !step.isAdded(kid) || !isHarmless(kid) || kid.hasKey("/Kids") || kid.hasKey("/V"))
      return false;
    step.widgets.insert(kid.getObjectID());
  }
  return true;
}

}  // namespace

bool judgeField(Step& step, FieldChange& change) {
  const auto keys = differingKeys(change.before, change.after);
  if (keys.empty() && !change.refilled) return false;
  step.explain(change.before);
  auto own = keys;
  own.erase("/Kids");  // looked at with the kids
  if (change.type == "/Sig") return own.empty() ? false : judgeSigned(step, change, own);
  return judgeFilled(step, change, own);
}

void judgeNewField(Step& step, QPDFObjectHandle field) {
  auto value = field.isDictionary() ? field.getKey("/V") : QPDFObjectHandle::newNull();
  const bool isNew = step.isAdded(field) && isName(field.getKey("/FT"), "/Sig") && isHarmless(field);
  if (!isNew || !isSignature(value) || !takeWidgets(step, field)) return step.forbid("field", "fieldAdded");
  judgeSigning(step, value);
  step.explainAdded(field);
}

}  // namespace sealferry::pdf
