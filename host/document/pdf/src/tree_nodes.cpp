// SPDX-License-Identifier: Apache-2.0
#include "tree_nodes.h"

#include <algorithm>
#include <stdexcept>

namespace sealferry::pdf {
namespace {

/// Has the parser read, as /Kids, exactly what it was left of this list?
bool isShown(QPDFObjectHandle node, const LongKids& kids) {
  auto array = node.isDictionary() ? node.getKey("/Kids") : QPDFObjectHandle::newNull();
  if (!array.isArray() || static_cast<std::size_t>(array.getArrayNItems()) != kids.shown) return false;
  for (std::size_t i = 0; i < kids.shown; ++i)
    if (array.getArrayItem(static_cast<int>(i)).getObjGen() != kids.list[i]) return false;
  return true;
}

}  // namespace

const std::vector<QPDFObjGen>* TreeNodes::ownList(QPDFObjectHandle node) const {
  const auto found = node.isIndirect() ? long_.find(node.getObjGen()) : long_.end();
  return found == long_.end() ? nullptr : &found->second;
}

/// The parser says where an object lies by going there. One that it has already, or that lies in an object stream, is
/// read no more.
void TreeNodes::resolve(QPDFObjectHandle object) {
  if (!object.isIndirect()) return;
  auto kids = input_.showWithoutLongKids(object.getObjGen(), [&] { object.getTypeCode(); });
  if (!kids) return;
  if (!isShown(object, *kids)) throw std::runtime_error("two readings of /Kids");
  long_.emplace(object.getObjGen(), std::move(kids->list));
}

bool TreeNodes::isNode(QPDFObjectHandle object) {
  resolve(object);
  return object.isDictionary() && object.getKey("/Kids").isArray();
}

int TreeNodes::countKids(QPDFObjectHandle node) {
  if (const auto* own = ownList(node)) return static_cast<int>(own->size());
  return node.getKey("/Kids").getArrayNItems();
}

QPDFObjectHandle TreeNodes::kid(QPDFObjectHandle node, int index) {
  if (const auto* own = ownList(node)) return pdf_.getObject(own->at(static_cast<std::size_t>(index)));
  return node.getKey("/Kids").getArrayItem(index);
}

void TreeNodes::list(QPDFObjectHandle node, std::size_t most, std::vector<QPDFObjGen>& into) {
  const auto room = most - std::min(most, into.size());
  if (const auto* own = ownList(node)) {
    const auto count = std::min(room, own->size());
    into.insert(into.end(), own->begin(), own->begin() + static_cast<std::ptrdiff_t>(count));
    return;
  }
  for (int i = 0; i < countKids(node) && into.size() < most; ++i)
    if (auto one = kid(node, i); one.isIndirect()) into.push_back(one.getObjGen());
}

}  // namespace sealferry::pdf
