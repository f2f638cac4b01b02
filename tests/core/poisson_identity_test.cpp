// Orders as a sum over sources: closed form, brute force, edges of the rates, what cannot be told
// apart.
#include "calibrate/poisson_identity.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "calibrate/symmetric.hpp"
#include "check_each.hpp"
#include "sampling/normal.hpp"
#include "support.hpp"

using namespace growth;
using namespace growth::calibrate;

namespace {

double log_likelihood(const CountsBySource& data, const std::vector<double>& rates) {
  double sum = 0;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    double mean = 0;
    for (std::size_t j = 0; j < data.sources; ++j) mean += rates[j] * data.exposure(i, j);
    sum -= mean;
    if (data.counts[i] > 0) sum += data.counts[i] * std::log(mean);
  }
  return sum;
}

/// A Poisson number; large means by the normal approximation.
double drawn_count(test::Random& random, double mean) {
  if (mean <= 500) return test::poisson(random, mean);
  const double u = 0.5 * 1e-9 + (1 - 1e-9) * random.uniform();
  return std::max(0.0, std::round(mean + std::sqrt(mean) * sampling::normal_quantile(u)));
}

CountsBySource drawn(test::Random& random, const std::vector<double>& rates, std::size_t rows,
                     double scatter) {
  CountsBySource data{rates.size(), {}, {}};
  for (std::size_t i = 0; i < rows; ++i) {
    double mean = 0;
    for (const double rate : rates) {
      const double viewers = std::floor(std::exp(random.between(4, 8)));
      data.exposures.push_back(viewers);
      mean += rate * viewers;
    }
    const double luck = std::exp(scatter * sampling::normal_quantile(random.between(1e-9, 1)) -
                                 0.5 * scatter * scatter);
    data.counts.push_back(drawn_count(random, mean * luck));
  }
  return data;
}

}  // namespace

TEST_SUITE_BEGIN("poisson identity");

TEST_CASE("one source: orders over viewers, with the error of a count") {
  const CountsBySource data{1, {100, 250, 400, 50, 300}, {2, 6, 7, 0, 8}};
  const PoissonIdentityFit fit = fit_poisson_identity(data);
  const double rate = 23.0 / 1100;
  CHECK(test::relative_difference(fit.rates[0], rate) < 1e-12);
  CHECK(test::relative_difference(fit.covariance[0], rate * rate / 23 * fit.dispersion) < 1e-12);
  CHECK(fit.dispersion == 1);
  CHECK(fit.expected[1] == doctest::Approx(250 * rate));
}

TEST_CASE("two sources: no point of a grid is likelier, the covariance is the curvature's") {
  test::Random random(3);
  for (int i = 0; i < 20; ++i) {
    const CountsBySource data = drawn(random, {0.03, random.chance(0.3) ? 0.0 : 0.004}, 25, 0);
    const PoissonIdentityFit fit = fit_poisson_identity(data);
    const double best = log_likelihood(data, fit.rates);
    CHECK(best == doctest::Approx(fit.log_likelihood));
    // A coarse grid over everything, and a fine one around the fit.
    for (double a = 0.0005; a < 0.1; a *= 1.1) {
      for (double b = 1e-6; b < 0.05; b *= 1.15) {
        CHECK_EACH(log_likelihood(data, {a, b}) <= best + 1e-9);
      }
      CHECK(log_likelihood(data, {a, 0}) <= best + 1e-9);
    }
    for (const double step : {1e-3, 1e-5}) {
      for (const double a : {1 - step, 1.0, 1 + step}) {
        for (const double b : {-step * 0.01, 0.0, step * 0.01}) {
          const double second = fit.rates[1] + b;
          if (second >= 0) CHECK(log_likelihood(data, {fit.rates[0] * a, second}) <= best + 1e-10);
        }
      }
    }
    if (fit.at_zero[1]) {
      CHECK(fit.rates[1] == 0);
      CHECK(fit.covariance[3] == 0);
      continue;
    }
    double aa = 0, ab = 0, bb = 0;
    for (std::size_t row = 0; row < data.rows(); ++row) {
      const double x = data.exposure(row, 0), y = data.exposure(row, 1);
      const double mean = fit.rates[0] * x + fit.rates[1] * y;
      const double weight = data.counts[row] / (mean * mean);
      aa += weight * x * x;
      ab += weight * x * y;
      bb += weight * y * y;
    }
    const double determinant = (aa * bb - ab * ab) / fit.dispersion;
    CHECK(test::relative_difference(fit.covariance[0], bb / determinant) < 1e-9);
    CHECK(test::relative_difference(fit.covariance[1], -ab / determinant) < 1e-9);
    CHECK(test::relative_difference(fit.covariance[3], aa / determinant) < 1e-9);
  }
}

TEST_CASE("the conditions of a maximum hold with many sources, whatever their size") {
  test::Random random(11);
  for (int i = 0; i < 60; ++i) {
    std::vector<double> rates;
    const int sources = random.whole(2, 10);
    for (int j = 0; j < sources; ++j) {
      rates.push_back(random.chance(0.3) ? 0 : std::exp(random.between(-9, -2)));
    }
    CountsBySource data = drawn(random, rates, static_cast<std::size_t>(random.whole(sources, 60)),
                                random.between(0, 0.5));
    const PoissonIdentityFit fit = fit_poisson_identity(data);
    CAPTURE(i);
    for (std::size_t j = 0; j < data.sources; ++j) {
      double slope = 0;
      double size = 0;
      for (std::size_t row = 0; row < data.rows(); ++row) {
        const double x = data.exposure(row, j);
        size += x;
        slope += x * (1 - (data.counts[row] > 0 ? data.counts[row] / fit.expected[row] : 0));
      }
      CHECK(std::isfinite(fit.rates[j]));
      CHECK(fit.rates[j] >= 0);
      CHECK(slope / size > -1e-6);
      if (!fit.at_zero[j]) CHECK(std::abs(slope / size) < 1e-6);
    }
    // Fitted orders add up to those observed: a law of maximum likelihood here.
    double orders = 0, expected = 0;
    for (std::size_t row = 0; row < data.rows(); ++row) {
      orders += data.counts[row];
      expected += fit.expected[row];
    }
    CHECK(test::relative_difference(orders, expected, 1) < 1e-6);
  }
}

