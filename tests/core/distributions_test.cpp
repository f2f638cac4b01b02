// Distributions of inputs: published and high-precision values, moments, laws, truncation.
#include "sampling/distributions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "near.hpp"
#include "sampling/gamma_function.hpp"

using namespace growth::sampling;
using growth::DistributionKind;
using growth::DistributionOfInput;
using growth::Range;
using growth::test::near_relative;
using enum growth::DistributionKind;

namespace {

constexpr Range k_wide{-1e9, 1e9};

double quantile(DistributionKind kind, std::array<double, 3> parameters, double u,
                Range range = k_wide) {
  return TruncatedDistribution({kind, parameters}, range).quantile(u);
}

struct Moments {
  double mean;
  double variance;
};

/// By the midpoints of `count` equal shares of probability.
Moments moments(const TruncatedDistribution& distribution, int count = 200000) {
  double mean = 0, squares = 0;
  const double centre = distribution.quantile(0.5);
  for (int i = 0; i < count; ++i) {
    const double x = distribution.quantile((i + 0.5) / count) - centre;
    mean += x / count;
    squares += x * x / count;
  }
  return {centre + mean, squares - mean * mean};
}

/// Ordinary ones and legal ones far from ordinary.
const std::vector<DistributionOfInput> k_ordinary = {
    {uniform, {-2, 5}},      {triangular, {28, 42, 65}}, {triangular, {28, 28, 65}},
    {triangular, {0, 1, 1}}, {pert, {28, 42, 65}},       {pert, {0, 0, 1}},
    {pert, {0, 1, 1}},       {normal, {3, 2}},           {lognormal, {3, 0.35}},
    {beta, {0.01, 400}},     {beta, {0.5, 4}},           {beta, {0.3, 2.2}},
    {beta, {0.99, 1000}},    {p10_p90, {2, 8}},          {beta, {0.5, 1e6}}};
const std::vector<DistributionOfInput> k_extreme = {{normal, {3, 1e-300}},
                                                    {normal, {1e9, 1e-9}},
                                                    {normal, {0, 1e300}},
                                                    {lognormal, {3, 5}},
                                                    {lognormal, {1e-300, 50}},
                                                    {lognormal, {1, 1e-12}},
                                                    {beta, {0.5, 1e-2}},
                                                    {beta, {0.01, 1e-2}},
                                                    {beta, {0.999, 1e-2}},
                                                    {beta, {1e-6, 1e6}},
                                                    {beta, {1e-9, 1}},
                                                    {beta, {0.5, 1e12}},
                                                    {pert, {0, 1e-12, 1}},
                                                    {pert, {-1e300, 0, 1e300}},
                                                    {uniform, {0, 1e-300}},
                                                    {p10_p90, {1, 1 + 1e-15}},
                                                    {triangular, {0, 1e-300, 1}},
                                                    {beta, {0.2, 0.2}}};

}  // namespace

TEST_SUITE_BEGIN("distributions");

TEST_CASE("normal distribution function and quantile") {
  // mpmath 1.2.1, 40 digits, of the double nearest to p.
  CHECK(normal_quantile(1e-300) == near_relative(-37.047096299361199237, 1e-15));
  CHECK(normal_quantile(1e-20) == near_relative(-9.2623400897984075796, 1e-15));
  CHECK(normal_quantile(1e-10) == near_relative(-6.3613409024040561991, 1e-15));
  CHECK(normal_quantile(0.001) == near_relative(-3.0902323061678135354, 1e-15));
  CHECK(normal_quantile(0.05) == near_relative(-1.644853626951472688, 1e-15));
  CHECK(normal_quantile(0.3) == near_relative(-0.52440051270804081597, 1e-15));
  CHECK(normal_quantile(0.77) == near_relative(0.73884684918521368782, 1e-15));
  CHECK(normal_quantile(0.999) == near_relative(3.0902323061678132778, 1e-15));
  CHECK(normal_quantile(0.95) == near_relative(1.6448536269514727, 1e-15));
  CHECK(normal_quantile(0.975) == near_relative(1.9599639845400542, 1e-15));
  CHECK(normal_quantile(0.5) == 0);
  CHECK(normal_quantile(0) == -INFINITY);
  CHECK(normal_quantile(1) == INFINITY);
  CHECK(normal_cdf(0) == near_relative(0.5, 1e-16));
  CHECK(normal_cdf(-1) == near_relative(0.15865525393145705142, 1e-15));
  CHECK(normal_cdf(-INFINITY) == 0);
  CHECK(normal_cdf(INFINITY) == 1);
  // erfc of the C library as a second opinion.
  for (double x = -37.4; x < 8; x += 0.013) {
    CAPTURE(x);
    CHECK(normal_cdf(x) == near_relative(0.5 * std::erfc(-x / std::sqrt(2.0)), 1e-12));
    if (x < 3) CHECK(normal_quantile(normal_cdf(x)) == doctest::Approx(x).epsilon(2e-14).scale(1));
  }
}

