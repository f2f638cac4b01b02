// Contracts renewed or not: published parameters, the laws of the model, and its edges.
#include "calibrate/beta_geometric.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "check_each.hpp"
#include "support.hpp"

using namespace growth;
using namespace growth::calibrate;
using Two = num::Dual<2>;

namespace {

/// One cohort by the number still there after 0, 1, … renewals.
Renewals cohort(const std::vector<double>& active) {
  Renewals renewals;
  for (std::size_t t = 1; t < active.size(); ++t) {
    renewals.add_ended(t, active[t - 1] - active[t]);
  }
  renewals.add_running(active.size() - 1, active.back());
  return renewals;
}

// Fader & Hardie (2007), figure 1: customers of 1,000 still there after 0..7 years.
const std::vector<double> k_regular{1000, 631, 468, 382, 326, 289, 262, 241};
const std::vector<double> k_high_end{1000, 869, 743, 653, 593, 551, 517, 491};

double standard_error(double parameter, double log_variance) {
  return parameter * std::sqrt(log_variance);
}

}  // namespace

TEST_SUITE_BEGIN("beta geometric");

TEST_CASE("published parameters, errors and likelihoods") {
  // Parameters in Fader & Hardie (2007); digits, errors and likelihoods measured independently.
  const BetaGeometricFit regular = fit_beta_geometric(cohort(k_regular));
  REQUIRE(regular.boundary == RenewalBoundary::none);
  CHECK(test::relative_difference(regular.alpha, 0.704077298474) < 1e-10);
  CHECK(test::relative_difference(regular.beta, 1.18204302621) < 1e-10);
  CHECK(test::relative_difference(regular.log_likelihood, -1680.26518846) < 1e-11);
  CHECK(std::abs(standard_error(regular.alpha, regular.log_covariance[0]) - 0.0656) < 5e-5);
  CHECK(std::abs(standard_error(regular.beta, regular.log_covariance[2]) - 0.1525) < 5e-5);

  const BetaGeometricFit high_end = fit_beta_geometric(cohort(k_high_end));
  CHECK(test::relative_difference(high_end.alpha, 0.668088351106) < 1e-10);
  CHECK(test::relative_difference(high_end.beta, 3.80609496406) < 1e-10);
  CHECK(test::relative_difference(high_end.log_likelihood, -1611.15814739) < 1e-11);
  CHECK(std::abs(standard_error(high_end.alpha, high_end.log_covariance[0]) - 0.1037) < 5e-5);
  CHECK(std::abs(standard_error(high_end.beta, high_end.log_covariance[2]) - 0.7855) < 5e-5);
}

TEST_CASE("cohorts of different ages, the youngest seen for one renewal only") {
  // Five cohorts of 10,000 of which 80 %, then 81 %, … renew: those of note 017 (brucehardie.com),
  // which prints 3.80 and 15.20.
  const std::vector<double> active{10000, 8000, 6480, 5307, 4391};
  Renewals all;
  for (std::size_t seen = 1; seen < active.size(); ++seen) {
    for (std::size_t t = 1; t <= seen; ++t) all.add_ended(t, active[t - 1] - active[t]);
    all.add_running(seen, active[seen]);
  }
  all.add_running(0, 10000);  // just begun: says nothing
  const BetaGeometricFit fit = fit_beta_geometric(all);
  CHECK(std::abs(fit.alpha - 3.80) < 0.005);
  CHECK(std::abs(fit.beta - 15.20) < 0.02);
}

