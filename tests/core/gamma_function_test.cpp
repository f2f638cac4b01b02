// The gamma function's logarithm and derivatives against values of 50 digits (mpmath).
#include "sampling/gamma_function.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "near.hpp"

using namespace growth::sampling;
using growth::test::near_relative;

namespace {

struct KnownGamma {
  double x;
  double digamma_error;
  double trigamma;
  double stirling_error;
};
constexpr KnownGamma k_known_gammas[] = {
    {0.001, -993.66781665282816342, 1000001.642533195869, 2.5422704679670945518},
    {0.3, -2.2985514178741969963, 12.245364546107730465, 0.23606490074821558137},
    {1, -0.57721566490153286061, 1.6449340668482264365, 0.08106146679532725822},
    {2.5, -0.21313409122891187796, 0.49035775610023486497, 0.033162873519936287485},
    {15.9, -0.03177603905041198394, 0.064912281599060115013, 0.005240399880756108289},
    {17, -0.029700015728755711863, 0.060587533403239361782, 0.0049013959484347378607},
    {1000, -0.00050008333332500000397, 0.0010005001666666333334, 0.000083333330555556349206},
    {1e6, -5.0000008333333333332e-7, 1.0000005000001666667e-6, 8.3333333333330555556e-8}};

}  // namespace

TEST_CASE("what Stirling's formula leaves of the gamma function, and of its derivatives") {
  for (const KnownGamma& row : k_known_gammas) {
    CAPTURE(row.x);
    CHECK(digamma_error(row.x) == near_relative(row.digamma_error, 1e-14));
    CHECK(trigamma(row.x) == near_relative(row.trigamma, 1e-14));
    // A sum of terms that fall from 1 on: the last digits of a small result are theirs.
    CHECK(std::fabs(stirling_error(row.x) - row.stirling_error) < 2e-15);
  }
  for (const double x : {0.01, 0.7, 3.0, 15.5, 40.0}) {
    CAPTURE(x);
    // ψ(x+1) = ψ(x) + 1/x and ψ'(x+1) = ψ'(x) - 1/x².
    const double rise = digamma_error(x + 1) - digamma_error(x) + std::log1p(1 / x);
    CHECK(rise == near_relative(1 / x, 1e-13));
    CHECK(trigamma(x) - trigamma(x + 1) == near_relative(1 / (x * x), 1e-12));
  }
}
