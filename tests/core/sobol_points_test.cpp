// Sobol' points: Joe and Kuo's numbers, what a net promises, what the scramble keeps and adds.
#include "sampling/sobol_points.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using growth::sampling::SobolPoints;

namespace {

std::vector<double> column(const SobolPoints& points, int dimension, std::uint32_t first,
                           std::size_t n) {
  std::vector<double> values(n);
  points.fill(dimension, first, values);
  return values;
}

/// Product of 1 + (u - 1/2)/2 over six dimensions: smooth, integral 1.
double product_integral(const SobolPoints& points, std::size_t n) {
  std::vector<double> product(n, 1.0);
  for (int d = 0; d < 6; ++d) {
    const auto u = column(points, d, 0, n);
    for (std::size_t i = 0; i < n; ++i) product[i] *= 1 + (u[i] - 0.5) / 2;
  }
  double sum = 0;
  for (const double x : product) sum += x;
  return sum / static_cast<double>(n);
}

/// Root mean square error over `replicates` scrambles.
double integration_error(std::size_t n, std::uint32_t replicates) {
  double squares = 0;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    const double error = product_integral(SobolPoints(6, 5, r), n) - 1;
    squares += error * error;
  }
  return std::sqrt(squares / replicates);
}

}  // namespace

TEST_SUITE_BEGIN("sobol_points");

TEST_CASE("unscrambled points are those of Joe and Kuo") {
  const SobolPoints points(128, 1, 0);
  constexpr std::uint32_t quarter = 0x40000000;
  const std::uint32_t first[4][3] = {{0, 0, 0}, {2, 2, 2}, {3, 1, 1}, {1, 3, 3}};
  for (std::uint32_t i = 0; i < 4; ++i) {
    for (int d = 0; d < 3; ++d) CHECK(points.unscrambled(d, i) == first[i][d] * quarter);
  }
  // scipy.stats.qmc.Sobol(128, scramble=False, bits=30), SciPy 1.10.1, points 123456 and 1000003
  // (from 0), times 2^32.
  const int dimensions[] = {0, 1, 2, 31, 63, 100, 127};
  const std::uint32_t at_123456[] = {0x06C88000, 0x2EC88000, 0x4EA88000, 0x13618000,
                                     0xF3BF8000, 0x88148000, 0x94618000};
  const std::uint32_t at_1000003[] = {0x46C71000, 0x8FD9F000, 0x13F79000, 0x4A997000,
                                      0x4EE11000, 0xCA177000, 0x755D1000};
  for (int k = 0; k < 7; ++k) {
    CHECK(points.unscrambled(dimensions[k], 123456) == at_123456[k]);
    CHECK(points.unscrambled(dimensions[k], 1000003) == at_1000003[k]);
  }
}

TEST_CASE("each dimension puts one of 2^m points in each of 2^m intervals") {
  const SobolPoints points(128, 42, 3);
  for (const std::uint32_t n : {1u, 2u, 64u, 8192u}) {
    for (int d = 0; d < 128; ++d) {
      CAPTURE(d);
      const auto values = column(points, d, 0, n);
      REQUIRE(std::all_of(values.begin(), values.end(), [](double u) { return u > 0 && u < 1; }));
      std::vector<int> held(n, 0);
      for (const double u : values) ++held[static_cast<std::size_t>(u * n)];
      CHECK(std::all_of(held.begin(), held.end(), [](int k) { return k == 1; }));
    }
  }
}

TEST_CASE("the first two dimensions are a (0, m, 2)-net, also of later blocks") {
  constexpr std::uint32_t m = 10, n = 1u << m;
  for (const std::uint32_t block : {0u, 5u}) {
    const SobolPoints points(2, 9, 1);
    const auto u = column(points, 0, block * n, n);
    const auto v = column(points, 1, block * n, n);
    for (std::uint32_t k = 0; k <= m; ++k) {
      std::vector<int> held(n, 0);
      for (std::uint32_t i = 0; i < n; ++i) {
        const auto row = static_cast<std::uint32_t>(u[i] * (1u << k));
        const auto cell = static_cast<std::uint32_t>(v[i] * (1u << (m - k)));
        ++held[(row << (m - k)) | cell];
      }
      CAPTURE(k);
      CHECK(std::all_of(held.begin(), held.end(), [](int count) { return count == 1; }));
    }
  }
}

