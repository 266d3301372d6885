// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "trust/algorithm.h"

/// Object identifiers of CMS (RFC 5652, RFC 5035) and of GB/T 35275.
namespace sealferry::trust::cms {

namespace oid {
inline constexpr std::string_view data = "1.2.840.113549.1.7.1", signedData = "1.2.840.113549.1.7.2",
                                  sm2Data = "1.2.156.10197.6.1.4.2.1", sm2SignedData = "1.2.156.10197.6.1.4.2.2",
                                  contentType = "1.2.840.113549.1.9.3", messageDigest = "1.2.840.113549.1.9.4",
                                  signingTime = "1.2.840.113549.1.9.5",
                                  signingCertificate = "1.2.840.113549.1.9.16.2.12",
                                  signingCertificateV2 = "1.2.840.113549.1.9.16.2.47",
                                  timestampToken = "1.2.840.113549.1.9.16.2.14";
}  // namespace oid

inline tl::unexpected<Error> badMessage(std::string reason) {
  return tl::unexpected<Error>(Error{ErrorCode::bad_request, "cms", 0, {}, {{"reason", std::move(reason)}}});
}

}  // namespace sealferry::trust::cms