TEST_CASE("log gamma and the incomplete beta function") {
  // mpmath, 40 digits.
  CHECK(log_gamma(0.1) == near_relative(2.252712651734205902, 1e-14));
  CHECK(log_gamma(0.5) == near_relative(0.57236494292470008707, 1e-14));
  CHECK(log_gamma(1.5) == near_relative(-0.12078223763524522235, 1e-14));
  CHECK(log_gamma(10) == near_relative(12.801827480081469611, 1e-14));
  CHECK(log_gamma(1000) == near_relative(5905.2204232091812118, 1e-15));
  CHECK(std::fabs(log_gamma(1)) < 2e-15);
  CHECK(std::fabs(log_gamma(2)) < 2e-15);

  CHECK(beta_cdf(0.3, 2, 5) == near_relative(0.57982499999999997601));
  CHECK(beta_upper_tail(0.3, 2, 5) == near_relative(0.42017500000000002399));
  CHECK(beta_cdf(1e-5, 0.001, 3) == near_relative(0.99003639879457362989));
  CHECK(beta_upper_tail(1e-5, 0.001, 3) == near_relative(0.0099636012054263701133, 1e-12));
  CHECK(beta_cdf(0.5, 5e5, 5e5) == near_relative(0.5, 1e-12));
  CHECK(beta_cdf(0.4995, 5e5, 5e5) == near_relative(0.15865525393142659013, 1e-12));
  CHECK(beta_upper_tail(0.0012, 1000, 999000) == near_relative(1.2620335124669882361e-9, 1e-12));
  CHECK(beta_upper_tail(0.7, 0.01, 100) == near_relative(7.6933418739004154945e-57, 1e-12));
  CHECK(beta_cdf(0, 2, 3) == 0);
  CHECK(beta_cdf(1, 2, 3) == 1);
  // I_x(1, b) = 1 - (1-x)^b; I_x(a, 1) = x^a; I_x(1/2, 1/2) = 2/π asin √x.
  for (const double x : {1e-6, 0.01, 0.2, 0.5, 0.77, 0.999}) {
    CAPTURE(x);
    CHECK(beta_cdf(x, 1, 3.7) == near_relative(-std::expm1(3.7 * std::log1p(-x)), 1e-13));
    CHECK(beta_cdf(x, 0.04, 1) == near_relative(std::pow(x, 0.04), 1e-13));
    CHECK(beta_cdf(x, 0.5, 0.5) == near_relative(2 / std::acos(-1.0) * std::asin(std::sqrt(x)), 1e-13));
  }
}

TEST_CASE("what is a distribution and what is not") {
  for (const auto& distribution : k_ordinary) CHECK(is_proper(distribution));
  for (const auto& distribution : k_extreme) CHECK(is_proper(distribution));
  const DistributionOfInput improper[] = {
      {uniform, {2, 1}},        {uniform, {0, INFINITY}},
      {triangular, {0, -1, 1}}, {triangular, {0, 2, 1}},
      {pert, {0, NAN, 1}},      {pert, {0, 2, 1}},
      {pert, {NAN, NAN, NAN}},  {normal, {0, 0}},
      {normal, {0, -1}},        {normal, {NAN, 1}},
      {lognormal, {0, 1}},      {lognormal, {1, 0}},
      {lognormal, {-1, 1}},     {beta, {0, 2}},
      {beta, {1, 2}},           {beta, {0.5, 0}},
      {beta, {0.5, INFINITY}},  {beta, {1e-300, 1e-300}},
      {beta, {0.5, 1e-310}},    {beta, {0x1.fffffffffffffp-1, 1e-90}},
      {p10_p90, {2, 2}},        {p10_p90, {3, 2}},
      {p10_p90, {NAN, 2}},      {uniform, {-1.7e308, 1.7e308}}};
  for (const auto& distribution : improper) CHECK_FALSE(is_proper(distribution));
}