TEST_CASE(
    "the maximum is one, whatever the step: no neighbour is likelier, the errors are the curvature's") {
  for (const auto& active : {k_regular, k_high_end}) {
    const Renewals renewals = cohort(active);
    const BetaGeometricFit fit = fit_beta_geometric(renewals);
    const auto at = [&](double a, double b) {
      return log_likelihood(renewals, fit.alpha * std::exp(a), fit.beta * std::exp(b));
    };
    const double h = 1e-3;
    for (const double a : {-h, 0.0, h}) {
      for (const double b : {-h, 0.0, h}) CHECK(at(a, b) <= fit.log_likelihood);
    }
    // The information by differences, inverted by hand.
    const double top = fit.log_likelihood;
    const double aa = -(at(h, 0) - 2 * top + at(-h, 0)) / (h * h);
    const double bb = -(at(0, h) - 2 * top + at(0, -h)) / (h * h);
    const double ab = -(at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h);
    const double determinant = aa * bb - ab * ab;
    CHECK(test::relative_difference(fit.log_covariance[0], bb / determinant) < 1e-4);
    CHECK(test::relative_difference(fit.log_covariance[1], -ab / determinant) < 1e-4);
    CHECK(test::relative_difference(fit.log_covariance[2], aa / determinant) < 1e-4);
    CHECK(fit.evaluations < 15);
  }
}

TEST_CASE("discounted residual lifetimes as published") {
  // Fader & Hardie (2010), table 3, 10 % a year: 1..5 periods, just before the renewal.
  const std::vector<double> alike = discounted_renewals(3.8, 15.2, 0.1, 4);
  const std::vector<double> polarised = discounted_renewals(0.067, 0.267, 0.1, 4);
  const double published_alike[] = {3.31, 3.45, 3.59, 3.72, 3.84};
  const double published_polarised[] = {7.68, 9.46, 9.86, 10.06, 10.19};
  for (std::size_t n = 0; n < 5; ++n) {
    CHECK(std::abs(alike[n] - published_alike[n]) < 0.005);
    CHECK(std::abs(polarised[n] - published_polarised[n]) < 0.0101);  // parameters of three digits
  }
}

TEST_CASE("survival, retention and what is left are one model") {
  const double alpha = 2.5;
  const double beta = 4;
  const std::vector<double> share = survival(alpha, beta, 20000);
  CHECK(share[0] == 1);
  // S(2) = B(a, b+2)/B(a, b).
  CHECK(test::relative_difference(share[2], (4.0 * 5.0) / (6.5 * 7.5)) < 1e-15);
  // The sum of what survives is the closed form: the tail falls as t^-2.5.
  double sum = 0;
  for (std::size_t t = share.size(); t-- > 4;) sum += share[t];
  CHECK(std::abs(sum / share[3] - residual_renewals(alpha, beta, 3)) < 1e-3);
  // Hardly discounted it is nearly that; always below it, and rising with age.
  const std::vector<double> left = discounted_renewals(alpha, beta, k_contract_discount_range.low, 6);
  for (std::size_t n = 0; n < left.size(); ++n) {
    const double whole = residual_renewals(alpha, beta, static_cast<double>(n));
    CHECK(left[n] < whole);
    CHECK(left[n] > 0.99 * whole);
    if (n > 0) CHECK(left[n] > left[n - 1]);
  }
}

TEST_CASE("derivatives come with the values") {
  const double h = 1e-6;
  const auto at = [](double a, double b) { return discounted_renewals(a, b, 0.05, 3)[2]; };
  Two alpha(1.7);
  alpha.slope[0] = 1;
  Two beta(3.1);
  beta.slope[1] = 1;
  const Two left = discounted_renewals(alpha, beta, 0.05, 3)[2];
  CHECK(left.value == at(1.7, 3.1));
  CHECK(std::abs(left.slope[0] - (at(1.7 + h, 3.1) - at(1.7 - h, 3.1)) / (2 * h)) < 1e-7);
  CHECK(std::abs(left.slope[1] - (at(1.7, 3.1 + h) - at(1.7, 3.1 - h)) / (2 * h)) < 1e-7);
}

