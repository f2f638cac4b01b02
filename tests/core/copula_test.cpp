// Correlated uniforms: the factor, the correlation that comes out, what stays as it was.
#include "sampling/copula.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sampling/normal.hpp"
#include "sampling/sobol_points.hpp"

using namespace growth::sampling;

namespace {

std::vector<std::vector<double>> uniforms(int dimensions, std::size_t n) {
  const SobolPoints points(dimensions, 11, 0);
  std::vector<std::vector<double>> columns;
  for (int d = 0; d < dimensions; ++d) points.fill(d, 0, columns.emplace_back(n));
  return columns;
}

void correlate(const std::vector<double>& matrix, std::vector<std::vector<double>>& columns) {
  const auto factor = cholesky(matrix, columns.size());
  REQUIRE(factor);
  const std::vector<std::span<double>> spans(columns.begin(), columns.end());
  apply_gaussian_copula(*factor, spans);
}

double correlation_of_deviates(const std::vector<double>& u, const std::vector<double>& v) {
  double uv = 0, uu = 0, vv = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double a = normal_quantile(u[i]), b = normal_quantile(v[i]);
    uv += a * b;
    uu += a * a;
    vv += b * b;
  }
  return uv / std::sqrt(uu * vv);
}

}  // namespace

TEST_SUITE_BEGIN("copula");

TEST_CASE("the factor of known matrices") {
  CHECK(*cholesky(std::vector<double>{1, 0.6, 0.6, 1}, 2) ==
        std::vector<double>{1, 0, 0.6, std::sqrt(1 - 0.6 * 0.6)});
  // A textbook example: all whole numbers.
  CHECK(*cholesky(std::vector<double>{4, 12, -16, 12, 37, -43, -16, -43, 98}, 3) ==
        std::vector<double>{2, 0, 0, 6, 1, 0, -8, 5, 3});
  CHECK(cholesky(std::vector<double>{}, 0)->empty());
}

TEST_CASE("what is not positive definite has no factor") {
  CHECK_FALSE(cholesky(std::vector<double>{1, 1, 1, 1}, 2));
  CHECK_FALSE(cholesky(std::vector<double>{1, -1.2, -1.2, 1}, 2));
  CHECK_FALSE(cholesky(std::vector<double>{1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}, 3));
  CHECK_FALSE(cholesky(std::vector<double>{0}, 1));
  CHECK_FALSE(cholesky(std::vector<double>{std::numeric_limits<double>::quiet_NaN()}, 1));
}

TEST_CASE("the outcome has the wanted correlation and stays uniform") {
  auto columns = uniforms(3, 8192);
  correlate({1, 0.7, -0.3, 0.7, 1, 0.2, -0.3, 0.2, 1}, columns);
  CHECK(correlation_of_deviates(columns[0], columns[1]) == doctest::Approx(0.7).epsilon(0.003));
  CHECK(correlation_of_deviates(columns[0], columns[2]) == doctest::Approx(-0.3).epsilon(0.006));
  CHECK(correlation_of_deviates(columns[1], columns[2]) == doctest::Approx(0.2).epsilon(0.01));
  for (auto& column : columns) {
    std::sort(column.begin(), column.end());
    double worst = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
      worst = std::fmax(worst, std::fabs(column[i] - (static_cast<double>(i) + 0.5) / 8192));
    }
    CHECK(worst < 0.01);
  }
}

TEST_CASE("without correlation everything stays; blocks do not matter; ends stay inside") {
  const auto before = uniforms(2, 1000);
  auto columns = before;
  correlate({1, 0, 0, 1}, columns);
  double worst = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    worst = std::fmax(worst, std::fabs(columns[1][i] - before[1][i]));
  }
  CHECK(worst < 1e-15);

  auto whole = before;
  correlate({1, 0.5, 0.5, 1}, whole);
  std::vector<std::vector<double>> part = {{before[0].begin() + 300, before[0].begin() + 333},
                                           {before[1].begin() + 300, before[1].begin() + 333}};
  correlate({1, 0.5, 0.5, 1}, part);
  CHECK(std::equal(part[1].begin(), part[1].end(), whole[1].begin() + 300));

  std::vector<std::vector<double>> ends = {{0x1p-53, 1 - 0x1p-53, 1e-300},
                                           {0x1p-53, 1 - 0x1p-53, 1e-300}};
  correlate({1, 0.9, 0.9, 1}, ends);
  for (const double u : ends[1]) {
    CHECK(u > 0);
    CHECK(u < 1);
  }
}

TEST_SUITE_END();
