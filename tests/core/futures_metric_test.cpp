// Goal seek and allocation asked of a statistic: what they answer must be what simulate says there.
#include "analysis/futures_metric.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "growth/allocate.hpp"
#include "growth/fields.hpp"
#include "growth/run.hpp"
#include "growth/seek.hpp"
#include "growth/simulate.hpp"
#include "support.hpp"

using namespace growth;

namespace {

Uncertainty uncertain_conversion(int trials) {
  Uncertainty uncertainty;
  uncertainty.trials = trials;
  uncertainty.traffic_volatility = 0.2;
  uncertainty.inputs = {
      {"conversion.private", {DistributionKind::lognormal, {0.02, 0.3}}},
      {"costs.gross_margin", {DistributionKind::uniform, {0.4, 0.6}}},
  };
  return uncertainty;
}

const Spread& profit_of(const Futures& futures) {
  for (const TotalSpread& total : futures.totals) {
    if (total.metric == "profit") return total.spread;
  }
  FAIL("no profit");
  return futures.totals.front().spread;
}

/// A statistic of a metric over all futures, one input after the other; each is worked out once.
class WholeSample {
 public:
  WholeSample(const Scenario<double>& scenario, const Uncertainty& uncertainty, const char* metric,
              const char* path, double p)
      : futures_(scenario, none_, uncertainty, metric, {path}, execution_), p_(p) {}

  [[nodiscard]] double at(double input) {
    const auto [known, is_new] = known_.try_emplace(input);
    if (is_new) known->second = futures_.quantile(std::span(&input, 1), futures_.trials(), p_);
    return known->second;
  }
  [[nodiscard]] std::span<const double> values_at(double input) {
    return futures_.values(std::span(&input, 1), futures_.trials());
  }
  [[nodiscard]] bool narrow_at(double input, double target) {
    return futures_.narrow(values_at(input), p_, target);
  }
  [[nodiscard]] double narrowed_at(double input) {
    return futures_.narrowed_quantile(std::span(&input, 1));
  }

 private:
  model::CompiledIncentives none_;
  Execution execution_;
  analysis::FuturesMetric futures_;
  double p_;
  std::map<double, double> known_;
};

/// What a seek of a quantile must have found: between neighbours of a grid on either side of the target
/// lies a crossing; each crossing is one to 1e-9, and what is reached there is the whole sample's.
void check_crossings(const Scenario<double>& scenario, const Uncertainty& uncertainty,
                     const SeekRequest& request, WholeSample& all, std::size_t expected) {
  const auto result = seek(scenario, nullptr, request, uncertainty, {});
  REQUIRE(result);
  const auto met = [&](double input) { return all.at(input) >= request.target; };

  constexpr int k_grid = 40;
  std::size_t changes = 0;
  double before = request.low;
  for (int i = 1; i <= k_grid; ++i) {
    const double here = request.low + (request.high - request.low) * i / k_grid;
    if (met(before) != met(here)) {
      ++changes;
      CAPTURE(before);
      CHECK(std::count_if(result->crossings.begin(), result->crossings.end(), [&](const SeekPoint& c) {
              return c.value >= before && c.value <= here;
            }) == 1);
    }
    before = here;
  }
  CHECK(changes == expected);
  CHECK(result->crossings.size() == expected);
  for (const SeekPoint& crossing : result->crossings) {
    CAPTURE(crossing.value);
    CHECK(crossing.reached == all.at(crossing.value));
    CHECK(*crossing.reached >= request.target);
    const double step = 2e-9 * crossing.value;
    CHECK(met(crossing.value - step) != met(crossing.value + step));
  }
}

}  // namespace

TEST_CASE("a statistic is sought where simulate finds it") {
  const Scenario<double> scenario;
  const Uncertainty uncertainty = uncertain_conversion(1000);
  struct Asked {
    Statistic statistic;
    double Spread::*member;
  };
  for (const Asked& asked :
       {Asked{Statistic::p5, &Spread::p5}, Asked{Statistic::p50, &Spread::p50},
        Asked{Statistic::p75, &Spread::p75}, Asked{Statistic::mean, &Spread::mean}}) {
    const Statistic statistic = asked.statistic;
    CAPTURE(statistic_name(statistic));
    const SeekRequest request{"private.users", "profit", 100000, 0, 1e7, statistic};
    const auto result = seek(scenario, nullptr, request, uncertainty, {});
    REQUIRE(result);
    REQUIRE(result->found);
    CHECK(*result->nearest->reached == doctest::Approx(100000).epsilon(1e-7));
    Scenario<double> there = scenario;
    there.private_domain.users = result->nearest->value;
    const auto futures = simulate(there, nullptr, uncertainty, {});
    REQUIRE(futures);
    CHECK(profit_of(*futures).*asked.member ==
          doctest::Approx(*result->nearest->reached).epsilon(1e-12));
  }
}

