// Futures against closed forms: what the distribution of an input makes of the profit is known where
// the profit is linear in it.
#include "growth/simulate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <numeric>

#include "analysis/futures.hpp"
#include "growth/fields.hpp"
#include "growth/run.hpp"
#include "growth/validate.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;
using enum growth::DistributionKind;

namespace {

constexpr const char* k_quantiles[] = {"p5", "p25", "p50", "p75", "p95"};
constexpr double k_quantile_shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};

double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }
double normal_density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2 * std::acos(-1.0)); }

/// Nobody comes and nothing is sold: profit = -horizon · (fixed + sessions · (session + 3 h · hourly)).
Scenario<double> costs_alone() {
  Scenario<double> scenario;
  scenario.horizon_months = 3;
  scenario.private_domain.users = 0;
  scenario.live.first_wave_min = 0;
  scenario.live.first_wave_max = 0;
  scenario.costs.hourly_cost = 0;
  scenario.costs.session_cost = 0;
  scenario.costs.fixed_monthly = 0;
  return scenario;
}
constexpr double k_horizon = 3;
constexpr double k_sessions = 12;

/// Futures go through whole counts of waves and sessions by doubling, which rounds differently from the
/// plan.
constexpr double k_rounding = 1e-12;

/// A scenario in which many things happen, and several of them are guesses.
Json rich(int trials) {
  Json request = Json::parse(test::file_text("golden/futures-scenario.json"));
  for (const char* key : {"sensitivity", "seek", "allocate"}) request.erase(key);
  request["uncertainty"]["trials"] = trials;
  return request;
}

Futures futures_of(const Scenario<double>& scenario, const Uncertainty& uncertainty) {
  const Errors errors = validate(scenario, uncertainty);
  REQUIRE_MESSAGE(errors.empty(), errors.front().path);
  auto futures = simulate(scenario, nullptr, uncertainty, {});
  REQUIRE(futures.has_value());
  return *std::move(futures);
}

const TotalSpread& total(const Futures& futures, std::string_view metric) {
  const auto found = std::find_if(futures.totals.begin(), futures.totals.end(),
                                  [&](const TotalSpread& t) { return t.metric == metric; });
  REQUIRE(found != futures.totals.end());
  return *found;
}

std::array<double, 5> quantiles_of(const Spread& s) { return {s.p5, s.p25, s.p50, s.p75, s.p95}; }

/// An uncertain monthly cost and what is known about it, all from outside this program.
struct KnownSpread {
  DistributionOfInput distribution;
  std::array<double, 5> quantiles;  // of k_quantile_shares
  double mean;
  double sd;
};

/// Quantile of the triangle 28, 42, 65, from its definition.
double triangle(double p) {
  const double share_left = (42.0 - 28) / (65 - 28);
  return p < share_left ? 28 + std::sqrt(p * 37 * 14) : 65 - std::sqrt((1 - p) * 37 * 23);
}

// Normal quantiles 0.6745 and 1.6449: any table; PERT and beta in the middle: see below.
constexpr double k_z75 = 0.67448975019608174;
constexpr double k_z95 = 1.6448536269514727;
constexpr double k_z90 = 1.2815515655446004;

/// The cost's figures from the profit's: profit = -3 · cost, so the order is turned round.
void check_known(const KnownSpread& known, const Futures& futures, double tolerance_in_sd) {
  const TotalSpread& profit = total(futures, "profit");
  const auto found = quantiles_of(profit.spread);
  for (std::size_t q = 0; q < 5; ++q) {
    CAPTURE(q);
    if (std::isnan(known.quantiles[q])) continue;
    // In the tails the density is about a quarter of that in the middle.
    const double tolerance = (q == 0 || q == 4 ? 4 : 1) * tolerance_in_sd * known.sd;
    CHECK(std::fabs(found[4 - q] / -k_horizon - known.quantiles[q]) < tolerance);
  }
  CHECK(std::fabs(profit.spread.mean / -k_horizon - known.mean) < tolerance_in_sd * known.sd);
  CHECK(std::fabs(profit.sd / k_horizon / known.sd - 1) < 4 * tolerance_in_sd);
  // Every month has the same cost, and cash leaves at once.
  for (const FanColumn& column : futures.columns) {
    if (column.column == "profit") {
      for (const Spread& month : column.months)
        CHECK(month.mean == doctest::Approx(-known.mean).epsilon(1e-3));
    } else if (column.column == "cumulative_cash") {
      CHECK(column.months.back().p5 == doctest::Approx(profit.spread.p5).epsilon(1e-12));
    } else if (column.column == "viewers" || column.column == "gmv") {
      CHECK(column.months.back().p95 == 0);
    }
  }
}

