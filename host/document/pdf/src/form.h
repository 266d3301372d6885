// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>
#include <string>
#include <vector>

#include "base/result.h"
#include "increment.h"

namespace sealferry::pdf {

/// One signature field: the field's own dictionary and its value.
struct SignatureField {
  QPDFObjectHandle field, value;
};
/// Signature fields that are filled. Loops and very large forms are cut off.
std::vector<SignatureField> filledFields(QPDF& pdf);

/// Why the document's own signatures forbid another one, or nothing: certified against changes (ISO 32000-1 §12.8.2.2,
/// P = 1), every field locked (§12.8.2.4), or a form that only XFA can show.
Result<void> mayBeSigned(QPDF& pdf);

/// A name no field of the form has.
std::string freshFieldName(QPDF& pdf);

/// Puts the new field into /AcroForm /Fields where that lives, and the new annotation into the page's /Annots.
void linkField(QPDF& pdf, Increment& increment, int field);
void linkAnnotation(QPDFObjectHandle page, Increment& increment, int annotation);

}  // namespace sealferry::pdf
