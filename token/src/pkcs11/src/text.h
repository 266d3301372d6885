// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <string>

namespace sealferry::token::pkcs11 {

/// A fixed field of PKCS#11 as UTF-8: without the blanks (or, against the standard, zeroes) that fill it up, and
/// without anything that is not well-formed, since some drivers write GBK or cut a character in two.
std::string trimmed(const unsigned char* field, std::size_t size);

template <std::size_t size>
std::string trimmed(const unsigned char (&field)[size]) {
  return trimmed(field, size);
}

}  // namespace sealferry::token::pkcs11
