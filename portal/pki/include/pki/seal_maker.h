// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pki/issue.h"
#include "seal/make.h"

namespace sealferry::pki {

struct SealOrder {
  std::string id;             ///< esID, 14 digits by custom: six of the region, eight of the seal
  std::string name;           ///< e.g. "福建省测试公司电子公章"
  trust::Certificate signer;  ///< the signing certificate that may stamp
  seal::Picture picture;
  Time created = 0, notBefore = 0, notAfter = 0;
  seal::Version version = seal::Version::v4;
};

/// Makes and signs a seal. seal_invalid with detail reason: see seal::prepare.
Result<Bytes> makeSeal(const Authority& maker, const SealOrder& order);

/// drawRoundSeal as a seal's picture.
Result<seal::Picture> roundPicture(const std::string& unitName, int diameterMm = 42);

/// The same seal (id, name, type, picture, vendor) for a renewed certificate and new times: what 年检 does.
Result<Bytes> remakeSeal(const Authority& maker, const seal::Seal& old, const trust::Certificate& signer, Time created,
                         Time notAfter);

}  // namespace sealferry::pki
