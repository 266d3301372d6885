// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "difference.h"
#include "document/report.h"
#include "name.h"
#include "permissions.h"
#include "referrers.h"

namespace sealferry::pdf {

/// Where a value stands: in which object (0: the trailer), under which of its keys.
struct Spot {
  int holder = 0;
  std::string key;
};

/// From one signed revision to the next one or to the end: what differs, and what of it was explained. An object that
/// differs is explained once everything in it that differs was looked at and judged; what nobody explains is forbidden.
class Step {
 public:
  Step(Revision& older, Revision& newer, std::map<int, Fate> differing, const Permissions& allowed)
      : before(older), after(newer), fates(std::move(differing)), permissions(allowed) {}

  Revision& before;
  Revision& after;
  const std::map<int, Fate> fates;
  const Permissions& permissions;
  Referrers referrers;    ///< in `before`, of what differs
  std::set<int> widgets;  ///< of new signature fields: what may be added to a page
  std::vector<document::Change> changes;

  bool differs(QPDFObjectHandle value) const { return value.isIndirect() && fates.contains(value.getObjectID()); }
  bool isAdded(QPDFObjectHandle value) const;
  void judge(bool permitted, std::string kind, std::string reason);
  void permit(std::string kind, std::string reason) { judge(true, std::move(kind), std::move(reason)); }
  void forbid(std::string kind, std::string reason) { judge(false, std::move(kind), std::move(reason)); }
  void explain(QPDFObjectHandle value);
  bool isExplained(int number) const { return explained_.contains(number); }

  /// The value and every new object it leads to.
  void explainAdded(QPDFObjectHandle value);

  /// The object may be otherwise than before, whatever it is: but only as long as nothing else in the document uses it.
  /// `spot` is where it may be referred to from, beside other such objects.
  void own(QPDFObjectHandle value, const Spot& spot);
  /// own(), with everything the value leads to, if anything of it differs.
  void ownAll(QPDFObjectHandle value, const Spot& spot);

  /// Objects that were own()ed but are used elsewhere too: what looks like a harmless change there is one here.
  bool usedElsewhere(int number, const std::map<int, int>& holders) const;
  /// What was own()ed and differs, or leads to what does.
  std::set<int> ownedThatMatters();

 private:
  std::set<int> explained_, owned_;
  std::map<int, std::set<std::string>> doors_;  ///< keys of objects that may refer to what is owned
};

/// Keys whose values differ: all keys of both are looked at, references taken as such.
std::set<std::string> differingKeys(QPDFObjectHandle before, QPDFObjectHandle after);
Spot below(const Spot& spot, QPDFObjectHandle holder, std::string key);

/// The allow-list, by where a change is. Each explains what it knows.
void judgeTrailer(Step& step);
void judgeForm(Step& step, QPDFObjectHandle before, QPDFObjectHandle after, const Spot& spot);
void judgePages(Step& step);
/// What is left is forbidden: told by what it is.
void judgeRest(Step& step);
/// What kind of thing an object is, by its type.
std::string kindOf(QPDFObjectHandle object);

/// The value as a dictionary; an empty one for anything else.
QPDFObjectHandle dictionaryOf(QPDFObjectHandle value);

}  // namespace sealferry::pdf
