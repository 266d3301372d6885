// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "document/stamp.h"
#include "plan.h"

namespace sealferry::pdf {

/// The bodies of the objects that a stamp is made of.

/// The signature dictionary; /ByteRange and /Contents are still to be filled.
std::string signatureBody(const document::StampRequest& request);
inline constexpr std::string_view rangePlaceholder = "[0 0000000000000 0000000000000 0000000000000]";

/// The signature field and its widget in one dictionary.
std::string widgetBody(const document::StampRequest& request, const Mark& mark, const std::string& name, int signature,
                       int appearance);
/// A further stamp under the same signature: a /Stamp annotation. Widgets that share one signature are refused by
/// readers.
std::string stampBody(const document::StampRequest& request, const Mark& mark, const std::string& name, int appearance);

}  // namespace sealferry::pdf
