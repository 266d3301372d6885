// SPDX-License-Identifier: Apache-2.0
#include "policy/origin.h"

#include <doctest/doctest.h>

using namespace sealferry::policy;

TEST_CASE("an origin has one spelling") {
  for (const auto* good : {"https://ca.example.gov.cn", "https://ca.example:8443", "http://localhost:8080",
                           "https://[::1]:8443", "https://xn--fiq228c.cn", "https://127.0.0.1"})
    CHECK(parseOrigin(good).has_value());
  for (const auto* bad :
       {"", "null", "https://", "https://ca.example/", "https://ca.example/path", "https://CA.example",
        "https://ca.example:443", "http://ca.example:80", "https://ca.example:0443", "https://ca.example:99999",
        "https://user@ca.example", "ftp://ca.example", "chrome-extension://abc", "https://ca..example",
        "https://中国.cn", "https://ca.example\n", " https://ca.example", "https://*.example", "file:///etc"})
    CHECK_MESSAGE(!parseOrigin(bad).has_value(), bad);
}
