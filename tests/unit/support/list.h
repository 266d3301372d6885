// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki.h"

namespace sealferry::test {

/// A revocation list put together piece by piece, so that it can be wrong in one place. SM2.
struct ListPieces {
  Bytes entries = {};                    ///< complete elements; none: the member is left out
  Bytes extensions = {};                 ///< complete elements; none: the member is left out
  Time thisUpdate = 1'795'248'000;       ///< 2026-11-21T08:00:00Z
  std::optional<Bytes> nextUpdate = {};  ///< an element; none: left out
};
Bytes listOf(const Key& issuer, const trust::Certificate& certificate, const ListPieces& pieces);

/// One entry: `serial` as it stands in the INTEGER.
Bytes entryOf(ByteView serial, ByteView time, ByteView extensions = {});
/// An extension nobody knows.
Bytes unknownExtension(bool critical);

}  // namespace sealferry::test
