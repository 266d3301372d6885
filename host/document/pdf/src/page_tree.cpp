// SPDX-License-Identifier: Apache-2.0
#include "page_tree.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int deepestTree = 64;
constexpr long long mostPages = 10'000'000;

/// -1 where /Count says nothing that can be.
long long pagesIn(TreeNodes& nodes, QPDFObjectHandle node) {
  if (!nodes.isNode(node)) return 1;
  auto count = node.getKey("/Count");
  const auto pages = count.isInteger() ? count.getIntValue() : -1;
  return pages > mostPages ? -1 : pages;
}

/// A tree that leads back into itself, or that counts wrongly, shows one page here and another there. Looked at as far
/// as it costs little: the pages of very long documents are found without resolving the others.
class TreeCheck {
 public:
  explicit TreeCheck(TreeNodes& nodes) : nodes_(nodes) {}

  bool isSane(QPDFObjectHandle root) { return pagesBelow(root, 0).has_value(); }

  /// What the nodes looked at list twice, the same one or two of them.
  std::set<QPDFObjGen> listedTwice() {
    std::sort(listed_.begin(), listed_.end());
    std::set<QPDFObjGen> twice;
    for (auto same = listed_.begin(); (same = std::adjacent_find(same, listed_.end())) != listed_.end(); ++same)
      twice.insert(*same);
    return twice;
  }

 private:
  std::optional<long long> pagesBelow(QPDFObjectHandle node, int depth) {
    const bool isNode = nodes_.isNode(node);
    if (depth > deepestTree || !node.isDictionary()) return std::nullopt;
    if (!isNode) return 1;
    const auto stated = pagesIn(nodes_, node);
    if (stated < 0 || (node.isIndirect() && !path_.insert(node.getObjGen()).second)) return std::nullopt;
    nodes_.list(node, mostListed, listed_);  // all of them, as nothing is resolved for it
    long long pages = 0;
    for (int i = 0; i < nodes_.countKids(node); ++i) {
      if (++seen_ > mostNodes) return stated;
      const auto below = pagesBelow(nodes_.kid(node, i), depth + 1);
      if (!below) return std::nullopt;
      pages += *below;
    }
    path_.erase(node.getObjGen());
    return pages == stated ? std::optional(pages) : std::nullopt;
  }

  static constexpr int mostNodes = 2000;
  static constexpr std::size_t mostListed = 1'000'000;
  TreeNodes& nodes_;
  int seen_ = 0;
  std::set<QPDFObjGen> path_;
  std::vector<QPDFObjGen> listed_;
};

/// How one came to a node.
struct Way {
  Inherited inherited = {};
  bool shared = false;  ///< it, or something above it, is listed twice
  int depth = 0;
};

/// One way down the tree for all pages that are wanted.
class Search {
 public:
  Search(TreeNodes& nodes, const std::vector<unsigned>& numbers, const std::set<QPDFObjGen>& shared)
      : nodes_(nodes), numbers_(numbers), shared_(shared) {}

  /// `before`: pages that come before those of this node.
  Result<void> visit(QPDFObjectHandle node, Way way, long long before) {
    const bool isNode = nodes_.isNode(node);
    way.inherited.take(node);
    way.shared = way.shared || shared_.contains(node.getObjGen());
    if (!isNode) return add(node, way);
    if (++way.depth > deepestTree) return unreadable("pageTree");
    if (pagesIn(nodes_, node) == nodes_.countKids(node)) return pick(node, way, before);
    for (int i = 0; i < nodes_.countKids(node) && !isDone(); ++i) {
      auto kid = nodes_.kid(node, i);
      const auto pages = pagesIn(nodes_, kid);
      if (!kid.isDictionary() || pages < 0) return unreadable("pageTree");
      if (const auto done = enter(kid, way, before, pages); !done) return done;
      before += pages;
    }
    return {};
  }

  bool isDone() const { return pages_.size() == numbers_.size(); }
  std::vector<Page> take() { return std::move(pages_); }

 private:
  /// As many kids as pages: each is one page, and those that are not wanted need not be looked at. Resolving them is
  /// what costs: 150,000 pages in one node are half a gigabyte.
  Result<void> pick(QPDFObjectHandle node, const Way& way, long long before) {
    while (wantsUpTo(before + nodes_.countKids(node))) {
      const auto index = static_cast<long long>(numbers_[pages_.size()]) - 1 - before;
      auto kid = nodes_.kid(node, static_cast<int>(index));
      if (pagesIn(nodes_, kid) != 1 || !kid.isDictionary()) return unreadable("pageTree");
      if (const auto done = enter(kid, way, before + index, 1); !done) return done;
    }
    return {};
  }

  bool wantsUpTo(long long last) const { return !isDone() && numbers_[pages_.size()] <= last; }

  Result<void> enter(QPDFObjectHandle kid, const Way& way, long long before, long long pages) {
    if (!wantsUpTo(before + pages)) return {};
    if (const auto done = visit(kid, way, before); !done) return done;
    if (wantsUpTo(before + pages)) return unreadable("pageTree");  // fewer than its /Count
    return {};
  }

  Result<void> add(QPDFObjectHandle object, const Way& way) {
    auto page = completePage(object, way.inherited);
    if (!page) return passOn(page);
    page->shared = way.shared;
    pages_.push_back(*std::move(page));
    return {};
  }

  TreeNodes& nodes_;
  const std::vector<unsigned>& numbers_;
  const std::set<QPDFObjGen>& shared_;
  std::vector<Page> pages_;
};

}  // namespace

Result<PageTree> PageTree::of(QPDF& pdf, TreeNodes& nodes) {
  auto root = pdf.getRoot().getKey("/Pages");
  TreeCheck check(nodes);
  const auto count = pagesIn(nodes, root);
  if (!root.isDictionary() || count < 1 || !check.isSane(root)) return unreadable("pageTree");
  return PageTree(nodes, root, static_cast<unsigned>(count), check.listedTwice());
}

Result<std::vector<unsigned>> PageTree::numbersIn(const document::Pages& pages, std::size_t most) const {
  const auto first = pages.first == 0 ? count_ : pages.first;
  const auto last = pages.last == 0 ? count_ : pages.last;
  if (first > last || last > count_) return badRequest("page");
  if (last - first >= most) return badRequest("pages");
  std::vector<unsigned> numbers(last - first + 1);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

Result<std::vector<Page>> PageTree::find(const std::vector<unsigned>& numbers) const {
  Search search(nodes_, numbers, shared_);
  if (const auto done = search.visit(root_, {}, 0); !done) return passOn(done);
  if (!search.isDone()) return unreadable("pageTree");
  return search.take();
}

}  // namespace sealferry::pdf
