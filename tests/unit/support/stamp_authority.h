// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki.h"

namespace sealferry::test {

/// A time stamp authority: tokens over any bytes, for any time.
struct StampAuthority {
  explicit StampAuthority(const Key& root, Key own = Key::sm2());

  Key key;
  trust::Certificate certificate;
  /// TimeStampToken over the SM3 (or the SHA-1) of these bytes.
  Bytes token(ByteView stamped, Time time, trust::DigestAlgorithm digest = trust::DigestAlgorithm::sm3) const;
};

}  // namespace sealferry::test