std::vector<KnownSpread> every_kind() {
  const double nothing = std::nan("");
  std::vector<KnownSpread> list;
  list.push_back(
      {{uniform, {2000, 12000}}, {2500, 4500, 7000, 9500, 11500}, 7000, 10000 / std::sqrt(12.0)});
  KnownSpread triangular_known{{triangular, {28, 42, 65}}, {}, 45, 7.6267074590983668};
  for (std::size_t q = 0; q < 5; ++q) triangular_known.quantiles[q] = triangle(k_quantile_shares[q]);
  // Against the published ones, UNCERTAINTY.md section 6.
  CHECK(triangular_known.quantiles[0] == doctest::Approx(33.089204259999789).epsilon(1e-14));
  CHECK(triangular_known.quantiles[4] == doctest::Approx(58.476963897079827).epsilon(1e-14));
  list.push_back(triangular_known);
  // UNCERTAINTY.md section 6 (mpmath, R).
  list.push_back({{pert, {28, 42, 65}},
                  {32.784354786265560, nothing, 43.146383197420472, nothing, 55.432878150205589},
                  43.5,
                  std::sqrt(47.607142857142857)});
  list.push_back(
      {{normal, {9000, 800}},
       {9000 - 800 * k_z95, 9000 - 800 * k_z75, 9000, 9000 + 800 * k_z75, 9000 + 800 * k_z95},
       9000,
       800});
  list.push_back({{lognormal, {3, 0.35}},
                  {1.6869354155737143, 3 * std::exp(-0.35 * k_z75), 3, 3 * std::exp(0.35 * k_z75),
                   5.3351182961199297},
                  3.1894940164023038,
                  std::sqrt(1.3257197381778800)});
  list.push_back(
      {{beta, {0.01, 400}},
       {0.0034313955572502642, nothing, 0.0091954132660969847, nothing, 0.019317235046988492},
       0.01,
       std::sqrt(2.468827930174563591e-5)});
  const double sd = 2000 / (2 * k_z90);
  list.push_back({{p10_p90, {5000, 7000}},
                  {6000 - sd * k_z95, 6000 - sd * k_z75, 6000, 6000 + sd * k_z75, 6000 + sd * k_z95},
                  6000,
                  sd});
  return list;
}

}  // namespace

TEST_CASE("one uncertain cost: the profit has its quantiles, mean and spread") {
  for (const KnownSpread& known : every_kind()) {
    CAPTURE(distribution_name(known.distribution.kind));
    Uncertainty uncertainty;
    uncertainty.inputs = {{"costs.fixed_monthly", known.distribution}};
    // Eight replicates of 1,024 points: each share is good to about (1/1024)/√8/2 = 2e-4.
    check_known(known, futures_of(costs_alone(), uncertainty), 1e-3);
    // Pseudo-random futures miss by 1/√n of an sd, a few times that at most.
    uncertainty.sampler = Sampler::philox;
    uncertainty.trials = 16384;
    check_known(known, futures_of(costs_alone(), uncertainty), 4 / 128.0);
  }
}

TEST_CASE("a distribution is cut at the field's range, not clamped to it") {
  // A normal below 0 cut at 0: mean μ + σλ, variance σ²(1 + αλ - λ²), α = -μ/σ, λ = φ(α)/(1 - Φ(α))
  // (Johnson, Kotz and Balakrishnan, vol. 1, section 13.10.1); once near its middle, once far out.
  for (const double mean : {2000.0, -6000.0}) {
    CAPTURE(mean);
    constexpr double k_sd = 3000;
    const double alpha = -mean / k_sd;
    const double kept = normal_below(-alpha);
    const double lambda = normal_density(alpha) / kept;
    const double sd = k_sd * std::sqrt(1 + alpha * lambda - lambda * lambda);
    Uncertainty uncertainty;
    uncertainty.inputs = {{"costs.fixed_monthly", {normal, {mean, k_sd}}}};
    const TotalSpread cost = total(futures_of(costs_alone(), uncertainty), "profit");
    CHECK(cost.spread.mean / -k_horizon == doctest::Approx(mean + k_sd * lambda).epsilon(1e-3));
    CHECK(cost.sd / k_horizon == doctest::Approx(sd).epsilon(4e-3));
    const auto found = quantiles_of(cost.spread);
    for (std::size_t q = 0; q < 5; ++q) {
      CAPTURE(q);
      const double z = (found[4 - q] / -k_horizon - mean) / k_sd;
      CHECK(std::fabs(1 - normal_below(-z) / kept - k_quantile_shares[q]) < 8e-4);
    }
    CHECK(cost.histogram.edges.back() < 0);  // a clamp would have put futures on 0
  }
  // Cut from above, where margins end: sales do not depend on the margin, the profit does by 1 ¥ each.
  Scenario<double> scenario;
  scenario.horizon_months = 2;
  const Json at_zero = test::plan_of(Json::parse(R"({"horizon_months":2,"costs":{"gross_margin":0}})"));
  const double fixed_part = at_zero["summary"]["profit"];
  const double settled = at_zero["summary"]["settled_gmv"];
  Uncertainty uncertainty;
  uncertainty.inputs = {{"costs.gross_margin", {normal, {0.9, 0.2}}}};
  const TotalSpread profit = total(futures_of(scenario, uncertainty), "profit");
  const double kept = normal_below(0.5);
  CHECK((profit.spread.mean - fixed_part) / settled ==
        doctest::Approx(0.9 - 0.2 * normal_density(0.5) / kept).epsilon(1e-4));
  CHECK(normal_below(((profit.spread.p95 - fixed_part) / settled - 0.9) / 0.2) / kept ==
        doctest::Approx(0.95).epsilon(1e-3));
  CHECK((profit.histogram.edges.back() - fixed_part) / settled < 1);
}

