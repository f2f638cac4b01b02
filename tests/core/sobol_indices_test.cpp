// Sobol' indices of functions whose indices are published or follow by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "analysis/futures.hpp"
#include "analysis/sobol.hpp"

using namespace growth;
using namespace growth::analysis;

namespace {

using OfPoint = std::function<double(const std::vector<double>& x)>;

/// What sobol_indices() wants, from a function of one point.
auto of_points(const SobolDesign& design, const OfPoint& function) {
  return [inputs = static_cast<std::size_t>(design.inputs), function](const SobolRows& rows,
                                                                      double* values) {
    std::vector<double> x(inputs);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows.count); ++row) {
      for (std::size_t i = 0; i < inputs; ++i) x[i] = rows.columns[i * rows.stride + row];
      values[row] = function(x);
    }
  };
}

SobolEstimates estimates_of(SobolDesign design, const OfPoint& function) {
  auto estimates = sobol_indices(design, of_points(design, function), {});
  REQUIRE(estimates.has_value());
  REQUIRE(estimates->indices.size() == static_cast<std::size_t>(design.inputs));
  return *std::move(estimates);
}

/// Found indices against known ones: within 4 reported standard errors and within 0.01. An error that
/// is reported as nothing would hide a wrong value, and a huge one excuse it.
void check_indices(const SobolEstimates& found, const std::vector<double>& first,
                   const std::vector<double>& total, double within = 0.01) {
  REQUIRE(found.exists);
  for (std::size_t i = 0; i < first.size(); ++i) {
    CAPTURE(i);
    const SobolEstimates::Index& index = found.indices[i];
    REQUIRE(index.first.has_value());
    REQUIRE(index.total.has_value());
    REQUIRE(index.first_error.has_value());
    REQUIRE(index.total_error.has_value());
    CHECK(*index.first_error < within);
    CHECK(*index.total_error < within);
    CHECK(std::fabs(*index.first - first[i]) < within);
    CHECK(std::fabs(*index.total - total[i]) < within);
    // Rounding is all that is left where an index is 0 by construction.
    CHECK(std::fabs(*index.first - first[i]) < 4 * *index.first_error + 1e-12);
    CHECK(std::fabs(*index.total - total[i]) < 4 * *index.total_error + 1e-12);
  }
}

double ishigami(const std::vector<double>& u, double a, double b) {
  const double pi = std::acos(-1.0);
  const auto x = [&](std::size_t i) { return pi * (2 * u[i] - 1); };
  const double sine = std::sin(x(1));
  return std::sin(x(0)) + a * sine * sine + b * std::pow(x(2), 4) * std::sin(x(0));
}

constexpr int k_samples = 16384;

}  // namespace

TEST_CASE("Ishigami's function") {
  // UNCERTAINTY.md section 6 (Ishigami and Homma 1990; Saltelli et al. 2008).
  for (const Sampler sampler : {Sampler::sobol, Sampler::philox}) {
    CAPTURE(sampler_name(sampler));
    // Pseudo-random points need more room: √(1/16,384) is 0.008.
    const double within = sampler == Sampler::sobol ? 0.01 : 0.03;
    const SobolDesign design{.inputs = 3, .base_samples = k_samples, .seed = 5, .sampler = sampler};
    const SobolEstimates found =
        estimates_of(design, [](const auto& u) { return ishigami(u, 7, 0.1); });
    check_indices(found, {0.31390519114781145, 0.44241114479004081, 0},
                  {0.55758885520995919, 0.44241114479004081, 0.24368366406214773}, within);
    CHECK(found.mean == doctest::Approx(3.5).epsilon(within));
    CHECK(found.variance == doctest::Approx(13.844587940719256526).epsilon(2 * within));
  }
  const SobolEstimates weak = estimates_of({.inputs = 3, .base_samples = k_samples, .seed = 8},
                                           [](const auto& u) { return ishigami(u, 7, 0.05); });
  check_indices(weak, {0.21851856442701334, 0.68689464364869290, 0},
                {0.31310535635130710, 0.68689464364869290, 0.094586791924293760});
  CHECK(weak.variance == doctest::Approx(8.9169424403498263).epsilon(0.01));
}

TEST_CASE("Sobol's g-function of eight inputs") {
  // UNCERTAINTY.md section 6; S1 is .7162, not the .7165 of a comment in SALib.
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  const SobolDesign design{.inputs = 8, .base_samples = k_samples, .seed = 1};
  const SobolEstimates found = estimates_of(design, [&](const auto& u) {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      product *= (std::fabs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    }
    return product;
  });
  std::vector<double> first{0.71619216887903331, 0.17904804221975833, 0.023675774177819283,
                            0.0071619216887903307};
  std::vector<double> total{0.78714412665927498, 0.24219819281823846, 0.034316910154082833,
                            0.010460387065239535};
  first.resize(8, 0.000071619216887903);
  total.resize(8, 0.00010494905191950601);
  check_indices(found, first, total);
  CHECK(found.mean == doctest::Approx(1).epsilon(0.002));
  CHECK(found.variance == doctest::Approx(0.46542443190220667).epsilon(0.01));
}

