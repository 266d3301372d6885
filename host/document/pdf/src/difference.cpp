// SPDX-License-Identifier: Apache-2.0
#include "difference.h"

#include <algorithm>
#include <qpdf/Buffer.hh>

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostDifferences = 20'000;
constexpr long long largestStream = 8LL * 1024 * 1024;  // larger ones that were written anew count as changed

using Entries = std::map<int, Revision::Entry>;

bool samePlace(const Revision::Entry& one, const Revision::Entry& other) {
  if (one.generation != other.generation || one.place.getType() != other.place.getType()) return false;
  if (one.place.getType() == 1) return one.place.getOffset() == other.place.getOffset();
  return one.place.getObjStreamNumber() == other.place.getObjStreamNumber() &&
         one.place.getObjStreamIndex() == other.place.getObjStreamIndex();
}

/// Where an object lies in an object stream, that has to lie where it did too.
bool sameStream(const Entries& older, const Entries& newer, const Revision::Entry& entry) {
  if (entry.place.getType() != 2) return true;
  const auto before = older.find(entry.place.getObjStreamNumber());
  const auto now = newer.find(entry.place.getObjStreamNumber());
  return before != older.end() && now != newer.end() && samePlace(before->second, now->second);
}

long long lengthOf(QPDFObjectHandle stream) {
  auto length = stream.getDict().getKey("/Length");
  return length.isInteger() ? length.getIntValue() : largestStream + 1;
}

bool sameData(QPDFObjectHandle one, QPDFObjectHandle other) {
  if (lengthOf(one) != lengthOf(other) || lengthOf(one) > largestStream) return false;
  const auto data = one.getRawStreamData(), otherData = other.getRawStreamData();
  return data->getSize() == otherData->getSize() &&
         std::equal(data->getBuffer(), data->getBuffer() + data->getSize(), otherData->getBuffer());
}

}  // namespace

bool sameContent(QPDFObjectHandle one, QPDFObjectHandle other) {
  // QPDF gives null for what it has no memory for or cannot read.
  if (one.isNull() || other.isNull() || one.getTypeCode() != other.getTypeCode()) return false;
  if (!one.isStream()) return one.unparseResolved() == other.unparseResolved();
  return one.getDict().unparse() == other.getDict().unparse() && sameData(one, other);
}

std::optional<std::map<int, Fate>> difference(Revision& older, Revision& newer) {
  const auto &before = older.entries(), &now = newer.entries();
  std::map<int, Fate> fates;
  std::size_t written = 0;
  for (const auto& [number, entry] : now) {
    const auto old = before.find(number);
    if (old != before.end() && samePlace(old->second, entry) && sameStream(before, now, entry)) continue;
    if (++written > mostDifferences) return std::nullopt;
    if (old == before.end()) {
      fates.emplace(number, Fate::added);
    } else if (old->second.generation != entry.generation || !sameContent(older.object(number), newer.object(number))) {
      fates.emplace(number, Fate::changed);
    }
  }
  for (const auto& [number, entry] : before) {
    if (now.contains(number)) continue;
    fates.emplace(number, Fate::freed);
    if (fates.size() > mostDifferences) return std::nullopt;
  }
  return fates;
}

}  // namespace sealferry::pdf