TEST_CASE("low = high is a constant, of every bounded kind and at the ends of the range") {
  Scenario<double> scenario;
  scenario.horizon_months = 4;
  for (const double value : {0.0, 0.25, 1.0}) {
    CAPTURE(value);
    for (const DistributionOfInput& constant : {DistributionOfInput{uniform, {value, value}},
                                                DistributionOfInput{triangular, {value, value, value}},
                                                DistributionOfInput{pert, {value, value, value}}}) {
      Uncertainty uncertainty;
      uncertainty.trials = 100;
      uncertainty.inputs = {{"orders.return_rate", constant}};
      const Futures futures = futures_of(scenario, uncertainty);
      Scenario<double> plain = scenario;
      plain.orders.return_rate = value;
      const Plan plan = growth::plan(plain, nullptr);
      const TotalSpread& profit = total(futures, "profit");
      for (const double q : quantiles_of(profit.spread))
        CHECK(q == doctest::Approx(plan.summary.profit).epsilon(k_rounding));
      CHECK(profit.spread.mean == doctest::Approx(plan.summary.profit).epsilon(k_rounding));
      CHECK(profit.sd == 0);
    }
  }
  // The mode may stand on either end.
  for (const double mode : {28.0, 65.0}) {
    Uncertainty uncertainty;
    uncertainty.inputs = {{"costs.fixed_monthly", {triangular, {28, mode, 65}}}};
    CHECK(total(futures_of(costs_alone(), uncertainty), "profit").spread.mean / -k_horizon ==
          doctest::Approx((28 + mode + 65) / 3).epsilon(1e-4));
    uncertainty.inputs = {{"costs.fixed_monthly", {pert, {28, mode, 65}}}};
    CHECK(total(futures_of(costs_alone(), uncertainty), "profit").spread.mean / -k_horizon ==
          doctest::Approx((28 + 4 * mode + 65) / 6).epsilon(1e-4));
  }
}

TEST_CASE("two uncertain costs: the variance of their sum, with and without correlation") {
  constexpr double k_sd_fixed = 900;
  constexpr double k_sd_session = 40;
  for (const double rho : {0.0, 0.6, -0.5, 0.999}) {
    CAPTURE(rho);
    Uncertainty uncertainty;
    uncertainty.inputs = {{"costs.fixed_monthly", {normal, {9000, k_sd_fixed}}},
                          {"costs.session_cost", {normal, {500, k_sd_session}}}};
    if (rho != 0) {
      uncertainty.correlation = {{"costs.session_cost", "costs.fixed_monthly"}, {1, rho, rho, 1}};
    }
    const double b = k_sessions * k_sd_session;
    const double sd = k_horizon * std::sqrt(k_sd_fixed * k_sd_fixed + b * b + 2 * rho * k_sd_fixed * b);
    const double mean = -k_horizon * (9000 + k_sessions * 500);
    uncertainty.targets = {{"profit", mean}, {"profit", mean + sd}};
    const Futures futures = futures_of(costs_alone(), uncertainty);
    const TotalSpread& profit = total(futures, "profit");
    CHECK(std::fabs(profit.spread.mean - mean) < 2e-3 * sd);
    CHECK(profit.sd == doctest::Approx(sd).epsilon(4e-3));
    // The sum of two normals is one.
    CHECK(std::fabs(profit.spread.p95 - (mean + k_z95 * sd)) < 0.02 * sd);
    CHECK(std::fabs(profit.spread.p25 - (mean - k_z75 * sd)) < 0.01 * sd);
    CHECK(std::fabs(futures.targets[0].value - 0.5) < 5e-3);
    CHECK(std::fabs(futures.targets[1].value - (1 - normal_below(1))) < 5e-3);
  }
  // A Gaussian copula gives uniforms the correlation 6/π · asin(ρ/2) (Pearson 1907).
  Uncertainty uncertainty;
  uncertainty.inputs = {{"costs.fixed_monthly", {uniform, {0, 12000}}},
                        {"costs.session_cost", {uniform, {0, 1000}}}};
  uncertainty.correlation = {{"costs.fixed_monthly", "costs.session_cost"}, {1, 0.7, 0.7, 1}};
  const double each = 12000 / std::sqrt(12.0);
  const double correlation = 6 / std::acos(-1.0) * std::asin(0.35);
  CHECK(total(futures_of(costs_alone(), uncertainty), "profit").sd / k_horizon ==
        doctest::Approx(each * std::sqrt(2 + 2 * correlation)).epsilon(4e-3));
}

TEST_CASE("every future's profit follows from its draws; quantiles are of type 7") {
  Uncertainty uncertainty;
  uncertainty.trials = 1000;
  uncertainty.inputs = {{"costs.fixed_monthly", {lognormal, {6000, 0.5}}},
                        {"costs.session_cost", {uniform, {100, 900}}}};
  for (const Sampler sampler : {Sampler::sobol, Sampler::philox}) {
    uncertainty.sampler = sampler;
    const Scenario<double> scenario = costs_alone();
    const analysis::Draws draws(scenario, uncertainty);
    std::vector<double> profits;
    std::vector<double> columns(2 * analysis::k_block);
    for (int first = 0; first < uncertainty.trials; first += analysis::k_block) {
      const int count = std::min(analysis::k_block, uncertainty.trials - first);
      draws.fill(first, count, columns.data(), analysis::k_block);
      for (int i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(i);
        profits.push_back(-k_horizon * (columns[row] + k_sessions * columns[analysis::k_block + row]));
      }
    }
    std::sort(profits.begin(), profits.end());
    const TotalSpread profit = total(futures_of(scenario, uncertainty), "profit");
    const auto found = quantiles_of(profit.spread);
    for (std::size_t q = 0; q < 5; ++q) {
      const double h = 999 * k_quantile_shares[q];
      const auto below = static_cast<std::size_t>(h);
      const double wanted =
          profits[below] + (h - std::floor(h)) * (profits[below + 1] - profits[below]);
      CHECK(found[q] == doctest::Approx(wanted).epsilon(1e-12));
    }
    CHECK(profit.histogram.edges.front() == doctest::Approx(profits.front()).epsilon(1e-12));
    CHECK(profit.histogram.edges.back() == doctest::Approx(profits.back()).epsilon(1e-12));
  }
}

