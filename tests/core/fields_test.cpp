// The catalogue: complete against the documentation, defaults legal, words in both languages.
#include "growth/fields.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "growth/validate.hpp"
#include "support.hpp"

using namespace growth;

namespace {

/// Paths of the documented table, in its order; channel fields are relative.
constexpr std::string_view k_documented[] = {"horizon_months",
                                             "business.start_month",
                                             "business.months_open",
                                             "business.shop_score",
                                             "business.tags",
                                             "business.market_growth",
                                             "business.seasonality",
                                             "live.sessions_per_month",
                                             "live.hours_per_session",
                                             "live.account_weight",
                                             "live.weight_inertia",
                                             "live.first_wave_min",
                                             "live.first_wave_max",
                                             "live.attendance_hours",
                                             "live.wave_minutes",
                                             "live.public_ceiling",
                                             "live.monthly_public_ceiling",
                                             "private.users",
                                             "private.customer_share",
                                             "private.customer_age_months",
                                             "private.reach_rate",
                                             "private.attend_rate",
                                             "private.fatigue_sessions",
                                             "private.share_rate",
                                             "private.viewers_per_share",
                                             "private.pool_ceiling",
                                             "private.monthly_churn",
                                             "private.buyer_join_rate",
                                             "private.viewer_join_rate",
                                             "private.monthly_recruits",
                                             "private.scene_share",
                                             "quality.square_ctr",
                                             "quality.dwell_minutes",
                                             "quality.interaction_rate",
                                             "quality.benchmark.private_viewers",
                                             "quality.benchmark.square_ctr",
                                             "quality.benchmark.dwell_minutes",
                                             "quality.benchmark.gpm",
                                             "quality.benchmark.interaction_rate",
                                             "quality.weight.private_viewers",
                                             "quality.weight.square_ctr",
                                             "quality.weight.dwell_minutes",
                                             "quality.weight.gpm",
                                             "quality.weight.interaction_rate",
                                             "quality.benchmark_reproduction",
                                             "quality.reproduction_elasticity",
                                             "quality.reproduction_ceiling",
                                             "audience.purity",
                                             "audience.reference_purity",
                                             "audience.private_purity",
                                             "audience.learning_rate",
                                             "conversion.private",
                                             "conversion.referral",
                                             "conversion.public",
                                             "orders.average_order_value",
                                             "orders.price_change",
                                             "orders.price_elasticity",
                                             "orders.return_rate",
                                             "vouchers.opening_balance",
                                             "vouchers.opening_valid_months",
                                             "vouchers.use_rate",
                                             "vouchers.point_value",
                                             "vouchers.cost_per_viewer",
                                             "vouchers.half_saturation",
                                             "vouchers.precision",
                                             "repurchase.window_months",
                                             "repurchase.private_rate",
                                             "repurchase.public_rate",
                                             "repurchase.orders_per_repeater",
                                             "repurchase.retention",
                                             "repurchase.curve_private",
                                             "repurchase.curve_public",
                                             "repurchase.live_share",
                                             "repurchase.order_value_ratio",
                                             "repurchase.partner_share",
                                             "repurchase.partner_incremental",
                                             "repurchase.partner_commission",
                                             "repurchase.ltv_months",
                                             "costs.gross_margin",
                                             "costs.platform_fee_rate",
                                             "costs.shipping_per_order",
                                             "costs.return_cost_per_order",
                                             "costs.session_cost",
                                             "costs.hourly_cost",
                                             "costs.private_cost_per_user",
                                             "costs.join_cost_per_user",
                                             "costs.recruit_cost_per_user",
                                             "costs.fixed_monthly",
                                             "costs.discount_rate_monthly",
                                             "costs.settlement_days",
                                             "distribution.share",
                                             "distribution.commission",
                                             "incentives.pack",
                                             "incentives.scale"};

}  // namespace

TEST_CASE("the catalogue holds the documented fields in their order") {
  REQUIRE(fields().size() == std::size(k_documented));
  for (std::size_t i = 0; i < std::size(k_documented); ++i) {
    CHECK(fields()[i].field.path == k_documented[i]);
    CHECK(described_fields()[i].path == k_documented[i]);
  }
  CHECK(channel_fields().size() == 5);
}

TEST_CASE("the defaults are legal") { CHECK(validate(Scenario<double>{}).empty()); }

TEST_CASE("fields have words, and a typical range within the legal one") {
  const auto check = [](const Field& field) {
    CAPTURE(field.path);
    CHECK(!field.label.zh.empty());
    CHECK(!field.label.en.empty());
    CHECK(!field.help.zh.empty());
    CHECK(!field.help.en.empty());
    CHECK(field.range.low <= field.range.high);
    CHECK(field.typical.low >= field.range.low);
    if (field.unit != Unit::text) CHECK(field.typical.high <= field.range.high);
  };
  for (const Field& field : described_fields()) check(field);
  for (const Field& field : described_channel_fields()) check(field);
}

TEST_CASE("validate reports what a reader would, in field order") {
  Scenario<double> scenario;
  scenario.horizon_months = 61;
  scenario.live.first_wave_min = 600;
  scenario.private_domain.users = -1;
  scenario.quality.weight = {0, 0, 0, 0, 0};
  scenario.orders.return_rate = 0.0 / 0.0 * 1;
  scenario.channels[1].id = "ads";
  scenario.channels[0].shape = 0.5;
  scenario.repurchase.curve_private = std::vector<double>(121, 0.1);
  const Errors errors = validate(scenario);
  std::vector<std::string> paths;
  for (const Error& error : errors) paths.push_back(error.path);
  CHECK(paths == std::vector<std::string>{"horizon_months", "live.first_wave_min", "private.users",
                                          "quality.weight", "orders.return_rate", "channels[0].shape",
                                          "channels[1].id", "repurchase.curve_private"});
  CHECK(errors[4].code == ErrorCode::not_finite);
}

TEST_CASE("a scenario converted to dual numbers carries every field") {
  const Scenario<double> scenario = test::random_scenario(3);
  Scenario<double> copy = convert<double>(scenario);
  std::vector<double> values;
  Scenario<double> original = scenario;
  visit_numbers(original,
                [&](const Field&, std::string_view, double value) { values.push_back(value); });
  std::size_t i = 0;
  visit_numbers(copy,
                [&](const Field&, std::string_view, double value) { CHECK(value == values[i++]); });
  CHECK(i == values.size());
  CHECK(copy.horizon_months == scenario.horizon_months);
  CHECK(copy.business.seasonality == scenario.business.seasonality);
  CHECK(copy.repurchase.curve_private == scenario.repurchase.curve_private);
}
