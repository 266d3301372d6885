// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace sealferry::pdf {

inline constexpr std::string_view cadesSubFilter = "/ETSI.CAdES.detached";  ///< ETSI EN 319 142-1 §6.3
inline constexpr std::string_view pkcs7SubFilter = "/adbe.pkcs7.detached";  ///< ISO 32000-1 §12.8.3.3
inline constexpr std::string_view timestampSubFilter = "/ETSI.RFC3161";     ///< ISO 32000-2 §12.8.5
inline constexpr std::string_view sesSubFilter = "/GM.sm2seal";             ///< /Contents is an SES_Signature

}  // namespace sealferry::pdf