TEST_CASE("no orders at all: every rate is 0, and at most three per viewers seen") {
  const CountsBySource data{2, {100, 50, 200, 80, 150, 60}, {0, 0, 0}};
  const PoissonIdentityFit fit = fit_poisson_identity(data);
  CHECK(fit.rates == std::vector<double>{0, 0});
  CHECK(fit.dispersion == 1);
  // The likelihood of a rate is e^(-rate·viewers): it falls by 1.6449²/2 at that over the viewers.
  CHECK(test::relative_difference(upper_limit(data, fit, 0),
                                  0.5 * 1.6448536269514722 * 1.6448536269514722 / 450) < 1e-9);
}

TEST_CASE("a rate at zero has an upper limit where the likelihood says so") {
  const CountsBySource data{2, {100, 400, 200, 100, 400, 900, 300, 200}, {3, 11, 15, 17}};
  const PoissonIdentityFit fit = fit_poisson_identity(data);
  REQUIRE(fit.at_zero[1]);
  const double limit = upper_limit(data, fit, 1);
  double best = -1e300;
  for (double a = 0.02; a < 0.08; a += 1e-5) best = std::max(best, log_likelihood(data, {a, limit}));
  CHECK(fit.log_likelihood - best ==
        doctest::Approx(0.5 * 1.6448536269514722 * 1.6448536269514722 * fit.dispersion).epsilon(1e-4));
}

TEST_CASE("sources that move together are told apart by none, the third still is") {
  CountsBySource data{3, {}, {}};
  test::Random random(5);
  for (int i = 0; i < 40; ++i) {
    const double shared = std::floor(random.between(100, 2000));
    const double own = std::floor(random.between(100, 2000));
    for (const double viewers : {shared, own, 0.5 * shared}) data.exposures.push_back(viewers);
    data.counts.push_back(drawn_count(random, 0.01 * shared + 0.03 * own));
  }
  const PoissonIdentityFit fit = fit_poisson_identity(data);
  CHECK(fit.rates[1] == doctest::Approx(0.03).epsilon(0.2));
  const Separability apart = separability(data, fit);
  CHECK(apart.condition > k_worst_condition);
  CHECK(apart.entangled == std::vector<bool>{true, false, true});

  const CountsBySource clear = drawn(random, {0.03, 0.004, 0.01}, 60, 0);
  const Separability fine = separability(clear, fit_poisson_identity(clear));
  CHECK(fine.condition < 20);
  CHECK(fine.entangled == std::vector<bool>{false, false, false});
}

TEST_CASE("intervals hold the truth as often as they say, with and without scatter beyond chance") {
  for (const double scatter : {0.0, 0.4}) {
    const std::vector<double> truth{0.025, 0.004};
    int covered = 0;
    const int replicates = 300;
    for (int i = 0; i < replicates; ++i) {
      test::Random random(static_cast<std::uint64_t>(9000 + i));
      const CountsBySource data = drawn(random, truth, 40, scatter);
      const PoissonIdentityFit fit = fit_poisson_identity(data);
      for (std::size_t j = 0; j < 2; ++j) {
        const double error = std::sqrt(fit.covariance[j * 2 + j]);
        if (std::abs(fit.rates[j] - truth[j]) < 1.6448536 * error) ++covered;
      }
    }
    CAPTURE(scatter);
    MESSAGE("90 % intervals, scatter ", scatter, ": ", covered, " of ", 2 * replicates);
    CHECK(covered > 0.84 * 2 * replicates);
    CHECK(covered < 0.96 * 2 * replicates);
  }
}

TEST_CASE("inverse and eigenvalues of a known matrix") {
  const std::vector<double> matrix{2, -1, 0, -1, 2, -1, 0, -1, 2};
  const auto inverted = inverse(matrix, 3);
  REQUIRE(inverted);
  const double expected[] = {0.75, 0.5, 0.25, 0.5, 1, 0.5, 0.25, 0.5, 0.75};
  for (std::size_t i = 0; i < 9; ++i) CHECK((*inverted)[i] == doctest::Approx(expected[i]));
  const Eigen parts = eigen(matrix, 3);
  CHECK(parts.values[0] == doctest::Approx(2 - std::sqrt(2.0)));
  CHECK(parts.values[1] == doctest::Approx(2));
  CHECK(parts.values[2] == doctest::Approx(2 + std::sqrt(2.0)));
  for (std::size_t e = 0; e < 3; ++e) {
    for (std::size_t i = 0; i < 3; ++i) {
      double product = 0;
      for (std::size_t k = 0; k < 3; ++k) product += matrix[i * 3 + k] * parts.vectors[e * 3 + k];
      CHECK(product == doctest::Approx(parts.values[e] * parts.vectors[e * 3 + i]));
    }
  }
  CHECK_FALSE(inverse(std::vector<double>{1, 2, 2, 1}, 2));
}

TEST_SUITE_END();
