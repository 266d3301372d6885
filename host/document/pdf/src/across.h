// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan.h"

namespace sealferry::pdf {

/// 骑缝章: the seal cut into equal strips along one edge of the pages, the first page showing the first strip (from the
/// left; from the top at the edges top and bottom). One seal goes over 64 pages at most, and over fewer if the strips
/// would be narrower than half a millimetre; longer documents show it again, cut for each of equal groups of pages.
/// stamp_does_not_fit with reason onePage (there is nothing to cut) or pageTooSmall.
Result<std::vector<Mark>> cutAcross(const std::vector<Page>& pages, const std::vector<unsigned>& numbers,
                                    const document::Picture& picture, const document::Across& across);

}  // namespace sealferry::pdf
