// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki.h"

namespace sealferry::test {

inline constexpr const char* sha1Oid = "1.3.14.3.2.26";

/// A time stamp authority: tokens over any bytes, for any time.
struct StampAuthority {
  explicit StampAuthority(const Key& root, Key own = Key::sm2());

  Key key;
  trust::Certificate certificate;
  /// TimeStampToken over the SM3 of these bytes, or the SHA-1, by the number it is given.
  Bytes token(ByteView stamped, Time time, const std::string& digest = "1.2.156.10197.1.401") const;
};

}  // namespace sealferry::test
