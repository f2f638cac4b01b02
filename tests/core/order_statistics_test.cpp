// Quantiles without sorting against the sorted column; histograms; mean and spread.
#include "sampling/order_statistics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "support.hpp"

using namespace growth::sampling;

namespace {

const std::vector<double> k_probabilities = {0.05, 0.25, 0.5, 0.75, 0.95, 0, 1, 0.5, 0.001};

/// Hyndman-Fan type 7 from the sorted column.
std::vector<double> from_sorted(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::vector<double> result;
  for (const double p : k_probabilities) {
    const double h = static_cast<double>(values.size() - 1) * p;
    const auto rank = static_cast<std::size_t>(h);
    const double next = rank + 1 < values.size() ? values[rank + 1] : values[rank];
    result.push_back(values[rank] + (h - static_cast<double>(rank)) * (next - values[rank]));
  }
  return result;
}

std::vector<double> selected(QuantileSelector& selector, const std::vector<double>& values) {
  std::vector<double> result(k_probabilities.size());
  selector.quantiles(values, k_probabilities, result);
  return result;
}

template <class Draw>
std::vector<double> column(std::size_t n, const Draw& draw) {
  std::vector<double> values(n);
  for (double& value : values) value = draw();
  return values;
}

}  // namespace

TEST_SUITE_BEGIN("order_statistics");

TEST_CASE("type 7 of a known column") {
  QuantileSelector selector;
  const std::vector<double> powers = {512, 1, 2, 256, 4, 8, 128, 64, 16, 32};
  const auto got = selected(selector, powers);
  CHECK(got[0] == doctest::Approx(1.45).epsilon(1e-14));
  CHECK(got[1] == 5);
  CHECK(got[2] == 24);
  CHECK(got[3] == 112);
  CHECK(got[4] == doctest::Approx(396.8).epsilon(1e-14));
  CHECK(got[5] == 1);
  CHECK(got[6] == 512);
  CHECK(selected(selector, {7}) == std::vector<double>(k_probabilities.size(), 7));
}

TEST_CASE("equal to the full sort for every shape of column") {
  QuantileSelector selector;
  growth::test::Random random(5);
  const auto same_as_sorted = [&](const std::vector<double>& values) {
    CHECK(selected(selector, values) == from_sorted(values));
  };
  for (const std::size_t n :
       {1u, 2u, 3u, 10u, 63u, 64u, 65u, 100u, 1000u, 1001u, 8192u, 10240u, 200000u}) {
    CAPTURE(n);
    same_as_sorted(column(n, [&] { return random.uniform(); }));
    same_as_sorted(column(n, [&] { return std::floor(random.between(-2, 3)); }));
    same_as_sorted(column(n, [&] { return random.chance(0.97) ? 0.0 : random.between(-1, 1); }));
    same_as_sorted(column(n, [&] { return random.chance(0.5) ? 0.0 : -0.0; }));
    same_as_sorted(column(n, [&] { return 42.5; }));
    same_as_sorted(column(n, [&] { return std::pow(10, random.between(-300, 300)); }));
    same_as_sorted(column(n, [&] { return std::exp(std::tan(random.between(-1.5, 1.5))); }));
    same_as_sorted(column(n, [&] { return 1 + 1e-15 * std::floor(random.between(0, 5)); }));
    same_as_sorted(column(n, [&] { return 5e-324 * std::floor(random.between(0, 5)); }));
    double rising = 0;
    same_as_sorted(column(n, [&] { return rising += 1; }));
    same_as_sorted(column(n, [&] { return rising -= 1; }));
    // One value far away: all others share an interval again and again.
    auto outlier = column(n, [&] { return random.uniform(); });
    outlier[n / 2] = 1e200;
    same_as_sorted(outlier);
  }
}

TEST_CASE("zeros come out positive, and a range beyond the largest number is no trouble") {
  QuantileSelector selector;
  CHECK_FALSE(std::signbit(selected(selector, {-0.0, -0.0, -0.0})[0]));
  std::vector<double> huge(101, 1.0);
  huge[0] = -1.7e308;
  huge[1] = 1.7e308;
  CHECK(selected(selector, huge)[2] == 1);
}