TEST_CASE("a sample is the beginning of every larger one, kept columns or not") {
  Scenario<double> scenario;
  scenario.horizon_months = 5;
  for (const Sampler sampler : {Sampler::sobol, Sampler::philox}) {
    Uncertainty uncertainty;
    uncertainty.sampler = sampler;
    uncertainty.traffic_volatility = 0.4;
    uncertainty.inputs = {{"costs.fixed_monthly", {normal, {6000, 900}}},
                          {"orders.return_rate", {beta, {0.1, 40}}},
                          {"private.reach_rate", {pert, {0.2, 0.4, 0.7}}}};
    uncertainty.correlation = {{"costs.fixed_monthly", "private.reach_rate"}, {1, 0.5, 0.5, 1}};
    std::vector<std::vector<double>> samples;
    // A million futures are too many to be kept: they are drawn block by block.
    for (const int trials : {512, 600, 4096, 1000000}) {
      uncertainty.trials = trials;
      const analysis::Draws draws(scenario, uncertainty);
      std::vector<double> rows(8 * analysis::k_block);
      draws.fill(0, 512, rows.data(), analysis::k_block);
      draws.fill_noise(0, 512, 5, rows.data() + 3 * analysis::k_block, analysis::k_block);
      samples.push_back(rows);
    }
    for (const auto& sample : samples) CHECK(sample == samples.front());
  }
}

TEST_CASE("what was drawn before does not show") {
  const std::string first = rich(700).dump();
  const std::string fresh = run("simulate", first, {}).text;
  Json other = rich(700);
  other["uncertainty"]["inputs"]["conversion.public"] = {
      {"dist", "uniform"}, {"low", 0.001}, {"high", 0.004}};
  other["uncertainty"]["inputs"].erase("channels[0].cost_per_viewer");
  other["horizon_months"] = 3;
  const std::string changed = run("simulate", other.dump(), {}).text;
  CHECK(changed != fresh);
  CHECK(run("simulate", first, {}).text == fresh);
  CHECK(run("simulate", other.dump(), {}).text == changed);
  // Push everything out of the memory of columns, and draw again.
  Uncertainty large;
  large.trials = 100'000;
  large.inputs = {{"costs.fixed_monthly", {uniform, {0, 1}}},
                  {"costs.session_cost", {uniform, {0, 1}}}};
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    large.seed = seed;
    const analysis::Draws draws(costs_alone(), large);
    CHECK(draws.inputs() == 2);
  }
  CHECK(run("simulate", first, {}).text == fresh);
}

TEST_CASE("the seed decides the futures, and it alone") {
  for (const char* sampler : {"sobol", "philox"}) {
    CAPTURE(sampler);
    Json request = rich(520);
    request["uncertainty"]["sampler"] = sampler;
    std::vector<std::string> texts;
    for (const double seed : {0.0, 1.0, 4294967295.0}) {
      request["uncertainty"]["seed"] = seed;
      const Response response = run("simulate", request.dump(), {});
      REQUIRE(response.ok);
      CHECK(Json::parse(response.text)["seed"] == seed);
      CHECK(run("simulate", request.dump(), {}).text == response.text);
      texts.push_back(response.text);
    }
    CHECK(Json::parse(texts[0])["totals"]["gmv"]["p50"] !=
          Json::parse(texts[1])["totals"]["gmv"]["p50"]);
    CHECK(Json::parse(texts[1])["totals"]["gmv"]["p50"] !=
          Json::parse(texts[2])["totals"]["gmv"]["p50"]);
    // The plan at the medians knows no luck.
    CHECK(Json::parse(texts[0])["central"] == Json::parse(texts[2])["central"]);
  }
}

