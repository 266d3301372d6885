// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "base/result.h"
#include "token/profile.h"
#include "token/types.h"

namespace sealferry::token::profile {

/// One seal in a vendor's file: the SES seal, or no more than its face.
struct VendorSeal {
  bool isPicture = false;
  Bytes seal{};     ///< DER; empty for a picture
  SealFace face{};  ///< empty for a seal
  const Bytes& content() const { return isPicture ? face.picture : seal; }
  friend bool operator==(const VendorSeal&, const VendorSeal&) = default;
};

/// What is in a file.
struct VendorContent {
  std::vector<VendorSeal> seals;
  bool complete = true;  ///< false: there is more in it, which would be lost if it were written anew
};

constexpr std::size_t mostSealsInFile = 64;

/// Nothing if the file is not of the profile's encoding. One that is empty or all padding holds no seal.
std::optional<VendorContent> decode(const StorageProfile& profile, ByteView file);

/// The whole file, padded to its fixed size. no_room if it does not fit; layout_unknown if the encoding cannot hold it:
/// a title that GBK has no characters for (detail reason `text`), more seals than one (`count`), a seal without its
/// face (`face`). Never a file that decode would read otherwise.
Result<Bytes> encode(const StorageProfile& profile, const std::vector<VendorSeal>& seals);

/// More than one seal in one file?
bool holdsSeveral(SealEncoding encoding);

}  // namespace sealferry::token::profile
