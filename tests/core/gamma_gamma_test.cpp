// Order values: published values, boundary cases, laws.
#include "calibrate/gamma_gamma.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "near.hpp"
#include "order_records.hpp"
#include "support.hpp"

using namespace growth::calibrate;
using growth::test::near_relative;
using growth::test::Random;

namespace {

std::vector<SpendHistory> cdnow_spend() {
  return growth::test::cdnow().spend(growth::test::k_cdnow_calibration_end);
}

}  // namespace

TEST_CASE("order values of CDNOW: parameters to twelve digits, likelihood and standard errors") {
  const auto customers = cdnow_spend();
  REQUIRE(customers.size() == 946);
  const auto fit = fit_gamma_gamma(customers);
  REQUIRE(fit);
  CHECK_FALSE(fit->at_boundary);
  CHECK(fit->parameters.p == near_relative(6.24957227132, 2e-11));
  CHECK(fit->parameters.q == near_relative(3.74422466713, 2e-11));
  CHECK(fit->parameters.v == near_relative(15.4435209626, 2e-11));
  CHECK(fit->log_likelihood == near_relative(-4055.9176948, 1e-11));
  CHECK(std::fabs(fit->parameters.p * std::sqrt(fit->log_covariance[0]) - 1.190055) < 1e-6);
  CHECK(std::fabs(fit->parameters.q * std::sqrt(fit->log_covariance[4]) - .290133) < 1e-6);
  CHECK(std::fabs(fit->parameters.v * std::sqrt(fit->log_covariance[8]) - 4.159423) < 1e-6);
  CHECK(std::fabs(orders_and_spend_correlation(customers) - .1139) < 1e-4);

  double sum = 0;
  for (const SpendHistory& customer : customers) sum += log_likelihood(fit->parameters, customer);
  CHECK(sum == near_relative(fit->log_likelihood, 1e-12));
  const auto again = fit_gamma_gamma(customers, &fit->parameters);
  CHECK(again->evaluations <= 2);
  CHECK(again->parameters.p == near_relative(fit->parameters.p, 1e-10));
}

TEST_CASE("expected order values of the first customers of CDNOW, as published") {
  const GammaGamma parameters{6.24957227132, 3.74422466713, 15.4435209626};
  // The means of the repeat orders of customers 1, 2 and 6; the third has none.
  CHECK(*expected_spend(parameters, {2, 22.35}) == doctest::Approx(24.6586).epsilon(2e-4));
  CHECK(*expected_spend(parameters, {1, 11.77}) == doctest::Approx(18.9115).epsilon(2e-4));
  CHECK(*expected_spend(parameters, {0, 0}) == doctest::Approx(35.1710).epsilon(2e-4));
  CHECK(*expected_spend(parameters, {7, 73.74}) == doctest::Approx(71.4628).epsilon(2e-4));
  CHECK(*expected_spend(parameters, {0, 0}) == near_relative(*mean_spend(parameters), 1e-14));
}

TEST_CASE("a mean that does not exist is not given; the median always is") {
  CHECK_FALSE(mean_spend({6, 1, 15}));
  CHECK_FALSE(mean_spend({6, 0.4, 15}));
  CHECK_FALSE(expected_spend({0.2, 0.4, 15}, {1, 30}));
  CHECK(expected_spend({6, 0.4, 15}, {1, 30}));
  // Medians of gamma distributions, to 17 digits: ln 2 at shape 1.
  CHECK(*median_spend({6, 1, 15}) == near_relative(6 * 15 / 0.69314718055994531, 1e-13));
  CHECK(*median_spend({1, 0.4, 1}) == near_relative(1 / 0.145078141643435254, 1e-12));
  CHECK(*median_spend({1, 3.7, 1}) == near_relative(1 / 3.37253801323641473, 1e-12));
  CHECK(*median_spend({1, 1e4, 1}) == near_relative(1 / 9999.66666864204742, 1e-13));
  CHECK(*median_spend({1, 0.01, 1}) == near_relative(1 / 4.46553501891034868e-31, 1e-11));
  CHECK_FALSE(median_spend({1, 1e-6, 1}));
  CHECK(*median_spend({6, 3.7, 15}) < *mean_spend({6, 3.7, 15}));
}

TEST_CASE("order values in another currency are the same customers") {
  auto customers = cdnow_spend();
  const auto dollars = fit_gamma_gamma(customers);
  for (SpendHistory& customer : customers) customer.mean *= 725;
  const auto other = fit_gamma_gamma(customers);
  CHECK(other->parameters.p == near_relative(dollars->parameters.p, 1e-10));
  CHECK(other->parameters.q == near_relative(dollars->parameters.q, 1e-10));
  CHECK(other->parameters.v == near_relative(725 * dollars->parameters.v, 1e-10));
  CHECK(other->log_likelihood == near_relative(dollars->log_likelihood - 946 * std::log(725.0), 1e-12));
}

TEST_CASE("customers who all spend alike are at the boundary, and few of them end in an answer") {
  const std::vector<std::vector<SpendHistory>> bases = {{{1, 20}},
                                                        {{3, 20}, {3, 20}, {2, 20}},
                                                        {{1, 1e-9}, {2, 1e9}},
                                                        {{1, 10}, {1, 20}},
                                                        {{5000, 30}, {4000, 31}, {1, 900}}};
  for (const auto& base : bases) {
    CAPTURE(&base - bases.data());
    const auto fit = fit_gamma_gamma(base);
    REQUIRE(fit);
    CHECK(std::isfinite(fit->log_likelihood));
    CHECK(std::isfinite(fit->parameters.p));
    CHECK(std::isfinite(fit->parameters.q));
    CHECK(std::isfinite(fit->parameters.v));
    CHECK(fit->parameters.p > 0);
    if (base.size() == 1 || base[0].mean == base[1].mean) CHECK(fit->at_boundary);
    for (const double entry : fit->log_covariance) CHECK(std::isfinite(entry));
  }
  CHECK(orders_and_spend_correlation({{1, 20}, {2, 20}}) == 0);
  CHECK(orders_and_spend_correlation({{1, 20}, {2, 30}, {3, 40}}) == near_relative(1, 1e-12));
}

TEST_CASE("no parameters and no customer give NaN") {
  Random random(9);
  for (int i = 0; i < 3000; ++i) {
    const auto any = [&](double decades) { return std::pow(10, random.between(-decades, decades)); };
    const GammaGamma parameters{any(6), any(6), any(6)};
    const SpendHistory customer{std::floor(std::pow(10, random.between(0, 3.7))), any(5)};
    CHECK(std::isfinite(log_likelihood(parameters, customer)));
    if (const auto spend = expected_spend(parameters, customer)) CHECK(*spend > 0);
    if (const auto spend = median_spend(parameters)) CHECK(*spend > 0);
  }
}

TEST_CASE("a fit of order values can be stopped") {
  int calls = 0;
  CHECK_FALSE(fit_gamma_gamma(cdnow_spend(), nullptr, [&](double) { return ++calls < 3; }));
  CHECK(calls == 3);
}
