// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <qpdf/QPDFObjGen.hh>
#include <vector>

#include "pdf/source.h"

namespace sealferry::pdf {

/// The /Kids of a page tree node that has very many.
struct LongKids {
  std::vector<QPDFObjGen> list;
  std::uint64_t begin = 0, end = 0;  ///< where most of the list lies: from the beginning of a reference to the bracket
  std::size_t shown = 0;             ///< how many lie before that
};

/// Reads them from an object that begins here ("2 0 obj"). Nothing for an object with another number, for one without
/// many kids, and wherever anything else is there than a dictionary with one /Kids that holds nothing but references:
/// those are left to the parser.
std::optional<LongKids> longKidsAt(const Source& source, std::uint64_t offset, QPDFObjGen object);

}  // namespace sealferry::pdf
