// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include <algorithm>
#include <set>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int mostSiblings = 64;

void collect(QPDFObjectHandle fields, QPDFObjectHandle inheritedType, int depth, std::set<QPDFObjGen>& seen,
             std::vector<SignatureField>& found) {
  if (!fields.isArray() || depth > deepestField) return;
  for (int i = 0; i < fields.getArrayNItems(); ++i) {
    auto field = fields.getArrayItem(i);
    if (!field.isDictionary() || seen.size() > mostFields) continue;
    if (field.isIndirect() && !seen.insert(field.getObjGen()).second) continue;
    auto type = field.hasKey("/FT") ? field.getKey("/FT") : inheritedType;
    const bool isSignature = type.isInitialized() && type.isName() && type.getName() == "/Sig";
    if (isSignature && field.getKey("/V").isDictionary()) found.push_back({field, field.getKey("/V")});
    collect(field.getKey("/Kids"), type, depth + 1, seen, found);
  }
}

QPDFObjectHandle formOf(QPDF& pdf) { return pdf.getRoot().getKey("/AcroForm"); }

/// Appends to an array that is a member of a dictionary, or makes it. The array, if it is an object of its own.
QPDFObjectHandle appendTo(QPDFObjectHandle dictionary, const std::string& key, QPDFObjectHandle item) {
  auto array = dictionary.getKey(key);
  if (!array.isArray()) {
    dictionary.replaceKey(key, QPDFObjectHandle::newArray({item}));
    return {};
  }
  array.appendItem(item);
  return array.isIndirect() ? array : QPDFObjectHandle();
}

/// Some writers give all pages one array, an empty one say; what is put in there would be on all of them. Those that do
/// so do it from the first pages on.
bool isShared(QPDFObjectHandle page, QPDFObjectHandle array) {
  auto kids =
      page.getKey("/Parent").isDictionary() ? page.getKey("/Parent").getKey("/Kids") : QPDFObjectHandle::newNull();
  for (int i = 0; kids.isArray() && i < std::min(kids.getArrayNItems(), mostSiblings); ++i) {
    auto other = kids.getArrayItem(i);
    if (!other.isDictionary() || other.getObjGen() == page.getObjGen()) continue;
    if (other.getKey("/Annots").getObjGen() == array.getObjGen()) return true;
  }
  return false;
}

/// 3 = SignaturesExist | AppendOnly (ISO 32000-1 table 219).
bool setSigFlags(QPDFObjectHandle form) {
  auto flags = form.getKey("/SigFlags");
  const auto now = flags.isInteger() ? flags.getIntValue() : 0;
  if ((now & 3) == 3) return false;
  form.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(now | 3));
  return true;
}

/// With it readers draw every field anew, and some then leave the stamp out (docs/stamping.md).
bool dropNeedAppearances(QPDFObjectHandle form) {
  if (!form.hasKey("/NeedAppearances")) return false;
  form.removeKey("/NeedAppearances");
  return true;
}

}  // namespace

std::vector<SignatureField> filledFields(QPDF& pdf) {
  std::vector<SignatureField> found;
  std::set<QPDFObjGen> seen;
  auto form = formOf(pdf);
  if (form.isDictionary()) collect(form.getKey("/Fields"), {}, 0, seen, found);
  return found;
}

FieldNames::FieldNames(QPDF& pdf) {
  auto form = formOf(pdf);
  auto fields = form.isDictionary() ? form.getKey("/Fields") : QPDFObjectHandle::newNull();
  for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
    auto field = fields.getArrayItem(i);
    if (field.isDictionary() && field.getKey("/T").isString()) taken_.insert(field.getKey("/T").getUTF8Value());
  }
}

std::string FieldNames::fresh() {
  for (;;) {
    auto name = "SealFerry" + std::to_string(++number_);
    if (!taken_.contains(name)) return name;
  }
}

void linkField(QPDF& pdf, Increment& increment, int field) {
  auto root = pdf.getRoot();
  auto form = formOf(pdf);
  if (!form.isDictionary()) {
    form = QPDFObjectHandle::newDictionary();
    root.replaceKey("/AcroForm", form);
  }
  const bool flagged = setSigFlags(form), dropped = dropNeedAppearances(form);
  const bool changed = flagged || dropped;
  const auto holder = appendTo(form, "/Fields", pdf.getObjectByID(field, 0));
  // What stays as it is is not written again: readers that compare revisions look at every object that is.
  if (holder.isInitialized()) increment.change(holder);
  if (changed || !holder.isInitialized()) increment.change(form.isIndirect() ? form : root);
}

void linkAnnotation(QPDF& pdf, QPDFObjectHandle page, Increment& increment, int annotation) {
  auto list = page.getKey("/Annots");
  if (list.isArray() && list.isIndirect() && isShared(page, list)) page.replaceKey("/Annots", list.shallowCopy());
  const auto holder = appendTo(page, "/Annots", pdf.getObjectByID(annotation, 0));
  increment.change(holder.isInitialized() ? holder : page);
}

}  // namespace sealferry::pdf
