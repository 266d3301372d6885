// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "increment.h"

namespace sealferry::pdf {

/// Where very large forms are cut off.
constexpr std::size_t mostFields = 20'000;
constexpr int deepestField = 32;

/// One signature field: the field's own dictionary and its value.
struct SignatureField {
  QPDFObjectHandle field, value;
};
/// Signature fields that are filled. Loops and very large forms are cut off.
std::vector<SignatureField> filledFields(QPDF& pdf);

/// Names no field of the form has, one after the other.
class FieldNames {
 public:
  explicit FieldNames(QPDF& pdf);
  std::string fresh();

 private:
  std::set<std::string> taken_;
  int number_ = 0;
};

/// Puts the new field into /AcroForm /Fields where that lives, and the new annotation into the page's /Annots.
void linkField(QPDF& pdf, Increment& increment, int field);
void linkAnnotation(QPDF& pdf, QPDFObjectHandle page, Increment& increment, int annotation);

}  // namespace sealferry::pdf
