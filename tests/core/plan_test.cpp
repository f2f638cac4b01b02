// The plan against answers of an independent program (tests/examples) and values worked out by hand.
#include "growth/plan.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "near.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;
using test::near;

namespace {

/// Numbers of `expected` that differ from `got` by more than 1e-9 of the column's largest value.
void compare(const Json& got, const Json& expected, const std::string& path) {
  CAPTURE(path);
  if (expected.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      const std::string below = path + "." + key;
      REQUIRE_MESSAGE(got.contains(key), below);
      compare(got[key], value, path + "." + key);
    }
  } else if (expected.is_array()) {
    REQUIRE(got.size() == expected.size());
    double scale = 0;
    for (const Json& value : expected) {
      if (value.is_number()) scale = std::max(scale, std::fabs(value.get<double>()));
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (expected[i].is_number()) {
        CHECK(test::relative_difference(got[i], expected[i], 1e-3 * scale) < 1e-9);
      } else {
        compare(got[i], expected[i], path + "[" + std::to_string(i) + "]");
      }
    }
  } else if (expected.is_number()) {
    REQUIRE(got.is_number());
    CHECK(test::relative_difference(got, expected, 1e-9) < 1e-9);
  } else {
    CHECK(got == expected);
  }
}

}  // namespace

TEST_CASE("plan equals the answers of an independent program") {
  for (const std::string& name : test::file_names("examples")) {
    CAPTURE(name);
    const Json example = Json::parse(test::file_text(name));
    const Json got = test::plan_of(example["scenario"]);
    compare(got, example["expected"], "");
  }
}

TEST_CASE("first month of the defaults, by hand") {
  const Plan result = plan(Scenario<double>{}, nullptr);
  const Month<double>& m = result.months.front();
  // attendance: 0.4·0.15·30·(1-e^(-12/30))/12, three hours being the reference length
  const double attendance = 0.06 * 30 * (1 - std::exp(-0.4)) / 12;
  CHECK(m.attendance == near(attendance));
  CHECK(m.viewers_private == near(12 * 6000 * attendance));
  CHECK(m.viewers_referral == near(1 / (1 / (12 * 6000 * attendance * 0.15) + 1 / 2e6)));
  const double quality = std::pow(6000 * attendance / 200 * (0.2 / 0.3) * (3.0 / 5), 0.2);
  CHECK(m.quality == near(quality));
  const double g = 0.75 * std::sqrt(quality);
  CHECK(m.reproduction == near(g));
  const double first_wave = 50 + 450 * 0.2 + 6000 * attendance;
  const double waves = first_wave * (std::pow(g, 36) - 1) / (g - 1);
  CHECK(m.session_natural == near(1 / (1 / waves + 1 / 2e5)));
  CHECK(m.new_customers_private == near(4200 * (1 - std::pow(1 - attendance * 0.02, 12))));
  // 1,800 customers six months after their first order, δ = 0.85, W = 12
  const double repeats = 1800 * 0.45 * 2.5 * 0.15 * std::pow(0.85, 5) / (1 - std::pow(0.85, 12)) *
                         (0.5 + 0.5 * (1 - std::exp(-6.0)));
  CHECK(m.repeat_orders_private == near(repeats));
  CHECK(m.session_cost == near(12 * (350 + 3 * 150)));
}

TEST_CASE("nothing in, nothing out") {
  Scenario<double> scenario;
  scenario.private_domain.users = 0;
  scenario.live.sessions_per_month = 0;
  const Plan result = plan(scenario, nullptr);
  CHECK(result.summary.gmv == 0);
  CHECK(result.summary.profit == -12 * 6000);
  CHECK(result.summary.public_share == 0);
  CHECK(!defined(result.summary.leverage));
  CHECK(!defined(result.summary.cac));
  CHECK(!payback_month(result.summary, 12));
}

TEST_CASE("payback is the month from which profit stays, not the first good one") {
  Scenario<double> scenario;
  // Profit in January, losses after: cumulative profit is positive at first and negative at the end.
  scenario.business.seasonality = {3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2};
  const Plan result = plan(scenario, nullptr);
  CHECK(result.months.front().cumulative_profit > 0);
  CHECK(result.months.back().cumulative_profit < 0);
  CHECK(!payback_month(result.summary, 12));
}

TEST_CASE("money arrives settlement_days later, split between two months") {
  Scenario<double> scenario;
  scenario.costs.settlement_days = 45;
  const Plan result = plan(scenario, nullptr);
  const auto& months = result.months;
  CHECK(months[0].cash_in == 0);
  CHECK(months[1].cash_in == near(0.5 * months[0].revenue));
  CHECK(months[2].cash_in == near(0.5 * months[1].revenue + 0.5 * months[0].revenue));
  scenario.costs.settlement_days = 0;
  const Plan at_once = plan(scenario, nullptr);
  CHECK(at_once.months[3].cash == near(at_once.months[3].profit));
}

TEST_CASE("npv without discount is all the cash there will be") {
  Scenario<double> scenario;
  scenario.costs.settlement_days = 100;
  scenario.costs.discount_rate_monthly = 0;
  const Plan result = plan(scenario, nullptr);
  CHECK(result.summary.npv == near(result.summary.profit));
}

TEST_CASE("a curve equal to the formula gives the same plan") {
  Scenario<double> formula;
  Scenario<double> given = formula;
  const auto fill = [&](double rate) {
    std::vector<double> curve;
    for (int age = 1; age <= 120; ++age) {
      curve.push_back(rate * 2.5 * 0.15 * std::pow(0.85, age - 1) / (1 - std::pow(0.85, 12)));
    }
    return curve;
  };
  given.repurchase.curve_private = fill(0.45);
  given.repurchase.curve_public = fill(0.15);
  const Plan a = plan(formula, nullptr);
  const Plan b = plan(given, nullptr);
  for (std::size_t t = 0; t < a.months.size(); ++t) {
    CHECK(b.months[t].repeat_orders_private == near(a.months[t].repeat_orders_private));
    CHECK(b.months[t].repeat_orders_public == near(a.months[t].repeat_orders_public));
  }
  CHECK(b.unit_economics.ltv_private == near(a.unit_economics.ltv_private));
}

TEST_CASE("a given curve is linear between ages and ends in the month after its last") {
  Scenario<double> scenario;
  scenario.private_domain.customer_age_months = 2.5;
  scenario.private_domain.monthly_churn = 0;
  scenario.conversion = {0, 0, 0};
  scenario.repurchase.live_share = 0;
  scenario.repurchase.curve_private = std::vector<double>{0.4, 0.2, 0.1};
  const Plan result = plan(scenario, nullptr);
  CHECK(result.months[0].repeat_orders_private == near(1800 * 0.15));
  CHECK(result.months[1].repeat_orders_private == near(1800 * 0.05));
  CHECK(result.months[2].repeat_orders_private == 0);
}

TEST_CASE("one wave or less earns no next one, whatever the reproduction number") {
  Scenario<double> scenario;
  scenario.live.hours_per_session = 0.5;
  scenario.live.wave_minutes = 60;
  scenario.quality.reproduction_ceiling = 2;
  const double half = plan(scenario, nullptr).months.front().wave_sum;
  scenario.quality.reproduction_ceiling = 0.1;
  CHECK(half == 0.5);
  CHECK(plan(scenario, nullptr).months.front().wave_sum == 0.5);
}
