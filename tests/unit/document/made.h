// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/bytes.h"

/// PDFs written by hand, object by object.
namespace sealferry::test {

/// Objects 1, 2, 3 … with these bodies and a cross-reference table; object 1 is the catalog. `trailer` holds further
/// members.
Bytes madeOf(const std::vector<std::string>& bodies, const std::string& trailer = {});
std::string streamBody(const std::string& content, const std::string& members = {});

/// A page of 100 × 150 mm user space with its own origin, an offset crop box and a rotation.
Bytes pageWith(int rotation, bool cropped, double userUnit = 1);
/// A4 pages, each with its members ("/Rotate 90").
Bytes pagesWith(const std::vector<std::string>& members);

}  // namespace sealferry::test
