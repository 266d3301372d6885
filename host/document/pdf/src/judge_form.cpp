// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "form.h"
#include "judge_field.h"
#include "step.h"

namespace sealferry::pdf {
namespace {

/// What a field hands down to its kids (ISO 32000-1 §12.7.3.1), and what is known of it.
struct Branch {
  std::string name, type;
  bool refilled = false;  ///< its value was filled in: the looks of its widgets may follow
  int depth = 0;
};

class Form {
 public:
  explicit Form(Step& step) : step_(step) {}

  /// The old ones have all to be there still; new ones may only be signed signature fields.
  void fields(QPDFObjectHandle before, QPDFObjectHandle after, const Branch& branch, const Spot& spot) {
    if (step_.differs(after) || step_.differs(before)) {
      step_.own(before, spot);
      step_.own(after, spot);
    }
    std::multiset<std::string> missing;
    std::set<std::string> names;  // fields of one name are one field
    for (int i = 0; before.isArray() && i < before.getArrayNItems(); ++i) {
      missing.insert(before.getArrayItem(i).unparse());
      names.insert(nameOf(before.getArrayItem(i)));
    }
    for (int i = 0; after.isArray() && i < after.getArrayNItems(); ++i) {
      auto field = after.getArrayItem(i);
      if (const auto known = missing.find(field.unparse()); known != missing.end()) {
        missing.erase(known);
      } else if (!names.insert(nameOf(field)).second) {
        step_.forbid("field", "fieldAdded");
      } else {
        judgeNewField(step_, field);
      }
    }
    if (!missing.empty()) step_.forbid("field", "fieldRemoved");
    for (int i = 0; before.isArray() && i < before.getArrayNItems(); ++i) field(before.getArrayItem(i), branch, spot);
  }

 private:
  void field(QPDFObjectHandle before, Branch branch, const Spot& spot) {
    if (!before.isDictionary() || !before.isIndirect() || ++branch.depth > deepestField) return;
    if (!seen_.insert(before.getObjectID()).second || seen_.size() > mostFields) return;
    auto after = step_.after.object(before.getObjectID());
    if (!after.isDictionary()) return;  // told by what is left over
    descend(branch, before);
    FieldChange change{before, after, branch.name, branch.type, branch.refilled};
    branch.refilled = judgeField(step_, change);
    fields(before.getKey("/Kids"), after.getKey("/Kids"), branch, below(spot, before, "/Kids"));
  }

  static std::string nameOf(QPDFObjectHandle field) {
    auto name = field.isDictionary() ? field.getKey("/T") : QPDFObjectHandle::newNull();
    return name.isString() ? name.getUTF8Value() : std::string();
  }

  static void descend(Branch& branch, QPDFObjectHandle field) {
    if (auto type = field.getKey("/FT"); type.isName()) branch.type = type.getName();
    auto name = field.getKey("/T");
    if (name.isString()) branch.name += (branch.name.empty() ? "" : ".") + name.getUTF8Value();
  }

  Step& step_;
  std::set<int> seen_;
};

/// New fonts for what is filled in: what was there has to stay, under its name.
void judgeResources(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot, int depth = 0) {
  if (before.unparse() == after.unparse() && !step.differs(after)) return;
  step.own(before, spot);
  const bool fits = after.isDictionary() && (before.isDictionary() || before.isNull());
  if (!fits || depth > 1) return step.forbid("resource", "resourceChanged");
  step.explain(after);
  before = dictionaryOf(before);
  for (const auto& key : after.getKeys()) {
    auto was = before.getKey(key), is = after.getKey(key);
    if (!before.hasKey(key)) {
      step.explainAdded(is);
    } else if (depth == 0 && was.isDictionary()) {
      judgeResources(step, was, is, below(spot, before, key), 1);
    } else if (was.unparse() != is.unparse()) {
      step.forbid("resource", "resourceChanged");
    }
  }
  for (const auto& key : before.getKeys())
    if (!after.hasKey(key)) step.forbid("resource", "resourceRemoved");
}

bool mayFormDiffer(const std::string& key, QPDFObjectHandle before, QPDFObjectHandle after) {
  if (key == "/Fields" || key == "/DR") return true;
  // ISO 32000-1 table 219: the two bits once set stay set.
  if (key == "/SigFlags") {
    const auto was = before.isInteger() ? before.getIntValue() : 0, is = after.isInteger() ? after.getIntValue() : 0;
    return (is & ~3LL) == 0 && (was & ~is) == 0;
  }
  // What fields without one of their own are filled in with; there was none, so none of them could be.
  if (key == "/DA") return before.isNull() && after.isString();
  // With it, readers would draw every field anew: it may go, not come.
  if (key == "/NeedAppearances") return after.isNull() || (after.isBool() && !after.getBoolValue());
  return false;
}

}  // namespace

void judgeForm(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot) {
  if (before.isNull() && after.isNull()) return;
  if (!after.isDictionary()) return step.forbid("form", "formRemoved");
  if (step.differs(after)) step.explain(after);
  if (step.differs(before)) step.explain(before);
  auto was = dictionaryOf(before);
  for (const auto& key : differingKeys(was, after))
    if (!mayFormDiffer(key, was.getKey(key), after.getKey(key))) step.forbid("form", "formChanged");
  judgeResources(step, was.getKey("/DR"), after.getKey("/DR"), below(spot, before, "/DR"));
  Form(step).fields(was.getKey("/Fields"), after.getKey("/Fields"), {}, below(spot, before, "/Fields"));
}

}  // namespace sealferry::pdf
