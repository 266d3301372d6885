// SPDX-License-Identifier: Apache-2.0
#include "permission.h"

#include "form.h"
#include "name.h"
#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int mostReferences = 64;

/// The parameters of the transforms of one kind that a signature refers to (§12.8.1, table 253).
std::vector<QPDFObjectHandle> transforms(QPDFObjectHandle signature, const std::string& method) {
  std::vector<QPDFObjectHandle> found;
  auto list = signature.getKey("/Reference");
  for (int i = 0; list.isArray() && i < list.getArrayNItems() && i < mostReferences; ++i) {
    auto item = list.getArrayItem(i);
    if (item.isDictionary() && nameIn(item, "/TransformMethod") == method &&
        item.getKey("/TransformParams").isDictionary())
      found.push_back(item.getKey("/TransformParams"));
  }
  return found;
}

QPDFObjectHandle certification(QPDF& pdf) {
  auto permissions = pdf.getRoot().getKey("/Perms");
  return permissions.isDictionary() ? permissions.getKey("/DocMDP") : QPDFObjectHandle::newNull();
}

/// /P of a transform: 1 permits nothing, 2 is the default.
bool permitsNothing(QPDFObjectHandle parameters) {
  auto permission = parameters.getKey("/P");
  return permission.isInteger() && permission.getIntValue() == 1;
}

bool isCertifiedAgainstChanges(QPDF& pdf, const std::vector<SignatureField>& signatures) {
  const auto forbids = [](QPDFObjectHandle signature) {
    for (auto& parameters : transforms(signature, "/DocMDP"))
      if (permitsNothing(parameters)) return true;
    return false;
  };
  auto certified = certification(pdf);
  if (certified.isDictionary() && forbids(certified)) return true;
  for (const auto& one : signatures)
    if (forbids(one.value)) return true;
  return false;
}

/// A new field is one that a lock on "all", or on "all but these", does not name. One that names fields locks those.
bool locksNewFields(QPDFObjectHandle lock) {
  const auto action = nameIn(lock, "/Action");
  return action == "/All" || action == "/Exclude" || permitsNothing(lock);
}

bool isLockedBy(const SignatureField& one) {
  auto field = one.field;
  auto lock = field.getKey("/Lock");
  if (lock.isDictionary() && locksNewFields(lock)) return true;
  for (auto& parameters : transforms(one.value, "/FieldMDP"))
    if (locksNewFields(parameters)) return true;
  return false;
}

bool isXfaOnly(QPDF& pdf) {
  auto root = pdf.getRoot();
  auto form = root.getKey("/AcroForm");
  auto rendering = root.getKey("/NeedsRendering");
  return form.isDictionary() && form.hasKey("/XFA") && rendering.isBool() && rendering.getBoolValue();
}

}  // namespace

Result<void> mayBeSigned(QPDF& pdf) {
  const auto signatures = filledFields(pdf);
  if (isCertifiedAgainstChanges(pdf, signatures)) return refuse(ErrorCode::document_forbids_changes, "certified");
  for (const auto& one : signatures)
    if (isLockedBy(one)) return refuse(ErrorCode::document_forbids_changes, "locked");
  if (isXfaOnly(pdf)) return unreadable("xfa");
  return {};
}

bool isSigned(QPDF& pdf) { return !filledFields(pdf).empty() || certification(pdf).isDictionary(); }

}  // namespace sealferry::pdf
