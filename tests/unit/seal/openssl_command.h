// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "support/files.h"
#include "support/pki.h"

/// The openssl command as a second opinion.
namespace sealferry::test {

/// Is this SM2-with-SM3 signature good over these bytes, under the usual user id?
bool opensslAccepts(const std::string& publicPem, const Bytes& message, const Bytes& signature);

/// One line of `openssl asn1parse`: where an element lies in the bytes it was given.
struct Parsed {
  std::size_t offset, depth, whole;  ///< whole: header and content
};
std::vector<Parsed> asn1parse(const Bytes& der);
/// The bytes of the nth element at this depth, header included, cut where `openssl asn1parse` says it lies.
Bytes elementAt(const Bytes& der, std::size_t depth, std::size_t nth);
/// The content of such an element.
Bytes contentOf(const Bytes& element);

}  // namespace sealferry::test