TEST_CASE("a histogram counts everything, its inner intervals are equal") {
  QuantileSelector selector;
  growth::test::Random random(6);
  const auto check = [&](const std::vector<double>& values) {
    const auto histogram = selector.histogram(values);
    const auto& edges = histogram.edges;
    REQUIRE(edges.size() == histogram.counts.size() + 1);
    CHECK(std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0) ==
          static_cast<int>(values.size()));
    CHECK(edges.front() == *std::min_element(values.begin(), values.end()));
    CHECK(edges.back() == *std::max_element(values.begin(), values.end()));
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      const bool last = i + 2 == edges.size();
      const auto held = std::count_if(values.begin(), values.end(), [&](double x) {
        return x >= edges[i] && (x < edges[i + 1] || (last && x == edges[i + 1]));
      });
      CHECK(histogram.counts[i] == held);
      if (edges.size() > 2) CHECK(edges[i] < edges[i + 1]);
    }
    return histogram;
  };
  const auto nearly_normal = [&] {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.uniform() - 0.5;
    return sum;
  };
  const auto bell = check(column(8192, nearly_normal));
  CHECK(bell.counts.size() >= 8);
  CHECK(bell.counts.size() <= 64);
  // 0.5 % … 99.5 % is 5.15 sd; the advised width 2·1.35·8192^(-1/3) sd = 0.134 sd.
  CHECK(bell.counts.size() == doctest::Approx(39).epsilon(0.1));
  const double step = bell.edges[2] - bell.edges[1];
  for (std::size_t i = 1; i + 2 < bell.edges.size(); ++i) {
    CHECK(bell.edges[i + 1] - bell.edges[i] == doctest::Approx(step).epsilon(1e-9));
  }
  CHECK(bell.edges[1] - bell.edges[0] > step);
  // What the equal intervals cover.
  CHECK(bell.edges[1] - step == doctest::Approx(-2.55).epsilon(0.05));

  CHECK(check(column(8192, [&] { return std::exp(3 * nearly_normal()); })).counts.size() == 64);
  CHECK(check(column(20, [&] { return random.uniform(); })).counts.size() == 8);
  check(column(1000, [&] { return random.chance(0.999) ? 3.0 : random.uniform(); }));
  check(column(1000, [&] { return random.chance(0.6) ? 3.0 : random.uniform(); }));
  check(column(1000, [&] { return 1 + 2.3e-16 * std::floor(random.between(0, 3)); }));
  check(column(1000, [&] { return random.chance(0.5) ? -1.7e308 : 1.7e308; }));

  const auto constant = selector.histogram(std::vector<double>(50, 7.5));
  CHECK(constant.edges == std::vector<double>{7.5, 7.5});
  CHECK(constant.counts == std::vector<int>{50});
}

TEST_CASE("mean and standard deviation") {
  const auto eight = mean_and_sd(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(eight.mean == 5);
  CHECK(eight.sd == doctest::Approx(std::sqrt(32.0 / 7)).epsilon(1e-15));
  CHECK(mean_and_sd(std::vector<double>{3}).sd == 0);
  for (const std::size_t n : {1u, 7u, 128u, 129u, 1000u, 8192u, 12345u}) {
    CAPTURE(n);
    const auto constant = mean_and_sd(std::vector<double>(n, 0.1));
    CHECK(constant.mean == 0.1);
    CHECK(constant.sd == 0);
    // 0 … n-1 on a large base: sd² = n(n+1)/12.
    double next = 1e9;
    const auto line = mean_and_sd(column(n, [&] { return next++; }));
    const auto count = static_cast<double>(n);
    CHECK(line.mean == doctest::Approx(1e9 + (count - 1) / 2).epsilon(1e-16).scale(0));
    if (n > 1) CHECK(line.sd == doctest::Approx(std::sqrt(count * (count + 1) / 12)).epsilon(1e-14));
  }
}

TEST_CASE("the standard error of independent replicates") {
  CHECK(standard_error(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9}) ==
        doctest::Approx(std::sqrt(32.0 / 7 / 8)).epsilon(1e-15));
  CHECK(standard_error(std::vector<double>{3, 5}) == 1);
  CHECK(standard_error(std::vector<double>{3}) == 0);
  CHECK(standard_error({}) == 0);
}

TEST_SUITE_END();