TEST_CASE("natural traffic has a mean of 1, the wanted spread, and no memory") {
  // Strangers alone: nobody buys, joins or shares, ceilings are far away and the account's weight is
  // held, so a month's viewers are a constant times ζ.
  Scenario<double> scenario;
  scenario.horizon_months = 2;
  scenario.private_domain.users = 0;
  scenario.private_domain.viewer_join_rate = 0;
  scenario.conversion = {0, 0, 0};
  scenario.live.weight_inertia = 1;
  scenario.live.public_ceiling = 1e9;
  scenario.live.monthly_public_ceiling = 1e10;
  scenario.live.first_wave_min = 1;
  scenario.live.first_wave_max = 1;
  const double without = growth::plan(scenario, nullptr).summary.viewers / 2;
  REQUIRE(without > 10);
  REQUIRE(without < 1000);
  for (const double v : {0.3, 0.8}) {
    CAPTURE(v);
    Uncertainty uncertainty;
    uncertainty.trials = 40'000;
    uncertainty.traffic_volatility = v;
    const Futures futures = futures_of(scenario, uncertainty);
    const double sd = std::sqrt(std::expm1(v * v));  // of ζ
    const double of_mean = sd / std::sqrt(40'000);
    CHECK(futures.columns[0].column == "viewers");
    for (const Spread& month : futures.columns[0].months) {
      CHECK(std::fabs(month.mean / without - 1) < 4 * of_mean);
      const auto found = quantiles_of(month);
      const double z[] = {-k_z95, -k_z75, 0, k_z75, k_z95};
      // A quantile of n draws has the standard error √(p(1-p)/n)/density: 0.0106 at 5 % and 95 %.
      for (std::size_t q = 0; q < 5; ++q) {
        CAPTURE(q);
        CHECK(std::fabs(std::log(found[q] / without) + v * v / 2 - v * z[q]) < 4 * v * 0.0106);
      }
    }
    // Two months without memory: variances add. Were they one, it would be twice as much.
    const TotalSpread& viewers = total(futures, "viewers");
    CHECK(viewers.spread.mean == doctest::Approx(2 * without).epsilon(4 * of_mean));
    CHECK(viewers.sd == doctest::Approx(std::sqrt(2.0) * sd * without).epsilon(0.05));
    CHECK(futures.central.viewers == 2 * without);
  }
  // No volatility, no noise.
  const Futures calm = futures_of(scenario, {});
  CHECK(total(calm, "viewers").sd == 0);
  CHECK(total(calm, "viewers").spread.p5 == doctest::Approx(2 * without).epsilon(k_rounding));
}

TEST_CASE("the noise is normal and independent of months, futures and inputs") {
  constexpr int k_months = 7;
  Uncertainty uncertainty;
  uncertainty.trials = 20'480;
  uncertainty.traffic_volatility = 0.5;
  uncertainty.inputs = {{"costs.fixed_monthly", {normal, {6000, 900}}},
                        {"costs.session_cost", {normal, {500, 40}}}};
  for (const Sampler sampler : {Sampler::sobol, Sampler::philox}) {
    uncertainty.sampler = sampler;
    Scenario<double> scenario;
    scenario.horizon_months = k_months;
    const analysis::Draws draws(scenario, uncertainty);
    std::vector<std::vector<double>> columns(k_months + 2);
    std::vector<double> rows((k_months + 2) * analysis::k_block);
    for (int first = 0; first < uncertainty.trials; first += analysis::k_block) {
      draws.fill_noise(first, analysis::k_block, k_months, rows.data(), analysis::k_block);
      draws.fill(first, analysis::k_block, rows.data() + k_months * analysis::k_block,
                 analysis::k_block);
      for (std::size_t c = 0; c < columns.size(); ++c) {
        for (std::size_t i = 0; i < analysis::k_block; ++i) {
          const double x = rows[c * analysis::k_block + i];
          columns[c].push_back(c < k_months    ? (std::log(x) + 0.125) / 0.5
                               : c == k_months ? (x - 6000) / 900
                                               : (x - 500) / 40);
        }
      }
    }
    const double n = uncertainty.trials;
    const double of_mean = 1 / std::sqrt(n);
    for (std::size_t c = 0; c < k_months; ++c) {
      CAPTURE(c);
      double sum = 0;
      double squares = 0;
      double fourth = 0;
      double neighbours = 0;
      for (std::size_t i = 0; i < columns[c].size(); ++i) {
        const double z = columns[c][i];
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        if (i > 0) neighbours += z * columns[c][i - 1];
      }
      // Moments of a standard normal: 0, 1, 3, with variances 1, 2, 96.
      CHECK(std::fabs(sum / n) < 4 * of_mean);
      CHECK(std::fabs(squares / n - 1) < 4 * std::sqrt(2.0) * of_mean);
      CHECK(std::fabs(fourth / n - 3) < 4 * std::sqrt(96.0) * of_mean);
      CHECK(std::fabs(neighbours / n) < 4 * of_mean);
      for (std::size_t other = c + 1; other < columns.size(); ++other) {
        CAPTURE(other);
        const double product =
            std::inner_product(columns[c].begin(), columns[c].end(), columns[other].begin(), 0.0);
        CHECK(std::fabs(product / n) < 4 * of_mean);
      }
    }
  }
}

TEST_CASE("without uncertainty every future is the plan, to the last bit") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    const Scenario<double> scenario = test::random_scenario(seed);
    const Plan plan = growth::plan(scenario, nullptr);
    Uncertainty uncertainty;
    uncertainty.trials = 13;
    if (seed % 2 == 0) {
      // Three inputs that are certain after all.
      const Scenario<double>& s = scenario;
      uncertainty.inputs = {
          {"conversion.public", {uniform, {s.conversion.public_domain, s.conversion.public_domain}}},
          {"live.sessions_per_month",
           {triangular,
            {s.live.sessions_per_month, s.live.sessions_per_month, s.live.sessions_per_month}}},
          {"private.users",
           {pert, {s.private_domain.users, s.private_domain.users, s.private_domain.users}}}};
    }
    const Futures futures = futures_of(scenario, uncertainty);
    const auto check_column = [&](std::size_t column, auto&& value_of) {
      for (std::size_t t = 0; t < plan.months.size(); ++t) {
        const Spread& spread = futures.columns[column].months[t];
        const double wanted = value_of(plan.months[t]);
        for (const double q : quantiles_of(spread)) CHECK(q == wanted);
        CHECK(spread.mean == wanted);
      }
    };
    check_column(0, [](const auto& m) { return m.viewers; });
    check_column(1, [](const auto& m) { return m.private_users; });
    check_column(2, [](const auto& m) { return m.gmv; });
    check_column(3, [](const auto& m) { return m.profit; });
    check_column(4, [](const auto& m) { return m.cumulative_profit; });
    check_column(5, [](const auto& m) { return m.cumulative_cash; });
    for (const TotalSpread& t : futures.totals) {
      CAPTURE(t.metric);
      const std::string metric(t.metric);
      const Json summary = test::plan_of(test::scenario_json(scenario))["summary"];
      REQUIRE(summary[metric].is_number());
      CHECK(t.spread.p5 == summary[metric].get<double>());
      CHECK(t.spread.mean == summary[metric].get<double>());
      CHECK(t.sd == 0);
      CHECK(t.standard_error.mean == 0);
      CHECK(t.histogram.edges == std::vector<double>{t.spread.p5, t.spread.p5});
      CHECK(t.histogram.counts == std::vector<int>{13});
    }
    CHECK(futures.profit_positive.value == (plan.summary.profit > 0 ? 1 : 0));
    CHECK(futures.central.profit == plan.summary.profit);
  }
}