TEST_CASE("low = high is always that value, at the ends of the range too") {
  const DistributionOfInput points[] = {{uniform, {3, 3}}, {triangular, {3, 3, 3}}, {pert, {3, 3, 3}}};
  for (const DistributionOfInput& point : points) {
    CHECK(is_proper(point));
    for (const Range range : {Range{0, 10}, Range{3, 10}, Range{0, 3}}) {
      const TruncatedDistribution constant(point, range);
      CHECK(constant.mass() == 1);
      for (const double u : {0.0, 0x1p-53, 0.3, 0.5, 1.0}) CHECK(constant.quantile(u) == 3);
      CHECK(constant.cdf(2.999) == 0);
      CHECK(constant.cdf(3) == 1);
      std::vector<double> column{0.1, 0.9};
      constant.quantiles(column, column);
      CHECK(column == std::vector<double>{3, 3});
    }
    CHECK(TruncatedDistribution(point, {4, 10}).mass() == 0);
    CHECK(TruncatedDistribution(point, {4, 10}).quantile(0.5) == 4);
    CHECK(TruncatedDistribution(point, {-5, 2}).quantile(0.5) == 2);
  }
}

TEST_CASE("published quantiles and moments") {
  CHECK(quantile(triangular, {28, 42, 65}, 0.05) == near_relative(33.089204259999789));
  CHECK(quantile(triangular, {28, 42, 65}, 0.5) == near_relative(44.372348655263731));
  CHECK(quantile(triangular, {28, 42, 65}, 0.95) == near_relative(58.476963897079827));
  CHECK(quantile(pert, {28, 42, 65}, 0.05) == near_relative(32.784354786265560));
  CHECK(quantile(pert, {28, 42, 65}, 0.5) == near_relative(43.146383197420472));
  CHECK(quantile(pert, {28, 42, 65}, 0.95) == near_relative(55.432878150205589));
  CHECK(quantile(beta, {0.01, 400}, 0.05) == near_relative(0.0034313955572502642));
  CHECK(quantile(beta, {0.01, 400}, 0.5) == near_relative(0.0091954132660969847));
  CHECK(quantile(beta, {0.01, 400}, 0.95) == near_relative(0.019317235046988492));
  CHECK(quantile(beta, {0.012, 500}, 0.05) == near_relative(0.0052490874731556536));
  CHECK(quantile(beta, {0.012, 500}, 0.95) == near_relative(0.020951995316341744));
  CHECK(quantile(beta, {0.5, 4}, 0.05) == near_relative(0.13535036217158378));
  CHECK(quantile(lognormal, {3, 0.35}, 0.05) == near_relative(1.6869354155737143));
  CHECK(quantile(lognormal, {3, 0.35}, 0.5) == near_relative(3));
  CHECK(quantile(lognormal, {3, 0.35}, 0.95) == near_relative(5.3351182961199297));
  // A 90 % interval 2 … 8.
  CHECK(quantile(lognormal, {4, 0.42140356394179923}, 0.05) == near_relative(2));
  CHECK(quantile(lognormal, {4, 0.42140356394179923}, 0.95) == near_relative(8));
  CHECK(quantile(normal, {0, 1}, 0.999) == near_relative(3.0902323061678135));
  CHECK(quantile(p10_p90, {2, 8}, 0.1) == near_relative(2));
  CHECK(quantile(p10_p90, {2, 8}, 0.9) == near_relative(8));

  // mpmath, 40 digits: low and high tails, small and large shapes.
  const auto of_beta = [](double a, double b, double u) {
    const double t = BetaQuantileTable(BetaShape(a, b)).logit_quantile(u, 1 - u);
    return 1 / (1 + std::exp(-t));
  };
  CHECK(of_beta(4, 396, 1e-9) == near_relative(0.000031390205692080267734));
  CHECK(of_beta(2.5, 3.5, 0.999999) == near_relative(0.98920990269862597483));
  CHECK(of_beta(0.5, 0.5, 0.3) == near_relative(0.20610737385376342131));
  CHECK(of_beta(0.1, 20, 0.01) == near_relative(3.1060835037233461253e-22, 1e-12));
  CHECK(of_beta(0.02, 0.03, 0.5) == near_relative(0.00010476497923955022321, 1e-12));
  CHECK(of_beta(300, 700, 0.25) == near_relative(0.29015308566940249206));

  const auto check = [](DistributionOfInput distribution, double mean, double variance, double within) {
    const auto got = moments(TruncatedDistribution(distribution, k_wide));
    CHECK(got.mean == near_relative(mean, within));
    CHECK(got.variance == near_relative(variance, within * 100));
  };
  check({triangular, {28, 42, 65}}, 45, 58.166666666666667, 1e-9);
  check({pert, {28, 42, 65}}, 43.5, 47.607142857142857, 1e-8);
  check({beta, {0.01, 400}}, 0.01, 2.468827930174563591e-5, 1e-6);
  check({lognormal, {3, 0.35}}, 3.1894940164023038, 1.3257197381778800, 1e-5);
  check({lognormal, {4, 0.42140356394179923}}, 4.3714066403249838, 3.7133897563381719, 1e-5);
  check({p10_p90, {2, 8}}, 5, std::pow(3 / 1.2815515655446004, 2), 1e-6);
  check({uniform, {2, 8}}, 5, 3, 1e-10);
}

