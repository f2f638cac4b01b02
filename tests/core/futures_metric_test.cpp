// Goal seek and allocation asked of a statistic: what they answer must be what simulate says there.
#include <doctest/doctest.h>

#include "growth/allocate.hpp"
#include "growth/fields.hpp"
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
  const Uncertainty uncertainty = uncertain_conversion(600);
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
