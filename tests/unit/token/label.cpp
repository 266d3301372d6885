// SPDX-License-Identifier: Apache-2.0
#include "label.h"

#include <doctest/doctest.h>

using namespace sealferry::token::store;

TEST_CASE("a label is parsed back to what it was made of") {
  const auto text = blobLabel("某某建设有限公司", 12, 3);
  CHECK(text.size() <= 31);
  const auto label = parseLabel(text);
  REQUIRE(label);
  CHECK(label->sequence == 12);
  CHECK(label->part == 3);
  CHECK_FALSE(label->journal);
  CHECK(parseLabel(journalLabel(7))->journal);
  CHECK(blobLabel("a", lastSequence, mostParts).size() <= 31);  // SKF's limit for a file name
}

TEST_CASE("labels of others, or with two spellings, are not ours") {
  for (const auto* text : {"", "ses", "ses.", "ses.0123456.1.0", "ses.0123456g.1.0", "ses.01234567.01.0",
                           "ses.01234567.1", "ses.01234567.1.0.0", "ses.01234567.1000000000.0", "ses.01234567.-1.0",
                           "ses.journal.1.1", "SES.01234567.1.0", "ses.01234567.1.99999", "ses.01234567. 1.0"})
    CHECK_FALSE(parseLabel(text).has_value());
}
