// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sealferry::policy {

/// A web origin as browsers serialise it (HTML, "origin"): scheme://host[:port], lower case, punycode, no path, no
/// default port. Anything spelled otherwise is no origin, so that two spellings never mean one site.
struct Origin {
  std::string text;    ///< the whole
  std::string scheme;  ///< "https" or "http"
  std::string host;
  bool localhost() const { return host == "localhost"; }
  friend bool operator==(const Origin&, const Origin&) = default;
};

std::optional<Origin> parseOrigin(std::string_view text);

}  // namespace sealferry::policy
