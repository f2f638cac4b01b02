// How close to a known value is close enough.
#pragma once

#include <doctest/doctest.h>

namespace growth::test {

/// Within `epsilon` of the larger of both and one.
inline doctest::Approx near(double value, double epsilon = 1e-12) {
  return doctest::Approx(value).epsilon(epsilon);
}

/// Within `epsilon` of the value, however small it is; zero is zero.
inline doctest::Approx near_relative(double value, double epsilon = 1e-13) {
  return doctest::Approx(value).epsilon(epsilon).scale(value == 0 ? 1e-300 : 0);
}

}  // namespace growth::test
