// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdio>
#include <cstdlib>

#include "base/bytes.h"

/// A promise that a reader makes for whatever bytes: broken, it is a crash that the fuzzer keeps.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}
