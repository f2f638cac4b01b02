// The shapes the model asks of its numbers, and derivatives by dual numbers.
#include "number/number.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "near.hpp"
#include "number/whole_count.hpp"

using growth::num::Dual;
using growth::test::near;
namespace num = growth::num;

namespace {

Dual<2> along(double value, int direction) {
  Dual<2> x(value);
  x.slope[direction] = 1;
  return x;
}

/// Derivative by Richardson extrapolation of central differences: good to about 1e-10.
template <class F>
double difference(F&& f, double x, double h) {
  const auto central = [&](double step) { return (f(x + step) - f(x - step)) / (2 * step); };
  return (4 * central(h / 2) - central(h)) / 3;
}

}  // namespace

TEST_CASE("saturate is 1/(1/x+1/y)") {
  CHECK(num::saturate(0.0, 5.0) == 0);
  CHECK(num::saturate(20.0, 5.0) == near(4));
  CHECK(num::saturate(1e272, 200000.0) == near(200000));
  CHECK(num::saturate(along(0, 0), Dual<2>(5)).slope[0] == 1);
}

TEST_CASE("hill: half of the limit at half saturation, its derivative at 0, its tangent from 0") {
  CHECK(num::hill(60000.0, 60000.0, 1.0) == near(0.5));
  CHECK(num::hill(0.0, 60000.0, 1.6) == 0);
  CHECK(num::hill(along(0, 0), Dual<2>(50), Dual<2>(1)).slope[0] == near(1.0 / 50));
  CHECK(num::hill(along(0, 0), Dual<2>(50), Dual<2>(1.3)).slope[0] == 0);
  // Best average return of an S-curve: at (h-1)^(1/h)·k it has reached (h-1)/h of its limit.
  CHECK(num::hill(0.39608243254245541, 1.0, 1.3) == near(0.3 / 1.3));
  CHECK(num::hill(1.2599210498948732, 1.0, 3.0) == near(2.0 / 3));
}

TEST_CASE("geometric sum: whole counts, its limits, the held exponent") {
  // 1 + 2 + 4 + 8 + 16 and 1 + 1/4 + 1/16
  CHECK(num::geometric_sum(2.0, 5.0) == near(31));
  CHECK(num::geometric_sum(0.25, 3.0) == near(1.3125));
  CHECK(num::geometric_sum(1.0, 36.0) == 36);
  CHECK(num::geometric_sum(0.0, 36.0) == 1);
  CHECK(num::geometric_sum(1 + 1e-15, 36.0) == near(36));
  // The published mix: 0.75 ends at 4 viewers per first one, 0.889 near 9.
  CHECK(num::geometric_sum(0.75, 1e6) == near(4));
  CHECK(num::geometric_sum(0.889, 1e6) == near(9.009009009009009));
  CHECK(std::isfinite(num::geometric_sum(2.0, 1440.0)));
  CHECK(num::geometric_sum(2.0, 1440.0) == near(std::expm1(600.0)));
}

TEST_CASE("a whole number of terms is summed as any number of them") {
  CHECK(num::geometric_sum_of_whole(2.0, 1) == 1);
  CHECK(num::geometric_sum_of_whole(2.0, 5) == 31);
  CHECK(num::geometric_sum_of_whole(2.0, 50) == std::ldexp(1.0, 50) - 1);
  CHECK(num::geometric_sum_of_whole(1.0, 1000) == 1000);
  CHECK(num::geometric_sum_of_whole(0.0, 48) == 1);
  for (const double g : {1e-300, 0.003, 0.7, 1 - 1e-12, 1 + 1e-15, 1.1, 3.0}) {
    for (const int count : {2, 3, 7, 48, 63, 64, 65, 500}) {
      CAPTURE(g);
      CAPTURE(count);
      CHECK(num::geometric_sum_of_whole(g, count) ==
            doctest::Approx(num::geometric_sum(g, static_cast<double>(count))).epsilon(1e-12));
    }
  }
}

TEST_CASE("geometric sum: derivatives, also at 1 and 0") {
  const auto slopes = [](double g, double count) { return num::geometric_sum_slopes(g, count); };
  // At g = 1 the sum of j over 0 … n-1 terms is n(n-1)/2.
  CHECK(slopes(1, 36).in_g == near(36 * 35 / 2.0));
  CHECK(slopes(1, 36).in_count == near(1));
  CHECK(slopes(0, 36).in_g == 1);
  CHECK(slopes(0, 36).in_count == 0);
  for (const double g : {0.3, 0.75, 0.999, 0.9999999, 1.0000001, 1.002, 1.15, 2.0}) {
    for (const double count : {1.5, 7.3, 36.0, 90.0}) {
      CAPTURE(g);
      CAPTURE(count);
      const auto in_g = [&](double x) { return num::geometric_sum(x, count); };
      const auto in_count = [&](double x) { return num::geometric_sum(g, x); };
      CHECK(slopes(g, count).in_g == near(difference(in_g, g, 1e-3 / count), 1e-6));
      CHECK(slopes(g, count).in_count == near(difference(in_count, count, 1e-2), 1e-7));
    }
  }
}

TEST_CASE("saturation ratio tends to 1") {
  CHECK(num::saturation_ratio(0.0) == 1);
  CHECK(num::saturation_ratio(1e-10) == 1);
  CHECK(num::saturation_ratio(2e-9) == near(1 - 1e-9, 1e-15));
  CHECK(num::saturation_ratio(1.0) == near(1 - std::exp(-1.0)));
}

TEST_CASE("dual numbers: rules of differentiation") {
  const double x = 1.7;
  const double y = 0.6;
  const Dual<2> a = along(x, 0);
  const Dual<2> b = along(y, 1);
  CHECK((a * b).slope[0] == near(y));
  CHECK((a / b).slope[1] == near(-x / (y * y)));
  CHECK((3.0 - a).slope[0] == -1);
  CHECK((2.0 / a).slope[0] == near(-2 / (x * x)));
  CHECK((a * 2.0 + 1.0).value == near(2 * x + 1));
  CHECK(num::exp(a).slope[0] == near(std::exp(x)));
  CHECK(num::expm1(a).slope[0] == near(std::exp(x)));
  CHECK(num::log(a).slope[0] == near(1 / x));
  CHECK(num::log1p(a).slope[0] == near(1 / (1 + x)));
  CHECK(num::pow(a, b).slope[0] == near(y * std::pow(x, y - 1)));
  CHECK(num::pow(a, b).slope[1] == near(std::pow(x, y) * std::log(x)));
  CHECK(num::min(a, b).slope[1] == 1);
  CHECK(num::max(a, b).slope[0] == 1);
  CHECK(num::clamp(a, 0, 1).slope[0] == 0);
}

TEST_CASE("compensated sums keep what rounding takes") {
  num::CompensatedSum<double> sum;
  for (const double x : {1e16, 1.0, 1.0, -1e16}) sum.add(x);
  CHECK(sum.total() == 2);
  num::CompensatedSum<Dual<2>> duals;
  for (const double x : {1e16, 1.0, -1e16}) duals.add(along(x, 1));
  CHECK(duals.total().value == 1);
  CHECK(duals.total().slope[1] == 3);
}