TEST_CASE("a product and a sum") {
  // Var(xy) = 7/144, E over y: x/2 with variance 1/48: 3/7 each, 1/7 together.
  const SobolEstimates product = estimates_of({.inputs = 2, .base_samples = k_samples, .seed = 3},
                                              [](const auto& u) { return u[0] * u[1]; });
  check_indices(product, {3.0 / 7, 3.0 / 7}, {4.0 / 7, 4.0 / 7}, 0.005);
  CHECK(product.mean == doctest::Approx(0.25).epsilon(0.001));
  CHECK(product.variance == doctest::Approx(7.0 / 144).epsilon(0.005));
  // A sum with weights 1, 2, 3 and an input that does nothing: weights² over 14.
  const SobolEstimates sum = estimates_of({.inputs = 4, .base_samples = 4096, .seed = 9},
                                          [](const auto& u) { return u[0] + 2 * u[1] + 3 * u[3]; });
  check_indices(sum, {1.0 / 14, 4.0 / 14, 0, 9.0 / 14}, {1.0 / 14, 4.0 / 14, 0, 9.0 / 14});
  double firsts = 0;
  for (const auto& index : sum.indices) firsts += *index.first;
  CHECK(firsts == doctest::Approx(1).epsilon(0.01));
  CHECK(*sum.indices[2].total == 0);
  CHECK(*sum.indices[2].total_error == 0);
}

TEST_CASE("reported errors are those over seeds") {
  constexpr int k_seeds = 24;
  double sum = 0;
  double squares = 0;
  double reported = 0;
  for (std::uint32_t seed = 0; seed < k_seeds; ++seed) {
    const SobolEstimates found = estimates_of({.inputs = 3, .base_samples = 1024, .seed = seed},
                                              [](const auto& u) { return ishigami(u, 7, 0.1); });
    const double total = *found.indices[0].total;
    sum += total;
    squares += total * total;
    reported += *found.indices[0].total_error * *found.indices[0].total_error / k_seeds;
  }
  const double mean = sum / k_seeds;
  const double spread = std::sqrt((squares - k_seeds * mean * mean) / (k_seeds - 1));
  CHECK(std::sqrt(reported) / spread > 0.5);
  CHECK(std::sqrt(reported) / spread < 2);
  CHECK(std::fabs(mean - 0.55758885520995919) < 4 * spread / std::sqrt(k_seeds));
}

TEST_CASE("no variance, no value: no indices") {
  for (const double constant : {0.0, 7.0, -1e9, 1.0 / 3}) {
    const SobolEstimates found = estimates_of({.inputs = 2, .base_samples = 600, .seed = 1},
                                              [&](const auto&) { return constant; });
    CHECK(found.exists);
    CHECK(found.mean == doctest::Approx(constant).epsilon(1e-12));
    CHECK(found.variance == 0);
    for (const auto& index : found.indices) {
      CHECK(!index.first);
      CHECK(!index.first_error);
      CHECK(!index.total);
      CHECK(!index.total_error);
    }
  }
  const SobolEstimates missing =
      estimates_of({.inputs = 2, .base_samples = 600, .seed = 1},
                   [](const auto& u) { return u[0] > 0.99 ? std::nan("") : u[0]; });
  CHECK(!missing.exists);
}

TEST_CASE("few base samples: an estimate without or with an error, never a fault") {
  for (const int samples : {1, 2, 7, 8, 9, 511, 512, 513}) {
    CAPTURE(samples);
    const SobolEstimates found = estimates_of({.inputs = 2, .base_samples = samples, .seed = 2},
                                              [](const auto& u) { return u[0] + u[1]; });
    CHECK(found.exists);
    CHECK(found.variance > 0);
    for (const auto& index : found.indices) {
      REQUIRE(index.first.has_value());
      CHECK(std::isfinite(*index.first));
      CHECK(*index.total >= 0);
      CHECK(index.first_error.has_value() == (samples > 1));
    }
  }
}

TEST_CASE("the luck of the months is one factor more") {
  // Two series of numbers that depend on the row alone stand for the noise; x + 2·noise, with equal
  // variances of x and noise: 1/5 and 4/5.
  const SobolDesign design{.inputs = 1, .base_samples = k_samples, .seed = 4, .noise = true};
  const UniformPoints one(1, Sampler::philox, 77);
  const UniformPoints two(1, Sampler::philox, 78);
  int of_second = 0;
  const auto evaluate = [&](const SobolRows& rows, double* values) {
    std::vector<double> noise(k_block);
    (rows.second_noise ? two : one).fill(0, rows.first, rows.count, noise.data());
    of_second += rows.second_noise ? rows.count : 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows.count); ++i) {
      values[i] = rows.columns[i] + 2 * noise[i];
    }
  };
  const auto found = sobol_indices(design, evaluate, {});
  REQUIRE(found.has_value());
  REQUIRE(found->indices.size() == 2);
  check_indices(*found, {0.2, 0.8}, {0.2, 0.8}, 0.03);
  CHECK(of_second == 2 * k_samples);  // B, and A with the noise of B
  CHECK(found->variance == doctest::Approx(5.0 / 12).epsilon(0.03));
}

TEST_CASE("any order of the blocks; progress to 1, and a stop") {
  const SobolDesign design{.inputs = 3, .base_samples = 9000, .seed = 6};
  const auto evaluate = of_points(design, [](const auto& u) { return ishigami(u, 7, 0.1); });
  const auto alone = sobol_indices(design, evaluate, {});
  Execution execution;
  execution.parallel = [](int parts, const std::function<void(int)>& work) {
    for (int part = parts; part-- > 0;) work(part);
  };
  std::vector<double> shares;
  execution.progress = [&](double share) {
    shares.push_back(share);
    return true;
  };
  const auto reversed = sobol_indices(design, evaluate, execution);
  REQUIRE(alone.has_value());
  REQUIRE(reversed.has_value());
  CHECK(alone->mean == reversed->mean);
  CHECK(alone->variance == reversed->variance);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(alone->indices[i].first == reversed->indices[i].first);
    CHECK(alone->indices[i].total_error == reversed->indices[i].total_error);
  }
  REQUIRE(shares.size() > 1);
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(shares.back() == 1);
  execution.progress = [](double) { return false; };
  CHECK(!sobol_indices(design, evaluate, execution).has_value());
}
