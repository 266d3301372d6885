// SPDX-License-Identifier: Apache-2.0
// Clang 14 cannot read QPDF's JSON.hh as C++20 with GCC 12's library (vectors of a class that is not complete yet). Our
// code uses nothing of it, so what QPDF's other headers name of it is enough to compile the fuzzers. Included before
// all else, in the preset `fuzz` alone.
#pragma once
#define JSON_HH
#include <memory>
#include <string>

class JSON {
 public:
  class Reactor {
   public:
    virtual ~Reactor() = default;
  };
};