TEST_CASE("the table is the iteration to 12 digits") {
  const double shapes[][2] = {{2.5135135135135135, 3.4864864864864865},
                              {1, 5},
                              {5, 1},
                              {4, 396},
                              {0.5, 0.5},
                              {0.1, 0.3},
                              {0.05, 0.05},
                              {0.01, 0.02},
                              {1e-4, 0.01},
                              {5e5, 5e5},
                              {1, 999999},
                              {1e-3, 1e6},
                              {30, 0.2}};
  for (const auto& pair : shapes) {
    const double a = pair[0];
    const double b = pair[1];
    const BetaShape shape(a, b);
    const BetaQuantileTable table(shape);
    double worst = 0;
    const auto compare = [&](double lower, double upper) {
      const double got = table.logit_quantile(lower, upper);
      const double wanted = shape.logit_quantile(lower, upper);
      // Error of x relative to x, where x = e^t/(1 + e^t) does not vanish altogether.
      if (got == wanted || wanted < -740) return;
      worst = std::fmax(worst, std::fabs(got - wanted) / (1 + std::exp(wanted)));
    };
    for (int i = 0; i < 2000; ++i) {
      compare((i + 0.5) / 2000, 1 - (i + 0.5) / 2000);
      const double tail = std::pow(10, -i * 0.01);
      compare(tail, 1 - tail);
      if (i > 0) compare(1 - tail, tail);
    }
    CAPTURE(a);
    CAPTURE(b);
    // Below a shape of 0.01 the last digit of a probability alone moves x by more than that.
    CHECK(worst < std::fmax(1e-12, 1e-14 / std::fmin(a, b)));
  }
}

TEST_CASE("draws rise with u, stay in range and come back through the distribution function") {
  const auto walk = [](const DistributionOfInput& distribution, Range range, bool invertible) {
    const TruncatedDistribution truncated(distribution, range);
    CAPTURE(static_cast<int>(distribution.kind));
    CAPTURE(distribution.parameters[0]);
    CAPTURE(distribution.parameters[1]);
    double previous = -INFINITY;
    bool rises = true, stays = true, returns = true;
    for (int i = 0; i <= 4000; ++i) {
      const double u = i == 0 ? 0x1p-53 : i == 4000 ? 1 - 0x1p-53 : i / 4000.0;
      const double x = truncated.quantile(u);
      rises = rises && x >= previous;
      stays = stays && std::isfinite(x) && x >= range.low && x <= range.high;
      returns = returns && std::fabs(truncated.cdf(x) - u) < 1e-11;
      previous = x;
    }
    CHECK(rises);
    CHECK(stays);
    CHECK(truncated.mass() >= 0);
    CHECK(truncated.mass() <= 1);
    if (invertible) CHECK(returns);
    for (const double u : {0.0, 1.0}) {
      CHECK(truncated.quantile(u) >= range.low);
      CHECK(truncated.quantile(u) <= range.high);
    }
  };
  for (const auto& distribution : k_ordinary) {
    walk(distribution, k_wide, true);
    const TruncatedDistribution whole(distribution, k_wide);
    walk(distribution, {whole.quantile(0.2), whole.quantile(0.7)}, true);
    walk(distribution, {whole.quantile(0.9), whole.quantile(0.999)}, true);
    walk(distribution, {whole.quantile(0.001), whole.quantile(0.01)}, true);
  }
  for (const auto& distribution : k_extreme) {
    walk(distribution, k_wide, false);
    walk(distribution, {0, 1}, false);
    walk(distribution, {0.3, 0.4}, false);
  }
}