TEST_CASE("central is the plan with the medians filled in") {
  // Medians known from elsewhere: closed forms, or UNCERTAINTY.md section 6 for PERT and beta.
  Json request =
      Json::parse(R"({"horizon_months":9,"uncertainty":{"trials":9,"traffic_volatility":0.7,"inputs":{
    "costs.fixed_monthly":{"uniform":{"low":4000,"high":9000}},
    "costs.session_cost":{"normal":{"mean":400,"sd":20}},
    "orders.average_order_value":{"lognormal":{"median":180,"sigma":0.3}},
    "costs.shipping_per_order":{"p10_p90":{"p10":5,"p90":7}},
    "live.attendance_hours":{"triangular":{"low":1,"mode":3,"high":5}},
    "private.fatigue_sessions":{"pert":{"low":28,"mode":42,"high":65}},
    "conversion.public":{"beta":{"mean":0.01,"concentration":400}}}}})");
  const Json answer = test::ask("simulate", request);
  const Json medians = Json::parse(R"({"horizon_months":9,
    "costs":{"fixed_monthly":6500,"session_cost":400,"shipping_per_order":6},
    "orders":{"average_order_value":180},"live":{"attendance_hours":3},
    "private":{"fatigue_sessions":43.146383197420472},"conversion":{"public":0.0091954132660969847}})");
  const Json summary = test::plan_of(medians)["summary"];
  for (const auto& [key, value] : summary.items()) {
    const auto& metric = key;  // a binding itself cannot be captured
    CAPTURE(metric);
    REQUIRE(answer["central"].contains(metric));
    if (value.is_null()) {
      CHECK(answer["central"][metric].is_null());
    } else {
      CHECK(answer["central"][metric].get<double>() ==
            doctest::Approx(value.get<double>()).epsilon(1e-10));
    }
  }
}

TEST_CASE("laws of an answer: orders, counts, probabilities") {
  for (const int trials : {1, 2, 7, 8, 9, 511, 513, 4096}) {
    CAPTURE(trials);
    Json request = rich(trials);
    const Json answer = test::ask("simulate", request);
    CHECK(answer["schema"] == "growth.simulation/1");
    CHECK(answer["trials"] == trials);
    CHECK(answer["months"].size() == 6);
    for (const auto& [key, column] : answer["months"].items()) {
      const auto& name = key;  // a binding itself cannot be captured
      CAPTURE(name);
      CHECK(column.size() == 6);
      for (std::size_t t = 0; t < 8; ++t) {
        for (std::size_t q = 1; q < 5; ++q) {
          CHECK(column[k_quantiles[q - 1]][t].get<double>() <= column[k_quantiles[q]][t].get<double>());
        }
        CHECK(column["mean"][t].is_number());
      }
      CHECK(column["p5"].size() == 8);
    }
    for (const auto& [key, of_total] : answer["totals"].items()) {
      const auto& name = key;  // a binding itself cannot be captured
      CAPTURE(name);
      const auto edges = of_total["histogram"]["edges"].get<std::vector<double>>();
      const auto counts = of_total["histogram"]["counts"].get<std::vector<int>>();
      REQUIRE(edges.size() == counts.size() + 1);
      CHECK(std::accumulate(counts.begin(), counts.end(), 0) == trials);
      if (of_total["sd"] == 0) {
        CHECK(edges.size() == 2);
        CHECK(edges[0] == edges[1]);
      } else {
        for (std::size_t i = 1; i < edges.size(); ++i) CHECK(edges[i - 1] < edges[i]);
      }
      for (std::size_t q = 0; q < 5; ++q) {
        const double value = of_total[k_quantiles[q]];
        CHECK(value >= edges.front());
        CHECK(value <= edges.back());
        if (q > 0) CHECK(of_total[k_quantiles[q - 1]].get<double>() <= value);
      }
      CHECK(of_total["mean"].get<double>() >= edges.front());
      CHECK(of_total["mean"].get<double>() <= edges.back());
      // Monthly means add up to the mean of the total.
      if (name == "gmv" || name == "profit" || name == "viewers") {
        const auto means = answer["months"][name]["mean"].get<std::vector<double>>();
        CHECK(std::accumulate(means.begin(), means.end(), 0.0) ==
              doctest::Approx(of_total["mean"].get<double>()).epsilon(1e-9));
      }
    }
    CHECK(answer["standard_error"].is_null() == (trials == 1));
    CHECK(!answer["totals"].contains("payback_month"));
  }
}

TEST_CASE("the share of futures above an edge of the histogram is what its counts say") {
  for (const char* metric : {"profit", "gmv", "repeat_share"}) {
    Json request = rich(1500);
    const Json histogram = test::ask("simulate", request)["totals"][metric]["histogram"];
    const auto edges = histogram["edges"].get<std::vector<double>>();
    const auto counts = histogram["counts"].get<std::vector<int>>();
    int above = 1500;
    std::size_t checked = 0;
    request["uncertainty"]["targets"] = Json::array();
    for (std::size_t i = 0; i < std::min<std::size_t>(counts.size(), 16); ++i) {
      request["uncertainty"]["targets"].push_back({{"metric", metric}, {"at_least", edges[i]}});
    }
    const Json targets = test::ask("simulate", request)["probability"]["targets"];
    for (std::size_t i = 0; i < targets.size(); ++i) {
      CHECK(targets[i]["metric"] == metric);
      CHECK(targets[i]["at_least"] == edges[i]);
      CHECK(targets[i]["probability"].get<double>() == doctest::Approx(above / 1500.0).epsilon(1e-14));
      above -= counts[i];
      ++checked;
    }
    CHECK(checked >= 8);
  }
}