TEST_CASE("an uncertain input that is sought is no longer uncertain") {
  // Profit is linear in the fixed cost: with nothing else uncertain every statistic is the plan itself.
  Scenario<double> scenario;
  Uncertainty uncertainty;
  uncertainty.trials = 64;
  uncertainty.inputs = {{"costs.fixed_monthly", {DistributionKind::normal, {6000, 3000}}}};
  const double profit = plan(scenario, nullptr).summary.profit;
  const double months = scenario.horizon_months;
  const SeekRequest request{"costs.fixed_monthly", "profit", profit - 1200, 0, 1e6, Statistic::p90};
  const auto result = seek(scenario, nullptr, request, uncertainty, {});
  REQUIRE(result);
  REQUIRE(result->found);
  CHECK(result->nearest->value == doctest::Approx(6000 + 1200 / months).epsilon(1e-8));
}

TEST_CASE("few futures near the quantile give the bits of all of them") {
  const Scenario<double> scenario;
  for (const int trials : {700, 3001}) {
    for (const double p : {0.05, 0.5, 0.95}) {
      CAPTURE(trials);
      CAPTURE(p);
      WholeSample all(scenario, uncertain_conversion(trials), "profit", "private.users", p);
      const double here = all.at(6000);
      const double there = all.at(6001);
      REQUIRE(all.narrow_at(6000, there));
      CHECK(all.narrowed_at(6000) == here);
      CHECK(all.narrowed_at(6001) == there);
      // Back again: what was asked before leaves no trace.
      CHECK(all.narrowed_at(6000) == here);
    }
  }
}

TEST_CASE("futures are not narrowed to a few where that means nothing") {
  const Scenario<double> scenario;
  // The target is far from the quantile: more than half lie between the two.
  WholeSample profit(scenario, uncertain_conversion(1000), "profit", "private.users", 0.5);
  CHECK(profit.narrow_at(6000, profit.at(6000)));
  CHECK(!profit.narrow_at(6000, 1e12));
  // Whole months: hundreds of futures have the median's.
  WholeSample payback(scenario, uncertain_conversion(1000), "payback_month", "private.users", 0.5);
  CHECK(!payback.narrow_at(6000, payback.at(6000)));
  // Without spend there is no ROAS.
  Scenario<double> without = scenario;
  for (auto& channel : without.channels) channel.monthly_spend = 0;
  WholeSample roas(without, uncertain_conversion(1000), "roas", "private.users", 0.5);
  CHECK(!roas.narrow_at(6000, 1));
}

TEST_CASE("every crossing of a median that rises and falls is found, the whole sample's own") {
  Scenario<double> scenario;
  const Uncertainty uncertainty = uncertain_conversion(2048);
  // Profit over a change of price has a top: twice through what lies below it. The first 256 futures
  // are less lucky than all, and their median stays below a target near the top.
  WholeSample all(scenario, uncertainty, "profit", "orders.price_change", 0.5);
  double top = 0;
  double top_at = 0;
  for (double change = -0.4; change < 1; change += 0.02) {
    if (all.at(change) > top) {
      top = all.at(change);
      top_at = change;
    }
  }
  REQUIRE(top > 0);
  REQUIRE(top_at > -0.4);
  for (const double share : {0.5, 0.8, 0.95, 0.98}) {
    CAPTURE(share);
    const SeekRequest request{"orders.price_change", "profit", share * top, -0.4, 1, Statistic::p50};
    check_crossings(scenario, uncertainty, request, all, 2);
  }
}

TEST_CASE("a crossing beside an input of zero is found") {
  Scenario<double> scenario;
  scenario.horizon_months = 3;
  const Uncertainty uncertainty = uncertain_conversion(1500);
  WholeSample all(scenario, uncertainty, "profit", "orders.price_change", 0.25);
  const double reached = all.at(0.0001);
  check_crossings(scenario, uncertainty,
                  {"orders.price_change", "profit", reached, -0.2, 0.1, Statistic::p25}, all, 1);
}

TEST_CASE("a jump of a statistic is found where few futures lead astray") {
  // Months to payback are whole: the median jumps, and the few around it are any of hundreds.
  Scenario<double> scenario;
  scenario.horizon_months = 24;
  const Uncertainty uncertainty = uncertain_conversion(1200);
  const auto result =
      seek(scenario, nullptr, {"costs.fixed_monthly", "payback_month", 12, 0, 1e6, Statistic::p50},
           uncertainty, {});
  REQUIRE(result);
  REQUIRE(!result->crossings.empty());
  WholeSample all(scenario, uncertainty, "payback_month", "costs.fixed_monthly", 0.5);
  const double value = result->crossings.front().value;
  CHECK(all.at(value) >= 12);
  CHECK(all.at(value * (1 - 2e-9)) < 12);
}

