// SPDX-License-Identifier: Apache-2.0
#include "form.h"

#include <set>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostFields = 20'000;
constexpr int deepestField = 32;

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

/// /P of the DocMDP transform that certifies the document; 0 if nothing does.
long long certification(QPDF& pdf) {
  auto references = pdf.getRoot().getKey("/Perms");
  if (!references.isDictionary()) return 0;
  auto signature = references.getKey("/DocMDP");
  if (!signature.isDictionary()) return 0;
  auto list = signature.getKey("/Reference");
  for (int i = 0; list.isArray() && i < list.getArrayNItems() && i < 64; ++i) {
    auto item = list.getArrayItem(i);
    if (!item.isDictionary()) continue;
    auto parameters = item.getKey("/TransformParams");
    if (!parameters.isDictionary()) continue;
    auto permission = parameters.getKey("/P");
    return permission.isInteger() ? permission.getIntValue() : 2;  // 2 is the default
  }
  return 2;
}

bool locksAll(QPDFObjectHandle field) {
  auto lock = field.getKey("/Lock");
  return lock.isDictionary() && lock.getKey("/Action").isName() && lock.getKey("/Action").getName() == "/All";
}

/// An array item that is a reference cannot be parsed without its document, so the text is put together instead.
std::string withItem(QPDFObjectHandle array, int number) {
  std::string text = "[";
  for (int i = 0; array.isArray() && i < array.getArrayNItems(); ++i) text += array.getArrayItem(i).unparse() + " ";
  return text + reference(number) + "]";
}

/// A dictionary's text with one member replaced by text of ours.
std::string withMember(QPDFObjectHandle dictionary, const std::string& key, const std::string& value,
                       const std::string& without = {}) {
  std::string text = "<<";
  if (dictionary.isDictionary())
    for (const auto& name : dictionary.getKeys())
      if (name != key && name != without)
        text += QPDFObjectHandle::newName(name).unparse() + " " + dictionary.getKey(name).unparse() + " ";
  return text + key + " " + value + ">>";
}

}  // namespace

std::vector<SignatureField> filledFields(QPDF& pdf) {
  std::vector<SignatureField> found;
  std::set<QPDFObjGen> seen;
  auto form = formOf(pdf);
  if (form.isDictionary()) collect(form.getKey("/Fields"), {}, 0, seen, found);
  return found;
}

Result<void> mayBeSigned(QPDF& pdf) {
  if (certification(pdf) == 1) return refuse(ErrorCode::document_forbids_changes, "certified");
  for (auto& one : filledFields(pdf))
    if (locksAll(one.field)) return refuse(ErrorCode::document_forbids_changes, "locked");
  auto form = formOf(pdf);
  auto rendering = pdf.getRoot().getKey("/NeedsRendering");
  if (form.isDictionary() && form.hasKey("/XFA") && rendering.isBool() && rendering.getBoolValue())
    return refuse(ErrorCode::document_unreadable, "xfa");
  return {};
}

std::string freshFieldName(QPDF& pdf) {
  std::set<std::string> taken;
  auto form = formOf(pdf);
  auto fields = form.isDictionary() ? form.getKey("/Fields") : QPDFObjectHandle::newNull();
  for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
    auto field = fields.getArrayItem(i);
    if (field.isDictionary() && field.getKey("/T").isString()) taken.insert(field.getKey("/T").getUTF8Value());
  }
  for (int number = 1;; ++number) {
    auto name = "SealFerry" + std::to_string(number);
    if (!taken.contains(name)) return name;
  }
}

void linkField(QPDF& pdf, Increment& increment, int field) {
  auto root = pdf.getRoot();
  auto form = formOf(pdf);
  auto fields = form.isDictionary() ? form.getKey("/Fields") : QPDFObjectHandle::newNull();
  std::string list = withItem(fields, field);
  if (fields.isArray() && fields.isIndirect()) {
    increment.replace(fields, list);
    list = fields.unparse();
  }
  // 3 = SignaturesExist | AppendOnly (ISO 32000-1 table 219). /NeedAppearances goes: with it readers draw every field
  // anew, and some then leave the stamp out.
  QPDFObjectHandle copy = form.isDictionary() ? form.shallowCopy() : QPDFObjectHandle::newDictionary();
  copy.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(3));
  const auto body = withMember(copy, "/Fields", list, "/NeedAppearances");
  if (form.isDictionary() && form.isIndirect()) {
    increment.replace(form, body);
  } else {
    increment.replace(root, withMember(root, "/AcroForm", body));
  }
}

void linkAnnotation(QPDFObjectHandle page, Increment& increment, int annotation) {
  auto annotations = page.getKey("/Annots");
  const auto list = withItem(annotations, annotation);
  if (annotations.isArray() && annotations.isIndirect()) {
    increment.replace(annotations, list);
  } else {
    increment.replace(page, withMember(page, "/Annots", list));
  }
}

}  // namespace sealferry::pdf
