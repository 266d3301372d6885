// SPDX-License-Identifier: Apache-2.0
#include "page_tree.h"

#include <numeric>
#include <optional>
#include <set>

#include "open.h"

namespace sealferry::pdf {
namespace {

constexpr int deepestTree = 64;
constexpr long long mostPages = 10'000'000;

bool isTreeNode(QPDFObjectHandle node) { return node.isDictionary() && node.getKey("/Kids").isArray(); }

/// -1 where /Count says nothing that can be.
long long pagesIn(QPDFObjectHandle node) {
  if (!isTreeNode(node)) return 1;
  auto count = node.getKey("/Count");
  const auto pages = count.isInteger() ? count.getIntValue() : -1;
  return pages > mostPages ? -1 : pages;
}

/// A tree that leads back into itself, or that counts wrongly, shows one page here and another there. Looked at as far
/// as it costs little: the pages of very long documents are found without resolving the others.
class TreeCheck {
 public:
  bool isSane(QPDFObjectHandle root) { return pagesBelow(root, 0).has_value(); }

 private:
  std::optional<long long> pagesBelow(QPDFObjectHandle node, int depth) {
    if (depth > deepestTree || !node.isDictionary()) return std::nullopt;
    if (!isTreeNode(node)) return 1;
    const auto stated = pagesIn(node);
    if (stated < 0 || (node.isIndirect() && !path_.insert(node.getObjGen()).second)) return std::nullopt;
    auto kids = node.getKey("/Kids");
    long long pages = 0;
    for (int i = 0; i < kids.getArrayNItems(); ++i) {
      if (++seen_ > mostNodes) return stated;
      const auto below = pagesBelow(kids.getArrayItem(i), depth + 1);
      if (!below) return std::nullopt;
      pages += *below;
    }
    path_.erase(node.getObjGen());
    return pages == stated ? std::optional(pages) : std::nullopt;
  }

  static constexpr int mostNodes = 2000;
  int seen_ = 0;
  std::set<QPDFObjGen> path_;
};

/// One way down the tree for all pages that are wanted.
class Search {
 public:
  explicit Search(const std::vector<unsigned>& numbers) : numbers_(numbers) {}

  /// `before`: pages that come before those of this node.
  Result<void> visit(QPDFObjectHandle node, Inherited inherited, long long before, int depth) {
    inherited.take(node);
    if (!isTreeNode(node)) return add(node, inherited);
    if (depth > deepestTree) return unreadable("pageTree");
    auto kids = node.getKey("/Kids");
    if (pagesIn(node) == kids.getArrayNItems()) return pick(kids, inherited, before, depth);
    for (int i = 0; i < kids.getArrayNItems() && !isDone(); ++i) {
      auto kid = kids.getArrayItem(i);
      const auto pages = pagesIn(kid);
      if (!kid.isDictionary() || pages < 0) return unreadable("pageTree");
      if (const auto done = enter(kid, inherited, before, pages, depth); !done) return done;
      before += pages;
    }
    return {};
  }

  bool isDone() const { return pages_.size() == numbers_.size(); }
  std::vector<Page> take() { return std::move(pages_); }

 private:
  /// As many kids as pages: each is one page, and those that are not wanted need not be looked at. Resolving them is
  /// what costs: 150,000 pages in one node are half a gigabyte.
  Result<void> pick(QPDFObjectHandle kids, const Inherited& inherited, long long before, int depth) {
    while (wantsUpTo(before + kids.getArrayNItems())) {
      const auto index = static_cast<long long>(numbers_[pages_.size()]) - 1 - before;
      auto kid = kids.getArrayItem(static_cast<int>(index));
      if (!kid.isDictionary() || pagesIn(kid) != 1) return unreadable("pageTree");
      if (const auto done = enter(kid, inherited, before + index, 1, depth); !done) return done;
    }
    return {};
  }

  bool wantsUpTo(long long last) const { return !isDone() && numbers_[pages_.size()] <= last; }

  Result<void> enter(QPDFObjectHandle kid, const Inherited& inherited, long long before, long long pages, int depth) {
    if (!wantsUpTo(before + pages)) return {};
    if (const auto done = visit(kid, inherited, before, depth + 1); !done) return done;
    if (wantsUpTo(before + pages)) return unreadable("pageTree");  // fewer than its /Count
    return {};
  }

  Result<void> add(QPDFObjectHandle object, const Inherited& inherited) {
    auto page = completePage(object, inherited);
    if (!page) return passOn(page);
    if (!seen_.insert(object.getObjGen()).second) return unreadable("pageTree");
    pages_.push_back(*std::move(page));
    return {};
  }

  const std::vector<unsigned>& numbers_;
  std::vector<Page> pages_;
  std::set<QPDFObjGen> seen_;
};

}  // namespace

Result<PageTree> PageTree::of(QPDF& pdf) {
  auto root = pdf.getRoot().getKey("/Pages");
  if (!root.isDictionary() || pagesIn(root) < 1 || !TreeCheck().isSane(root)) return unreadable("pageTree");
  return PageTree(root, static_cast<unsigned>(pagesIn(root)));
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
  Search search(numbers);
  if (const auto done = search.visit(root_, {}, 0, 0); !done) return passOn(done);
  if (!search.isDone()) return unreadable("pageTree");
  return search.take();
}

}  // namespace sealferry::pdf
