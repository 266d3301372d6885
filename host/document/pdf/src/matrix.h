// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealferry::pdf {

struct Point {
  double x = 0, y = 0;
};

/// [a b c d e f] of ISO 32000-1 §8.3.3: a point is a row vector, so what comes first stands on the left.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  Point apply(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
};

inline Matrix operator*(const Matrix& m, const Matrix& n) {
  return {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
          m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

}  // namespace sealferry::pdf