TEST_CASE("what the records cannot tell is said, not made up") {
  CHECK(fit_beta_geometric({}).boundary == RenewalBoundary::no_renewals);
  CHECK(fit_beta_geometric(cohort({50})).boundary == RenewalBoundary::no_renewals);
  CHECK(fit_beta_geometric(cohort({50, 50, 50})).boundary == RenewalBoundary::all_kept);
  CHECK(fit_beta_geometric(cohort({50, 0, 0})).boundary == RenewalBoundary::none_kept);

  const BetaGeometricFit once = fit_beta_geometric(cohort({50, 40}));
  CHECK(once.boundary == RenewalBoundary::one_renewal);
  CHECK(once.rate == doctest::Approx(0.2));
  CHECK(once.log_covariance[0] == doctest::Approx(0.2 * 0.8 / 50));

  // Everyone alike: the share that ends does not fall with age.
  for (const auto& active :
       {std::vector<double>{1000, 900, 810, 729}, std::vector<double>{1000, 950, 850, 650},
        std::vector<double>{4, 3, 2, 0}}) {
    CAPTURE(active[1]);
    const BetaGeometricFit fit = fit_beta_geometric(cohort(active));
    CHECK(fit.boundary == RenewalBoundary::all_alike);
    CHECK(fit.rate > 0);
    CHECK(fit.rate < 1);
    CHECK(fit.evaluations < 200);
  }
  // Whoever renewed once stayed.
  const BetaGeometricFit never = fit_beta_geometric(cohort({100, 60, 60, 60}));
  CHECK(never.boundary == RenewalBoundary::all_or_never);
  CHECK(never.rate == doctest::Approx(0.4));
}

TEST_CASE("small and huge files give finite answers") {
  test::Random random(7);
  for (int i = 0; i < 300; ++i) {
    std::vector<double> active{std::floor(std::exp(random.between(0, 18)))};
    const int periods = random.whole(1, 30);
    for (int t = 0; t < periods; ++t) {
      active.push_back(std::floor(active.back() * (random.chance(0.2) ? 1 : random.uniform())));
    }
    const Renewals renewals = cohort(active);
    const BetaGeometricFit fit = fit_beta_geometric(renewals);
    CAPTURE(i);
    CHECK(std::isfinite(fit.log_likelihood));
    CHECK(fit.rate >= 0);
    CHECK(fit.rate <= 1);
    CHECK(fit.evaluations < 400);
    for (const double entry : fit.log_covariance) CHECK(std::isfinite(entry));
    if (fit.boundary != RenewalBoundary::none) continue;
    CHECK(fit.log_covariance[0] > 0);
    CHECK(fit.log_covariance[2] > 0);
    // No other place of a coarse grid is likelier.
    for (double a = -8; a <= 12; a += 1) {
      for (double b = -8; b <= 12; b += 1) {
        CHECK_EACH(log_likelihood(renewals, std::exp(a), std::exp(b)) <= fit.log_likelihood + 1e-9);
      }
    }
  }
}

TEST_CASE("contracts drawn from the model give its parameters back") {
  // 90 % intervals of ln alpha over 200 records of 400 contracts in four cohorts.
  int covered = 0;
  int interior = 0;
  const double alpha = 1.2;
  const double beta = 4.0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    test::Random random(1000 + seed);
    Renewals renewals;
    for (int contract = 0; contract < 400; ++contract) {
      const std::size_t seen = 3 + static_cast<std::size_t>(contract % 4) * 2;
      std::size_t t = 1;
      while (t <= seen && random.uniform() < retention(alpha, beta, static_cast<double>(t))) ++t;
      if (t <= seen) {
        renewals.add_ended(t, 1);
      } else {
        renewals.add_running(seen, 1);
      }
    }
    const BetaGeometricFit fit = fit_beta_geometric(renewals);
    if (fit.boundary != RenewalBoundary::none) continue;
    ++interior;
    const double z = std::log(fit.alpha / alpha) / std::sqrt(fit.log_covariance[0]);
    if (std::abs(z) < 1.6448536) ++covered;
  }
  CHECK(interior > 190);
  CHECK(covered > 0.84 * interior);
  CHECK(covered < 0.96 * interior);
}

TEST_SUITE_END();