TEST_CASE("truncation redistributes what lies outside; it is no clamp") {
  // Half of a normal: its median is the upper quartile of the whole.
  const TruncatedDistribution half({normal, {0, 1}}, {0, 1e6});
  CHECK(half.mass() == near_relative(0.5));
  CHECK(half.quantile(0.5) == near_relative(0.67448975019608174320));
  CHECK(half.quantile(0x1p-40) > 0);
  // Mean of a normal within a … b: (φ(a) - φ(b))/(Φ(b) - Φ(a)).
  const auto phi = [](double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1.0)); };
  const TruncatedDistribution slice({normal, {0, 1}}, {-0.5, 2});
  const double mass = normal_cdf(2) - normal_cdf(-0.5);
  CHECK(slice.mass() == near_relative(mass));
  CHECK(moments(slice).mean == near_relative((phi(0.5) - phi(2)) / mass, 1e-9));
  // Far above, where 1 - Φ has no digits left: the excess over 10 sd is nearly exponential.
  const TruncatedDistribution far({normal, {0, 1}}, {10, 1e6});
  CHECK(far.mass() == near_relative(7.6198530241605260660e-24, 1e-13));
  CHECK(far.quantile(0.5) == near_relative(10.0684118360814294045, 1e-14));
  CHECK(normal_upper_tail(far.quantile(0.25)) == near_relative(0.75 * far.mass(), 1e-12));
  const TruncatedDistribution below({normal, {0, 1}}, {-1e6, -10});
  CHECK(below.quantile(0.25) == near_relative(-far.quantile(0.75), 1e-14));
  // Closed forms: x² and 1 - (1-x)² on [0, 1]; a uniform.
  CHECK(quantile(triangular, {0, 1, 1}, 0.5, {0.5, 2}) == near_relative(std::sqrt(0.25 + 0.5 * 0.75)));
  CHECK(quantile(triangular, {0, 0, 1}, 0.5, {0.5, 2}) == near_relative(1 - std::sqrt(0.125)));
  CHECK(quantile(uniform, {0, 10}, 0.25, {4, 8}) == near_relative(5));
  CHECK(quantile(beta, {0.5, 2}, 0.25, {0.4, 0.8}) == near_relative(0.5));
  // Log-normal cut at its median.
  CHECK(quantile(lognormal, {3, 0.35}, 0.5, {3, 1e9}) ==
        near_relative(3 * std::exp(0.35 * 0.67448975019608174320)));
}

TEST_CASE("a range without probability gives its nearer end") {
  const TruncatedDistribution above({uniform, {0, 1}}, {2, 3});
  CHECK(above.mass() == 0);
  CHECK(above.quantile(0.5) == 2);
  const TruncatedDistribution below({normal, {1000, 1}}, {2, 3});
  CHECK(below.mass() == 0);
  CHECK(below.quantile(0.5) == 3);
  CHECK(TruncatedDistribution({normal, {0, 1}}, {50, 60}).quantile(0.9) == 50);
}

TEST_CASE("one draw and a column of draws have the same bits") {
  std::vector<double> u;
  for (int i = 0; i < 1000; ++i) u.push_back((i + 0.5) / 1000);
  u.push_back(0x1p-53);
  u.push_back(1 - 0x1p-53);
  for (const auto* list : {&k_ordinary, &k_extreme}) {
    for (const auto& distribution : *list) {
      const TruncatedDistribution truncated(distribution, {-5, 100});
      std::vector<double> column(u);
      truncated.quantiles(column, column);
      bool same = true;
      for (std::size_t i = 0; i < u.size(); ++i) same = same && column[i] == truncated.quantile(u[i]);
      CHECK(same);
    }
  }
}

TEST_SUITE_END();
