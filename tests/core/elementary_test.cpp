// The project's own exp, expm1, log, log1p and pow against values of 400 bits.
#include "number/elementary.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace {

enum class Function { exp, expm1, log, log1p, pow };

struct KnownValue {
  Function function;
  double x;
  double y;
  double value;
  double rest;
};

constexpr KnownValue k_known_values[] = {
#include "elementary_reference.inc"
};

double computed(const KnownValue& row) {
  using namespace growth;
  switch (row.function) {
    case Function::exp: return num::exp(row.x);
    case Function::expm1: return num::expm1(row.x);
    case Function::log: return num::log(row.x);
    case Function::log1p: return num::log1p(row.x);
    case Function::pow: return num::pow(row.x, row.y);
  }
  return 0;
}

/// Error in units of the last place of the true value.
double error_in_ulp(double got, const KnownValue& row) {
  const double magnitude = std::fabs(row.value);
  const double ulp = std::nextafter(magnitude, std::numeric_limits<double>::infinity()) - magnitude;
  return std::fabs((got - row.value) / ulp - row.rest / ulp);
}

}  // namespace

TEST_CASE("elementary functions are within 1.5 units of the last place") {
  double worst[5] = {};
  for (const KnownValue& row : k_known_values) {
    const double error = error_in_ulp(computed(row), row);
    CAPTURE(row.x);
    CAPTURE(row.y);
    CHECK(error < 1.5);
    double& of_function = worst[static_cast<int>(row.function)];
    of_function = std::fmax(of_function, error);
  }
  MESSAGE("largest errors in ulp: exp ", worst[0], ", expm1 ", worst[1], ", log ", worst[2], ", log1p ",
          worst[3], ", pow ", worst[4]);
}

TEST_CASE("elementary functions at their limits") {
  using namespace growth;
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(num::exp(0.0) == 1);
  CHECK(num::exp(-800.0) == 0);
  CHECK(num::exp(-infinity) == 0);
  CHECK(num::exp(800.0) == infinity);
  CHECK(num::expm1(0.0) == 0);
  CHECK(num::expm1(-infinity) == -1);
  CHECK(num::expm1(-745.0) == -1);
  CHECK(num::log(1.0) == 0);
  CHECK(num::log(0.0) == -infinity);
  CHECK(num::log1p(0.0) == 0);
  CHECK(num::log1p(-1.0) == -infinity);
  CHECK(num::pow(0.0, 2.0) == 0);
  CHECK(num::pow(0.0, 0.0) == 1);
  CHECK(num::pow(3.0, 0.0) == 1);
  CHECK(num::pow(0.5, 1074.0) == 5e-324);
  CHECK(num::pow(2.0, 10.0) == 1024);
}
