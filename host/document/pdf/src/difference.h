// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>

#include "revision.h"

namespace sealferry::pdf {

enum class Fate { added, changed, freed };

/// Objects that the newer revision has otherwise than the older one, by number: whether anything refers to them or not.
/// What was only written anew, with the same content, is left out. Nothing if there are too many to look at.
std::optional<std::map<int, Fate>> difference(Revision& older, Revision& newer);

/// Have both the same meaning on their own, references taken as such? What cannot be read never is.
bool sameContent(QPDFObjectHandle one, QPDFObjectHandle other);

}  // namespace sealferry::pdf
