// What a channel's money buys, from months of different spend.
#include "calibrate/channel_response.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "sampling/normal.hpp"
#include "support.hpp"

using namespace growth;
using namespace growth::calibrate;

namespace {

double viewers(double spend, double cost, double half, double shape) {
  return half / cost / (1 + std::pow(half / spend, shape));
}

std::vector<SpendPeriod> months(const std::vector<double>& spends, double cost, double half,
                                double shape) {
  std::vector<SpendPeriod> list;
  for (const double spend : spends) list.push_back({1, spend, viewers(spend, cost, half, shape)});
  return list;
}

}  // namespace

TEST_SUITE_BEGIN("channel response");

TEST_CASE("the price alone is a ratio") {
  const std::vector<SpendPeriod> list{{1, 3000, 9000}, {1, 5000, 14000}, {0.5, 1000, 3100}};
  const auto fit = fit_cost_per_viewer(list, 20000, 1);
  REQUIRE(fit);
  const double at_one =
      3000 / (1 + 3000.0 / 20000) + 5000 / (1 + 5000.0 / 20000) + 1000 / (1 + 2000.0 / 20000);
  CHECK(fit->cost_per_viewer == doctest::Approx(at_one / 26100).epsilon(1e-12));
  CHECK(fit->half_saturation == 20000);
  CHECK(fit->log_half_error == 0);
  CHECK(fit->log_cost_error > 0);
  CHECK(fit_cost_per_viewer({{1, 3000, 9000}}, 20000, 1)->log_cost_error == 0);
  CHECK_FALSE(fit_cost_per_viewer({{1, 3000, 0}}, 20000, 1));
  CHECK_FALSE(fit_cost_per_viewer({}, 20000, 1));
}

TEST_CASE("a response without luck is found to every digit, in months of any length") {
  auto list = months({2000, 8000, 20000, 45000, 90000}, 0.3, 60000, 1);
  list.push_back({0.5, 15000, 0.5 * viewers(30000, 0.3, 60000, 1)});
  const auto fit = fit_saturation(list);
  REQUIRE(fit);
  CHECK(fit->cost_per_viewer == doctest::Approx(0.3).epsilon(1e-7));
  CHECK(fit->half_saturation == doctest::Approx(60000).epsilon(1e-6));
  CHECK(fit->dispersion == 1);
}

TEST_CASE("an S-curve is found where there is one") {
  const auto list = months({500, 1500, 4000, 9000, 20000, 45000, 90000, 150000}, 0.25, 15000, 2);
  const auto fit = fit_s_curve(list);
  REQUIRE(fit);
  CHECK(fit->shape == doctest::Approx(2).epsilon(1e-5));
  CHECK(fit->cost_per_viewer == doctest::Approx(0.25).epsilon(1e-5));
  CHECK(fit->half_saturation == doctest::Approx(15000).epsilon(1e-5));
  CHECK(fit->objective > fit_saturation(list)->objective + 10);
}

TEST_CASE("spend that never varies, or a response still straight, has no half saturation") {
  CHECK_FALSE(fit_saturation(months({5000, 5000, 5000, 5000}, 0.3, 60000, 1)));
  // Viewers in proportion to spend, and rising faster than it.
  CHECK_FALSE(fit_saturation({{1, 1000, 3000}, {1, 2000, 6000}, {1, 4000, 12000}, {1, 8000, 24000}}));
  CHECK_FALSE(fit_saturation({{1, 1000, 2000}, {1, 2000, 6000}, {1, 4000, 16000}, {1, 8000, 44000}}));
  CHECK_FALSE(fit_saturation({{1, 1000, 0}, {1, 2000, 0}}));
  CHECK_FALSE(fit_s_curve({{1, 1000, 0}, {1, 2000, 0}}));
}

TEST_CASE("intervals hold the truth about as often as they say") {
  const double spends[] = {3000,  6000,  12000,  20000,  30000, 45000,
                           60000, 80000, 110000, 150000, 24000, 9000};
  int cost_covered = 0, half_covered = 0, fitted = 0;
  const int replicates = 300;
  for (int i = 0; i < replicates; ++i) {
    test::Random random(static_cast<std::uint64_t>(500 + i));
    std::vector<SpendPeriod> list;
    for (const double spend : spends) {
      // Five hundred times the variance of a count.
      const double mean = viewers(spend, 0.3, 60000, 1);
      const double z = sampling::normal_quantile(random.between(1e-9, 1));
      list.push_back({1, spend, std::max(0.0, mean + std::sqrt(500 * mean) * z)});
    }
    const auto fit = fit_saturation(list);
    if (!fit) continue;
    ++fitted;
    if (std::abs(std::log(fit->cost_per_viewer / 0.3)) < 1.6448536 * fit->log_cost_error)
      ++cost_covered;
    if (std::abs(std::log(fit->half_saturation / 60000)) < 1.6448536 * fit->log_half_error) {
      ++half_covered;
    }
  }
  MESSAGE("90 % intervals: ", cost_covered, " and ", half_covered, " of ", fitted);
  CHECK(fitted > 0.97 * replicates);
  for (const int covered : {cost_covered, half_covered}) {
    CHECK(covered > 0.80 * fitted);
    CHECK(covered < 0.97 * fitted);
  }
}

TEST_CASE("wild numbers give finite answers or none") {
  test::Random random(23);
  for (int i = 0; i < 300; ++i) {
    std::vector<SpendPeriod> list;
    const int count = random.whole(1, 14);
    for (int k = 0; k < count; ++k) {
      list.push_back({random.between(0.1, 1.4), std::exp(random.between(-3, 20)),
                      random.chance(0.2) ? 0 : std::floor(std::exp(random.between(0, 20)))});
    }
    CAPTURE(i);
    for (const auto& fit :
         {fit_cost_per_viewer(list, 60000, 1), fit_saturation(list), fit_s_curve(list)}) {
      if (!fit) continue;
      for (const double number :
           {fit->cost_per_viewer, fit->half_saturation, fit->shape, fit->log_cost_error,
            fit->log_half_error, fit->shape_error, fit->dispersion, fit->objective}) {
        CHECK(std::isfinite(number));
      }
      CHECK(fit->cost_per_viewer > 0);
      CHECK(fit->half_saturation > 0);
    }
  }
}

TEST_SUITE_END();
