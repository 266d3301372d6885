// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>

#include "revision.h"

namespace sealferry::pdf {

/// For each of the wanted objects: which objects refer to it, and how often. The trailer counts as object 0.
using Referrers = std::map<int, std::map<int, int>>;

/// Looks through every object of the revision, token by token, without parsing or keeping any: a reference is found
/// wherever it stands, also in what nothing leads to. Nothing if that would take too much.
std::optional<Referrers> referrers(Revision& revision, const std::set<int>& wanted);

/// How deep a value is looked into.
constexpr int deepestValue = 64;

/// How often a value refers to an object, looking into what stands in the value itself only.
int countReferences(QPDFObjectHandle value, int target, int depth = 0);

}  // namespace sealferry::pdf
