// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <string>

namespace sealferry::token::pkcs11 {

/// A fixed field of PKCS#11 as UTF-8: without the blanks (or, against the standard, zeroes) that fill it up, and
/// without a character that was cut in two. Some drivers write GBK: what is none of UTF-8 is read as that; what is none
/// of either loses what is not well-formed.
std::string trimmed(const unsigned char* field, std::size_t size);

template <std::size_t size>
std::string trimmed(const unsigned char (&field)[size]) {
  return trimmed(field, size);
}

}  // namespace sealferry::token::pkcs11
