// SPDX-License-Identifier: Apache-2.0
#include "open.h"

#include <unistd.h>

#include <cstdio>
#include <qpdf/QPDFExc.hh>

namespace sealferry::pdf {

tl::unexpected<Error> refuse(ErrorCode code, std::string reason) {
  auto failure = fail(code, "pdf");
  failure.value().detail["reason"] = std::move(reason);
  return failure;
}

tl::unexpected<Error> unreadable(std::string reason) { return refuse(ErrorCode::document_unreadable, std::move(reason)); }

Result<std::unique_ptr<QPDF>> openDocument(int descriptor) {
  // A descriptor of its own: QPDF closes the file, and moves its place in it.
  std::FILE* file = ::fdopen(::dup(descriptor), "rb");
  if (file == nullptr) return unreadable("file");
  auto pdf = std::make_unique<QPDF>();
  pdf->setAttemptRecovery(false);
  pdf->setSuppressWarnings(true);
  try {
    pdf->processFile("document", file, true);
    if (!pdf->getTrailer().isDictionary() || !pdf->getRoot().isDictionary()) return unreadable("structure");
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) return refuse(ErrorCode::document_protected, "encrypted");
    return unreadable("structure");
  } catch (const std::exception&) {
    return unreadable("structure");
  }
  return pdf;
}

}  // namespace sealferry::pdf
