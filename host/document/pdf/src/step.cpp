// SPDX-License-Identifier: Apache-2.0
#include "step.h"

#include <algorithm>

namespace sealferry::pdf {
namespace {

constexpr std::size_t mostOwned = 20'000;

/// Every indirect object in a value that stands in the value itself.
void eachReference(QPDFObjectHandle value, const std::function<void(QPDFObjectHandle)>& take, int depth = 0) {
  if (depth > 0 && value.isIndirect()) return take(value);
  if (depth > deepestValue) return;
  if (value.isArray())
    for (int i = 0; i < value.getArrayNItems(); ++i) eachReference(value.getArrayItem(i), take, depth + 1);
  auto dictionary = value.isStream() ? value.getDict() : value;
  if (dictionary.isDictionary())
    for (const auto& key : dictionary.getKeys()) eachReference(dictionary.getKey(key), take, depth + 1);
}

/// What a value leads to, as far as `follow` says; the value itself included.
void walk(QPDFObjectHandle value, const std::function<bool(QPDFObjectHandle)>& follow) {
  std::vector<QPDFObjectHandle> open;
  if (value.isIndirect() ? follow(value) : true) open.push_back(value);
  while (!open.empty()) {
    const auto one = open.back();
    open.pop_back();
    eachReference(one, [&](QPDFObjectHandle inner) {
      if (follow(inner)) open.push_back(inner);
    });
  }
}

}  // namespace

bool Step::isAdded(QPDFObjectHandle value) const {
  const auto found = value.isIndirect() ? fates.find(value.getObjectID()) : fates.end();
  return found != fates.end() && found->second == Fate::added;
}

void Step::judge(bool permitted, std::string kind, std::string reason) {
  document::Change change{std::move(kind), permitted, std::move(reason)};
  if (std::ranges::find(changes, change) == changes.end()) changes.push_back(std::move(change));
}

void Step::explain(QPDFObjectHandle value) {
  if (value.isIndirect()) explained_.insert(value.getObjectID());
}

void Step::explainAdded(QPDFObjectHandle value) {
  walk(value, [&](QPDFObjectHandle one) { return isAdded(one) && explained_.insert(one.getObjectID()).second; });
}

void Step::own(QPDFObjectHandle value, const Spot& spot) {
  if (!value.isIndirect()) return;
  explain(value);
  owned_.insert(value.getObjectID());
  doors_[spot.holder].insert(spot.key);
}

void Step::ownAll(QPDFObjectHandle value, const Spot& spot) {
  std::set<int> seen;
  bool any = false;
  walk(value, [&](QPDFObjectHandle one) {
    any = any || differs(one);
    return seen.size() < mostOwned && seen.insert(one.getObjectID()).second;
  });
  if (!any) return;
  doors_[spot.holder].insert(spot.key);
  owned_.insert(seen.begin(), seen.end());
  explained_.insert(seen.begin(), seen.end());
}

bool Step::usedElsewhere(int number, const std::map<int, int>& holders) const {
  return std::ranges::any_of(holders, [&](const auto& one) {
    const auto& [holder, count] = one;
    if (holder == number || owned_.contains(holder)) return false;
    const auto object = holder == 0 ? before.pdf().getTrailer() : before.object(holder);
    auto dictionary = dictionaryOf(object);
    // A cross-reference stream repeats the trailer.
    const bool isTrailer = holder == 0 || isName(dictionary.getKey("/Type"), "/XRef");
    const auto doors = doors_.find(isTrailer ? 0 : holder);
    int known = 0;
    if (doors != doors_.end())
      for (const auto& key : doors->second)
        known += key.empty() ? countReferences(object, number) : countReferences(dictionary.getKey(key), number, 1);
    return known < count;
  });
}

std::set<int> Step::ownedThatMatters() {
  std::map<int, std::vector<int>> leadingTo;
  std::vector<int> open;
  for (const int number : owned_) {
    eachReference(before.object(number), [&](QPDFObjectHandle one) { leadingTo[one.getObjectID()].push_back(number); });
    if (fates.contains(number)) open.push_back(number);
  }
  std::set<int> matters(open.begin(), open.end());
  while (!open.empty()) {
    const int number = open.back();
    open.pop_back();
    for (const int holder : leadingTo[number])
      if (matters.insert(holder).second) open.push_back(holder);
  }
  return matters;
}

QPDFObjectHandle dictionaryOf(QPDFObjectHandle value) {
  if (value.isInitialized() && value.isStream()) return value.getDict();
  return value.isInitialized() && value.isDictionary() ? value : QPDFObjectHandle::newDictionary();
}

std::set<std::string> differingKeys(QPDFObjectHandle before, QPDFObjectHandle after) {
  before = dictionaryOf(before);
  after = dictionaryOf(after);
  std::set<std::string> keys = before.getKeys();
  keys.merge(after.getKeys());
  std::erase_if(keys, [&](const auto& key) { return before.getKey(key).unparse() == after.getKey(key).unparse(); });
  return keys;
}

Spot below(const Spot& spot, QPDFObjectHandle holder, std::string key) {
  return holder.isIndirect() ? Spot{holder.getObjectID(), std::move(key)} : spot;
}

}  // namespace sealferry::pdf