TEST_CASE("quantiles, probabilities and profit > 0 agree") {
  // profit = 2·(income - fixed cost): what share of the costs is below the income is known.
  const Json plan = test::plan_of(Json::parse(R"({"horizon_months":2,"costs":{"fixed_monthly":0}})"));
  const double income = plan["summary"]["profit"].get<double>() / 2;
  REQUIRE(income > 0);
  Json request = Json::parse(R"({"horizon_months":2,"uncertainty":{"targets":[]}})");
  request["uncertainty"]["inputs"]["costs.fixed_monthly"] = {
      {"dist", "uniform"}, {"low", 0.5 * income}, {"high", 2.5 * income}};
  for (const double level : {-2 * income, 0.0, 0.5 * income}) {
    request["uncertainty"]["targets"].push_back({{"metric", "profit"}, {"at_least", level}});
  }
  const Json probability = test::ask("simulate", request)["probability"];
  // P(fixed < income - level/2), fixed from income/2 to 5/2 income.
  CHECK(std::fabs(probability["profit_positive"].get<double>() - 0.25) < 8e-4);
  CHECK(std::fabs(probability["targets"][0]["probability"].get<double>() - 0.75) < 8e-4);
  CHECK(probability["targets"][1]["probability"] == probability["profit_positive"]);
  CHECK(std::fabs(probability["targets"][2]["probability"].get<double>() - 0.125) < 8e-4);
}

TEST_CASE("months to payback: quantiles of the plan's own, nothing for futures that never pay") {
  // Money comes back sooner the lower the fixed cost, so the quantiles are the plan's at its quantiles.
  Json scenario = Json::parse(R"({"horizon_months":24})");
  const auto payback_at = [&](double fixed) {
    Json changed = scenario;
    changed["costs"]["fixed_monthly"] = fixed;
    return test::plan_of(changed)["summary"]["payback_month"];
  };
  // Find the costs between which it turns from at once to never.
  const double none = 60'000;
  REQUIRE(payback_at(none).is_null());
  REQUIRE(payback_at(0).is_number());
  Json request = scenario;
  request["uncertainty"]["inputs"]["costs.fixed_monthly"] = {
      {"dist", "uniform"}, {"low", 0}, {"high", none}};
  const Json answer = test::ask("simulate", request);
  double low = 0;
  double high = none;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (payback_at(middle).is_null() ? high : low) = middle;
  }
  CHECK(std::fabs(answer["probability"]["payback"].get<double>() - low / none) < 8e-4);
  int nothing = 0;
  for (std::size_t q = 0; q < 5; ++q) {
    CAPTURE(q);
    const Json wanted = payback_at(none * k_quantile_shares[q]);
    CHECK(answer["payback_month"][k_quantiles[q]] == wanted);
    nothing += wanted.is_null() ? 1 : 0;
  }
  CHECK(nothing >= 1);
  CHECK(nothing <= 4);
  // Costs alone are never paid back.
  Uncertainty uncertainty;
  uncertainty.inputs = {{"costs.fixed_monthly", {uniform, {1, 2}}}};
  const Futures lost = futures_of(costs_alone(), uncertainty);
  for (const auto& month : lost.payback_month) CHECK(!month.has_value());
  CHECK(lost.payback.value == 0);
  CHECK(lost.profit_positive.value == 0);
}

TEST_CASE("metrics that some futures do not have are left out") {
  const Json answer =
      test::ask("simulate", Json::parse(R"({"horizon_months":2,"uncertainty":{"trials":64,
      "targets":[{"metric":"roas","at_least":0},{"metric":"gmv","at_least":0}]}})"));
  CHECK(!answer["totals"].contains("roas"));
  CHECK(!answer["totals"].contains("cac"));
  CHECK(answer["totals"].contains("leverage"));
  CHECK(answer["central"]["roas"].is_null());
  // Nothing is not at least 0.
  CHECK(answer["probability"]["targets"][0]["probability"] == 0);
  CHECK(answer["probability"]["targets"][1]["probability"] == 1);
}

TEST_CASE("a scenario without the key answers with its plan") {
  const Json answer = test::ask("simulate", Json::parse("{}"));
  CHECK(answer["trials"] == 8192);
  CHECK(answer["seed"] == 1);
  CHECK(answer["sampler"] == "sobol");
  CHECK(answer["totals"]["profit"]["p95"].get<double>() ==
        doctest::Approx(test::plan_of(Json::parse("{}"))["summary"]["profit"].get<double>())
            .epsilon(k_rounding));
  CHECK(answer["totals"]["profit"]["sd"] == 0);
}

TEST_CASE("any order of the parts gives the same text") {
  const std::string request = rich(5 * analysis::k_block + 3).dump();
  const std::string alone = run("simulate", request, {}).text;
  int calls = 0;
  const Parallel executors[] = {[&](int parts, const std::function<void(int)>& work) {
                                  for (int part = parts; part-- > 0;) work(part);
                                  ++calls;
                                },
                                [&](int parts, const std::function<void(int)>& work) {
                                  for (int part = 1; part < parts; part += 2) work(part);
                                  for (int part = 0; part < parts; part += 2) work(part);
                                  ++calls;
                                },
                                [&](int parts, const std::function<void(int)>& work) {
                                  for (int i = 0; i < parts; ++i) work((i + parts / 2) % parts);
                                  ++calls;
                                }};
  for (const Parallel& parallel : executors) {
    RunOptions options;
    options.execution.parallel = parallel;
    calls = 0;
    CHECK(run("simulate", request, options).text == alone);
    CHECK(calls > 0);
  }
}

