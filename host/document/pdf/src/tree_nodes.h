// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <qpdf/QPDF.hh>
#include <vector>

#include "part_input.h"

namespace sealferry::pdf {

/// The nodes of a page tree and what they list. The parser makes three hundred bytes of each reference it reads:
/// 150,000 pages in one node would be 46 MiB. Such a list is read by ourselves, eight bytes each, and the parser is
/// shown an empty one in its place.
///
/// A node that was looked at here is therefore not to be written again from what the parser has of it.
class TreeNodes {
 public:
  /// Both belong to one document and must outlive it.
  TreeNodes(QPDF& pdf, PartInput& input) : pdf_(pdf), input_(input) {}

  /// Has it a list of kids? Throws std::runtime_error where the parser and we read different lists.
  bool isNode(QPDFObjectHandle object);
  int countKids(QPDFObjectHandle node);
  /// Resolves nothing.
  QPDFObjectHandle kid(QPDFObjectHandle node, int index);

  /// Appends what a node's kids are, up to so many altogether; direct objects, which are no one else's, not.
  void list(QPDFObjectHandle node, std::size_t most, std::vector<QPDFObjGen>& into);

 private:
  void resolve(QPDFObjectHandle object);
  const std::vector<QPDFObjGen>* ownList(QPDFObjectHandle node) const;

  QPDF& pdf_;
  PartInput& input_;
  std::map<QPDFObjGen, std::vector<QPDFObjGen>> long_;
};

}  // namespace sealferry::pdf
