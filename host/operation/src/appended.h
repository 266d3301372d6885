// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "document/report.h"
#include "operation/context.h"

namespace sealferry::operation {

/// An increment at the end of a document: the file has it while this lives, and keeps it only after keep(). So what is
/// verified is what a reader will get, and no copy of a large file is made for that.
class Appended {
 public:
  static Result<Appended> put(Document& document, std::uint64_t originalSize, trust::Digester original,
                              ByteView increment);
  Appended(Appended&& other) noexcept;
  Appended& operator=(Appended&&) = delete;
  ~Appended();

  /// The report on the whole. internal unless the last `signatures` signatures hold and the last covers all of it.
  Result<document::Report> verify(const Context& context, std::size_t signatures) const;
  void keep();  ///< the document is now the whole: its size, its digest

 private:
  Appended(Document& document, std::uint64_t before, trust::Digester digest)
      : document_(&document), before_(before), digest_(std::move(digest)) {}
  Document* document_;
  std::uint64_t before_;
  trust::Digester digest_;
};

}  // namespace sealferry::operation
