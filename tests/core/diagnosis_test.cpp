// State of the room, elasticities and levers; derivatives against differences of whole plans.
#include "analysis/diagnosis.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "analysis/gradient.hpp"
#include "growth/fields.hpp"
#include "model/run.hpp"
#include "support.hpp"

using namespace growth;

namespace {

Summary<double> totals(const Scenario<double>& scenario, const std::string& path, double value) {
  Scenario<double> changed = scenario;
  visit_numbers(changed, [&](const Field&, std::string_view at, double& member) {
    if (at == path) member = value;
  });
  static const Incentives none;
  const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own : none;
  return model::run(changed, model::compile(incentives, changed.business.tags));
}

}  // namespace

TEST_CASE("stages of a room are the published ones (F28 to F31)") {
  using analysis::room_stage;
  CHECK(room_stage(200, 900) == RoomStage::cold_start);
  CHECK(room_stage(200.01, 900) == RoomStage::warming);
  CHECK(room_stage(999.9, 5000) == RoomStage::warming);
  CHECK(room_stage(1000, 5000) == RoomStage::launched);
  CHECK(room_stage(5000, 10000) == RoomStage::established);
  CHECK(room_stage(50, 10000) == RoomStage::established);
  CHECK(room_stage(5000, 100000) == RoomStage::head);
}

TEST_CASE("fully public is strictly above 80 percent (F4)") {
  const Plan result = plan(Scenario<double>{}, nullptr);
  CHECK(result.diagnosis.public_share == result.months.front().public_share);
  CHECK(result.diagnosis.fully_public == (result.months.front().public_share > 0.8));
}

TEST_CASE("exact derivatives equal differences of plans") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Scenario<double> scenario = test::random_scenario(seed);
    scenario.incentives.own.reset();  // steps and caps have kinks
    CAPTURE(seed);
    std::vector<std::string> paths;
    visit_numbers(scenario,
                  [&](const Field&, std::string_view path, double) { paths.emplace_back(path); });
    const model::CompiledIncentives none;
    const analysis::Slopes slopes = analysis::gradient(scenario, none, paths);
    visit_numbers(scenario, [&](const Field& field, std::string_view at, double value) {
      const std::string path(at);
      CAPTURE(path);
      const double step = 1e-5 * std::max(std::fabs(value), 1e-3);
      if (value - step < field.range.low || value + step > field.range.high) return;
      const Summary<double> above = totals(scenario, path, value + step);
      const Summary<double> here = totals(scenario, path, value);
      const Summary<double> below = totals(scenario, path, value - step);
      const double right = (above.gmv - here.gmv) / step;
      const double left = (here.gmv - below.gmv) / step;
      // Only where no limit is crossed: there both sides agree.
      const double scale = std::fabs(here.gmv) / std::max(std::fabs(value), 1e-3);
      if (std::fabs(right - left) > 1e-3 * std::fabs(right) + 1e-6 * scale) return;
      CHECK(std::fabs(slopes.at(path).gmv - (right + left) / 2) <=
            1e-5 * std::fabs(right) + 1e-6 * scale);
    });
  }
}

TEST_CASE("an indicator's elasticity is that of its lower benchmark") {
  const Scenario<double> scenario;
  const Plan result = plan(scenario, nullptr);
  CHECK(result.diagnosis.indicators.size() == 5);
  for (const IndicatorReading& reading : result.diagnosis.indicators) {
    const std::string path = "quality.benchmark." + std::string(reading.id);
    const double h = 1e-5;
    const double up = totals(scenario, path, reading.benchmark * (1 + h)).gmv;
    const double down = totals(scenario, path, reading.benchmark * (1 - h)).gmv;
    const double elasticity = -(up - down) / (2 * h) / result.summary.gmv;
    CHECK(reading.elasticity == doctest::Approx(elasticity).epsilon(1e-6));
    const double at_benchmark = totals(scenario, path, reading.value).profit;
    CHECK(reading.profit_at_benchmark == doctest::Approx(at_benchmark - result.summary.profit));
  }
}

TEST_CASE("an indicator outside the reactive range has no elasticity") {
  Scenario<double> scenario;
  scenario.quality.dwell_minutes = 600;
  const Plan result = plan(scenario, nullptr);
  for (const IndicatorReading& reading : result.diagnosis.indicators) {
    if (reading.id != "dwell_minutes") continue;
    CHECK(reading.at_limit);
    CHECK(reading.elasticity == 0);
  }
}

TEST_CASE("the marginal ¥ of a channel at zero spend is the right-hand derivative") {
  const Scenario<double> scenario;
  const Plan result = plan(scenario, nullptr);
  const double profit = result.summary.profit;
  for (std::size_t i = 0; i < 2; ++i) {
    const double more =
        totals(scenario, "channels[" + std::to_string(i) + "].monthly_spend", 0.01).profit;
    CHECK(result.attribution.channels[i].marginal_profit_per_yuan ==
          doctest::Approx((more - profit) / 0.01 / 12).epsilon(1e-4));
  }
}

TEST_CASE("levers are decisions, the most profitable first, and stay within their range") {
  Scenario<double> scenario;
  scenario.vouchers.use_rate = 1;
  const Plan result = plan(scenario, nullptr);
  CHECK(result.diagnosis.levers.size() == 9);
  CHECK(!result.diagnosis.best_lever.empty());
  for (const Lever& lever : result.diagnosis.levers) CHECK(lever.path != "orders.return_rate");
}
