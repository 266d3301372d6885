// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace sealferry::test {

/// Everything this program takes from the heap, by operator new or by OpenSSL, is counted. peakOf() tells by how much
/// a call raised that at its highest.
void startMeter();
std::size_t peak();

template <class Call>
std::size_t peakOf(Call call) {
  startMeter();
  call();
  return peak();
}

}  // namespace sealferry::test