TEST_CASE("futures that jump from far below the target to above it are not overlooked") {
  // A month's reward of ¥1 million from a GMV on: the futures that come to it next are not those whose
  // profit ranks next to the median's.
  using test::Json;
  Json scenario{{"horizon_months", 1},
                {"uncertainty",
                 {{"trials", 2400},
                  {"traffic_volatility", 0.2},
                  {"inputs",
                   {{"conversion.private", {{"dist", "lognormal"}, {"median", 0.02}, {"sigma", 0.3}}},
                    {"costs.gross_margin", {{"dist", "uniform"}, {"low", 0.1}, {"high", 0.9}}}}}}}};
  const auto profit_at = [&](double users) {
    Json there = scenario;
    there["private"]["users"] = users;
    return Json::parse(run("simulate", there.dump(), {}).text)["totals"]["profit"]["p50"].get<double>();
  };
  const Json totals = Json::parse(run("simulate", scenario.dump(), {}).text)["totals"];
  const double gmv = totals["gmv"]["p50"];
  const double target = totals["profit"]["p50"].get<double>() + 1e5;
  scenario["incentives"] = {{"programmes",
                             {{{"id", "reward"},
                               {"metric", "gmv"},
                               {"delay_months", 0},
                               {"reward",
                                {{"kind", "cash_yuan"},
                                 {"rule", "step"},
                                 {"tiers", {{{"from", 1.1 * gmv}, {"value", 1000000}}}}}}}}}};
  scenario["seek"] = {{"path", "private.users"}, {"metric", "profit"},
                      {"target", target},        {"low", 1000},
                      {"high", 30000},           {"statistic", "p50"}};
  const Json answer = Json::parse(run("seek", scenario.dump(), {}).text);
  CAPTURE(answer.dump());
  REQUIRE(answer["crossings"].size() == 1);
  const double value = answer["value"];
  CHECK(profit_at(value) == answer["reached"].get<double>());
  CHECK(profit_at(value) >= target);
  CHECK(profit_at(value * (1 - 2e-9)) < target);
}

TEST_CASE("a sought statistic has the same bits in every order of its parts") {
  const Scenario<double> scenario;
  const Uncertainty uncertainty = uncertain_conversion(3000);
  const SeekRequest request{"private.users", "profit", 100000, 0, 1e7, Statistic::p50};
  Execution backwards;
  backwards.parallel = [](int parts, const std::function<void(int)>& work) {
    for (int part = parts; part-- > 0;) work(part);
  };
  const auto alone = seek(scenario, nullptr, request, uncertainty, {});
  const auto turned = seek(scenario, nullptr, request, uncertainty, backwards);
  REQUIRE(alone);
  REQUIRE(turned);
  REQUIRE(alone->found);
  CHECK(alone->nearest->value == turned->nearest->value);
  CHECK(alone->nearest->reached == turned->nearest->reached);
}

TEST_CASE("a statistic that is out of reach says how close it gets") {
  const Scenario<double> scenario;
  const SeekRequest request{"costs.fixed_monthly", "profit", 1e9, 0, 1e6, Statistic::p50};
  const auto result = seek(scenario, nullptr, request, uncertain_conversion(300), {});
  REQUIRE(result);
  CHECK(!result->found);
  CHECK(!result->met_now);
  CHECK(result->best.value == doctest::Approx(0).epsilon(1));
}

TEST_CASE("a split is judged by all futures") {
  Scenario<double> scenario;
  scenario.horizon_months = 3;
  scenario.channels[0].monthly_spend = 3000;
  scenario.channels[1].monthly_spend = 1000;
  const Uncertainty uncertainty = uncertain_conversion(300);
  for (const AllocationStatistic statistic :
       {AllocationStatistic::p10, AllocationStatistic::probability}) {
    AllocationRequest request;
    request.budget = 8000;
    request.statistic = statistic;
    request.bounds = {{0, 8000}, {0, 8000}};
    const auto result = allocate(scenario, nullptr, request, uncertainty, {});
    REQUIRE(result);
    Scenario<double> best = scenario;
    for (std::size_t c = 0; c < 2; ++c) best.channels[c].monthly_spend = result->best.spend[c];
    const auto futures = simulate(best, nullptr, uncertainty, {});
    REQUIRE(futures);
    if (statistic == AllocationStatistic::probability) {
      CHECK(result->best.objective == futures->profit_positive.value);
    } else {
      // The 10th percentile lies between the 5th and the 25th.
      CHECK(result->best.objective > profit_of(*futures).p5);
      CHECK(result->best.objective < profit_of(*futures).p25);
    }
    CHECK(result->best.objective >= result->current.objective);
    CHECK(result->best.objective >= result->equal.objective);
    CHECK(result->best.spend[0] + result->best.spend[1] + result->unspent ==
          doctest::Approx(request.budget));
  }
}

TEST_CASE("a stopped search leaves nothing") {
  const Scenario<double> scenario;
  Execution stop;
  stop.progress = [](double) { return false; };
  const SeekRequest request{"private.users", "profit", 100000, 0, 1e7, Statistic::p50};
  CHECK(!seek(scenario, nullptr, request, uncertain_conversion(100), stop));
  AllocationRequest split;
  split.budget = 8000;
  split.statistic = AllocationStatistic::p10;
  split.bounds = {{0, 8000}, {0, 8000}};
  CHECK(!allocate(scenario, nullptr, split, uncertain_conversion(100), stop));
}
