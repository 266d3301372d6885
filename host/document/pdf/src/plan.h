// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "caption.h"
#include "document/stamp.h"
#include "page_tree.h"
#include "place.h"

namespace sealferry::pdf {

/// Which part of the seal's picture is shown: one of `of` equal strips, from the left, or from the top if `down`.
struct Slice {
  unsigned index = 0, of = 1;
  bool down = false;
};

/// One stamp to be made.
struct Mark {
  Page page;
  unsigned number;  ///< of the page
  Area area;        ///< the picture
  Area box;         ///< with the words under it
  Slice slice;
  bool captioned = false;
};

/// Every stamp that is asked for, on its page: placements first, then keyword, then across. bad_request with field page
/// for a page that is not there, with field pages for more stamps than one document gets; stamp_does_not_fit;
/// keyword_not_found; document_unreadable with reason sharedPage for a page that is shown in two places; bad_request
/// with field textLine where there are only strips, which carry no words.
Result<std::vector<Mark>> planMarks(const PageTree& tree, const document::StampRequest& request,
                                    const Caption& caption);

}  // namespace sealferry::pdf
