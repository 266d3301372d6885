// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <variant>
#include <vector>

#include "base/result.h"
#include "document/findings.h"
#include "document/stamp.h"

/// What host and child say to each other: one CBOR value each way, the document (if it is
/// about one) beside it as descriptor 3.
namespace sealferry::document::codec {

struct VerifyOrder {};
struct PictureOrder {
  Bytes picture;
  std::uint64_t largestBytes = 0;
};
struct ShownPicture {
  Bytes png;
};
using ChildRequest = std::variant<StampRequest, VerifyOrder, PictureOrder>;
using ChildAnswer = std::variant<Reserved, std::vector<SignatureFinding>, ShownPicture, Error>;

Bytes encode(const ChildRequest& request);
Bytes encode(const ChildAnswer& answer);
/// `internal` if the bytes are not what the other side writes: the child may have been taken over by a document.
Result<ChildRequest> decodeRequest(ByteView bytes);
Result<ChildAnswer> decodeAnswer(ByteView bytes);

}  // namespace sealferry::document::codec
