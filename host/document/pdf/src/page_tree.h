// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <qpdf/QPDF.hh>
#include <set>
#include <vector>

#include "document/stamp.h"
#include "page.h"
#include "tree_nodes.h"

namespace sealferry::pdf {

/// The document's pages, found through /Count: what lies before a page is passed over, not walked through.
class PageTree {
 public:
  /// document_unreadable with reason pageTree: it leads back into itself, or its counts are wrong (looked at as far as
  /// that costs little). The nodes must outlive it.
  static Result<PageTree> of(QPDF& pdf, TreeNodes& nodes);

  unsigned count() const { return count_; }
  /// bad_request: field page for one that is not there, field pages for more than `most`.
  Result<std::vector<unsigned>> numbersIn(const document::Pages& pages, std::size_t most) const;
  /// The pages with these numbers: from 1 to count(), ascending, each once. document_unreadable where the tree does not
  /// hold what it says.
  Result<std::vector<Page>> find(const std::vector<unsigned>& numbers) const;

 private:
  PageTree(TreeNodes& nodes, QPDFObjectHandle root, unsigned count, std::set<QPDFObjGen> shared)
      : nodes_(nodes), root_(root), count_(count), shared_(std::move(shared)) {}
  TreeNodes& nodes_;
  QPDFObjectHandle root_;
  unsigned count_;
  std::set<QPDFObjGen> shared_;  ///< pages and nodes that are listed twice
};

}  // namespace sealferry::pdf