TEST_CASE("any split into blocks gives the same numbers") {
  const SobolPoints points(70, 3, 2);
  for (const int d : {0, 1, 69}) {
    const auto whole = column(points, d, 0, 1000);
    std::vector<double> pieces;
    std::uint32_t size = 1;
    while (pieces.size() < whole.size()) {
      const auto n = std::min<std::size_t>(size, whole.size() - pieces.size());
      const auto piece = column(points, d, static_cast<std::uint32_t>(pieces.size()), n);
      pieces.insert(pieces.end(), piece.begin(), piece.end());
      size = size % 67 + 5;
    }
    CHECK(pieces == whole);
  }
  // A dimension does not depend on how many others there are.
  CHECK(column(points, 2, 0, 100) == column(SobolPoints(3, 3, 2), 2, 0, 100));
  CHECK(column(points, 0, 0, 0).empty());
  // The very last points exist, too.
  CHECK(column(points, 0, 0xFFFFFFFF, 1)[0] < 1);
}

TEST_CASE("another seed, replicate or dimension is another scramble") {
  const auto base = column(SobolPoints(2, 1, 0), 0, 0, 64);
  CHECK(base == column(SobolPoints(2, 1, 0), 0, 0, 64));
  CHECK(base != column(SobolPoints(2, 2, 0), 0, 0, 64));
  CHECK(base != column(SobolPoints(2, 1, 1), 0, 0, 64));
  CHECK(base != column(SobolPoints(2, 1, 0), 1, 0, 64));
}

TEST_CASE("over the seeds each point is uniform, and the two halves are scrambled independently") {
  constexpr std::uint32_t seeds = 20000;
  int tenths[2][10] = {};
  double product = 0;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    const SobolPoints points(1, seed, 0);
    const auto u = column(points, 0, 0, 78);
    ++tenths[0][static_cast<int>(u[0] * 10)];
    ++tenths[1][static_cast<int>(u[77] * 10)];
    // Points 0 and 1 always lie in different halves; where in its half each lies must be independent.
    product += (std::fmod(u[0] * 2, 1) - 0.5) * (std::fmod(u[1] * 2, 1) - 0.5);
  }
  for (const auto& counts : tenths) {
    double chi_square = 0;
    for (const int count : counts) chi_square += (count - 2000.0) * (count - 2000.0) / 2000;
    CHECK(chi_square < 27.9);  // 0.999 quantile, 9 degrees of freedom
  }
  CHECK(std::fabs(product / seeds) < 4 / 12.0 / std::sqrt(double{seeds}));
}

TEST_CASE("a smooth integral converges about as n^-1.5, far below plain Monte Carlo") {
  const double at_256 = integration_error(256, 64);
  const double at_8192 = integration_error(8192, 64);
  const double order = std::log2(at_256 / at_8192) / 5;
  CAPTURE(at_256);
  CAPTURE(at_8192);
  CHECK(order > 1.2);
  // The integrand's variance is (1 + 1/48)^6 - 1 = 0.132.
  const double plain = std::sqrt(0.132 / 8192);
  CHECK(at_8192 < plain / 100);
  MESSAGE("error at 8,192 points ", at_8192, ", plain Monte Carlo ", plain, ", order ", order);
}

TEST_CASE("a mean is unbiased over replicates") {
  constexpr std::uint32_t replicates = 2000;
  double sum = 0, squares = 0;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    const double error = product_integral(SobolPoints(6, 77, r), 16) - 1;
    sum += error;
    squares += error * error;
  }
  CHECK(std::fabs(sum / replicates) < 4 * std::sqrt(squares) / replicates);
}

TEST_SUITE_END();
