// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "step.h"

namespace sealferry::pdf {
namespace {

bool isListedByParent(QPDFObjectHandle object) {
  auto parent = object.getKey("/Parent");
  auto kids = parent.isDictionary() ? parent.getKey("/Kids") : QPDFObjectHandle::newNull();
  for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i)
    if (kids.getArrayItem(i).getObjGen() == object.getObjGen()) return true;
  return false;
}

/// Some producers leave /Type out, against ISO 32000-1 Table 30: such a page is known by the node that lists it.
bool isPage(QPDFObjectHandle object) {
  if (!object.isDictionary()) return false;
  return object.hasKey("/Type") ? isName(object.getKey("/Type"), "/Page") : isListedByParent(object);
}

bool isWidget(QPDFObjectHandle object) { return object.isDictionary() && isName(object.getKey("/Subtype"), "/Widget"); }

/// P = 3 permits annotations, not what runs when they are touched.
bool isFreeAnnotation(const Step& step, QPDFObjectHandle annotation) {
  return step.permissions.level() == 3 && annotation.isDictionary() && annotation.getKey("/Subtype").isName() &&
         !isWidget(annotation) && !annotation.hasKey("/A") && !annotation.hasKey("/AA");
}

void judgeAdded(Step& step, QPDFObjectHandle annotation) {
  if (annotation.isIndirect() && step.widgets.contains(annotation.getObjectID())) return;
  const bool fits = step.isAdded(annotation) || !annotation.isIndirect();
  step.judge(fits && isFreeAnnotation(step, annotation), "annotation", "annotationAdded");
  step.explainAdded(annotation);
}

/// The old ones in their order, for they are drawn in it; new ones anywhere between.
void judgeAnnotations(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot) {
  step.own(before, spot);
  step.own(after, spot);
  const int count = after.isArray() ? after.getArrayNItems() : 0;
  int next = 0;
  for (int i = 0; before.isArray() && i < before.getArrayNItems(); ++i) {
    const auto old = before.getArrayItem(i).unparse();
    int found = next;
    while (found < count && after.getArrayItem(found).unparse() != old) ++found;
    if (found == count) {
      step.judge(isFreeAnnotation(step, before.getArrayItem(i)), "annotation", "annotationRemoved");
      continue;
    }
    for (; next < found; ++next) judgeAdded(step, after.getArrayItem(next));
    ++next;
  }
  for (; next < count; ++next) judgeAdded(step, after.getArrayItem(next));
}

void judgePage(Step& step, QPDFObjectHandle before, QPDFObjectHandle after) {
  step.explain(before);
  for (const auto& key : differingKeys(before, after)) {
    if (key == "/Annots") continue;
    if (key == "/Contents")
      step.forbid("content", "contentChanged");
    else if (key == "/Resources")
      step.forbid("resource", "resourceChanged");
    else
      step.forbid("page", "pageChanged");
  }
  judgeAnnotations(step, before.getKey("/Annots"), after.getKey("/Annots"), {before.getObjectID(), "/Annots"});
}

/// An array that is the /Annots of a page which itself stayed as it was.
bool judgeList(Step& step, int number) {
  auto before = step.before.object(number), after = step.after.object(number);
  if (!before.isArray() || !after.isArray() || !step.referrers.contains(number)) return false;
  for (const auto& [holder, count] : step.referrers.at(number)) {
    auto page = step.before.object(holder);
    auto list = isPage(page) ? page.getKey("/Annots") : QPDFObjectHandle::newNull();
    if (!list.isIndirect() || list.getObjectID() != number) return false;
  }
  const int holder = step.referrers.at(number).begin()->first;
  if (step.fates.contains(holder)) return false;  // judged with the page
  judgeAnnotations(step, before, after, {holder, "/Annots"});
  return true;
}

void judgeAnnotation(Step& step, QPDFObjectHandle before, QPDFObjectHandle after) {
  step.explain(before);
  const auto keys = differingKeys(before, after);
  const bool fits = isFreeAnnotation(step, before) && isFreeAnnotation(step, after) && !keys.contains("/Subtype") &&
                    !keys.contains("/Type") && !keys.contains("/P");
  step.judge(fits, "annotation", "annotationChanged");
  step.explainAdded(after);
  for (const auto& key : keys) step.explainAdded(after.getKey(key));
}

bool isAnnotation(QPDFObjectHandle object) {
  return object.isDictionary() && !isWidget(object) && kindOf(object) == "annotation";
}

}  // namespace

void judgePages(Step& step) {
  for (const auto& [number, fate] : step.fates) {
    if (fate != Fate::changed || step.isExplained(number)) continue;
    auto before = step.before.object(number), after = step.after.object(number);
    if (isPage(before) && isPage(after)) judgePage(step, before, after);
  }
  for (const auto& [number, fate] : step.fates) {
    if (fate != Fate::changed || step.isExplained(number) || judgeList(step, number)) continue;
    auto before = step.before.object(number), after = step.after.object(number);
    if (step.permissions.level() == 3 && isAnnotation(before) && isAnnotation(after))
      judgeAnnotation(step, before, after);
  }
}

}  // namespace sealferry::pdf