TEST_CASE("progress rises to 1 and can stop a simulation") {
  Uncertainty uncertainty;
  uncertainty.trials = 100'000;
  uncertainty.inputs = {{"costs.fixed_monthly", {uniform, {1, 2}}}};
  std::vector<double> shares;
  Execution execution;
  execution.progress = [&](double share) {
    shares.push_back(share);
    return true;
  };
  CHECK(simulate(costs_alone(), nullptr, uncertainty, execution).has_value());
  REQUIRE(shares.size() >= 2);
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(std::adjacent_find(shares.begin(), shares.end()) == shares.end());
  CHECK(shares.front() > 0);
  CHECK(shares.back() == 1);
  int calls = 0;
  execution.progress = [&](double) { return ++calls < 2; };
  CHECK(!simulate(costs_alone(), nullptr, uncertainty, execution).has_value());
  CHECK(calls == 2);
  RunOptions options;
  options.execution.progress = [](double) { return false; };
  const Response response = run("simulate", "{}", options);
  CHECK(!response.ok);
  CHECK(Json::parse(response.text)["errors"].size() == 1);
}

TEST_CASE("standard errors are the spread over seeds") {
  Scenario<double> scenario;
  scenario.horizon_months = 3;
  Uncertainty uncertainty;
  uncertainty.trials = 1024;
  uncertainty.traffic_volatility = 0.3;
  uncertainty.inputs = {{"conversion.public", {lognormal, {0.003, 0.4}}},
                        {"private.attend_rate", {pert, {0.05, 0.15, 0.3}}},
                        {"private.reach_rate", {beta, {0.4, 20}}}};
  uncertainty.targets = {{"profit", growth::plan(scenario, nullptr).summary.profit}};
  constexpr int k_seeds = 32;
  for (const Sampler sampler : {Sampler::sobol, Sampler::philox}) {
    CAPTURE(sampler_name(sampler));
    uncertainty.sampler = sampler;
    // Values and squared reported errors of: mean, p5, p50, p95, the target's probability.
    std::array<std::vector<double>, 5> values;
    std::array<double, 5> reported{};
    double sd = 0;
    for (int seed = 0; seed < k_seeds; ++seed) {
      uncertainty.seed = static_cast<std::uint32_t>(seed);
      const Futures futures = futures_of(scenario, uncertainty);
      const TotalSpread& profit = total(futures, "profit");
      const double of_seed[] = {profit.spread.mean, profit.spread.p5, profit.spread.p50,
                                profit.spread.p95, futures.targets[0].value};
      const double errors[] = {profit.standard_error.mean, profit.standard_error.p5,
                               profit.standard_error.p50, profit.standard_error.p95,
                               futures.targets[0].standard_error};
      for (std::size_t i = 0; i < 5; ++i) {
        values[i].push_back(of_seed[i]);
        reported[i] += errors[i] * errors[i] / k_seeds;
      }
      sd += profit.sd / k_seeds;
    }
    for (std::size_t i = 0; i < 5; ++i) {
      CAPTURE(i);
      const double mean = std::accumulate(values[i].begin(), values[i].end(), 0.0) / k_seeds;
      double squares = 0;
      for (const double x : values[i]) squares += (x - mean) * (x - mean) / (k_seeds - 1);
      const double ratio = std::sqrt(reported[i] / squares);
      CHECK(ratio > 0.5);
      CHECK(ratio < 2);
    }
    if (sampler == Sampler::philox) {
      // Independent futures: sd/√n.
      CHECK(std::sqrt(reported[0]) == doctest::Approx(sd / 32).epsilon(0.3));
    }
  }
}

TEST_CASE("more futures than are kept at once: the same numbers in several passes") {
  // 34 columns of a million futures are more than 256 MiB, so that the months come in two passes; a
  // total is the sum of its months in both.
  Scenario<double> scenario = costs_alone();
  Uncertainty uncertainty;
  uncertainty.trials = k_most_trials;
  uncertainty.inputs = {{"costs.fixed_monthly", {uniform, {1000, 3000}}}};
  std::vector<double> shares;
  Execution execution;
  execution.progress = [&](double share) {
    shares.push_back(share);
    return true;
  };
  const auto futures = simulate(scenario, nullptr, uncertainty, execution);
  REQUIRE(futures.has_value());
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(shares.back() == 1);
  const Spread& profit = total(*futures, "profit").spread;
  CHECK(profit.p5 == doctest::Approx(-3 * 2900).epsilon(1e-5));
  for (const FanColumn& column : futures->columns) {
    CAPTURE(column.column);
    REQUIRE(column.months.size() == 3);
    for (std::size_t t = 0; t < 3; ++t) {
      CAPTURE(t);
      const Spread& month = column.months[t];
      const double months = column.column == "profit"                 ? 1
                            : column.column.starts_with("cumulative") ? static_cast<double>(t) + 1
                                                                      : 0;
      CHECK(month.p5 == doctest::Approx(profit.p5 / 3 * months).epsilon(1e-12));
      CHECK(month.p95 == doctest::Approx(profit.p95 / 3 * months).epsilon(1e-12));
      CHECK(month.mean == doctest::Approx(profit.mean / 3 * months).epsilon(1e-12));
    }
  }
}
