// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace sealferry::pdf {

inline constexpr std::string_view cadesSubFilter = "/ETSI.CAdES.detached";  ///< ETSI EN 319 142-1 §6.3
inline constexpr std::string_view sesSubFilter = "/GM.sm2seal";             ///< /Contents is an SES_Signature

}  // namespace sealferry::pdf
