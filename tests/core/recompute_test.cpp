// Formulas that give a plan back from its inputs alone: against the model, number by number.
#include "analysis/recompute.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>

#include "check_each.hpp"
#include "growth/quantities.hpp"
#include "support.hpp"

using namespace growth;

namespace {

/// Sums are compared on the scale of what they are made of.
void check_number(double got, double wanted, double scale) {
  CAPTURE(got);
  CAPTURE(wanted);
  CHECK_EACH(test::relative_difference(got, wanted, scale) < 1e-9);
}

void check_plan(const Scenario<double>& scenario, const PolicyPack* pack) {
  const Plan result = plan(scenario, pack);
  std::map<std::string, const analysis::Stated*> once;
  std::map<std::string, const analysis::Stated*> monthly;
  const std::vector<analysis::Stated> all = analysis::recompute(scenario, pack);
  for (const analysis::Stated& line : all) {
    const bool of_month = line.sheet == analysis::Sheet::months || line.sheet == analysis::Sheet::terms;
    (of_month ? monthly : once)[line.id] = &line;
  }
  for (std::size_t t = 0; t < result.months.size(); ++t) {
    const Month<double>& month = result.months[t];
    const double money =
        1e-3 * (month.gmv + month.outlays + month.voucher_granted + month.voucher_used);
    for (const auto entries : {month_columns(), month_terms()}) {
      for (const auto& entry : entries) {
        CAPTURE(entry.quantity.id);
        CAPTURE(t);
        const bool is_money = entry.quantity.unit == Unit::yuan;
        const double scale =
            is_money ? money : 1e-3 * month.private_users * (entry.quantity.unit == Unit::users);
        check_number(monthly.at(std::string(entry.quantity.id))->values.at(t), entry.read(month),
                     scale);
      }
    }
  }
  for (const SummaryEntry& entry : summary_quantities()) {
    CAPTURE(entry.quantity.id);
    const auto wanted = summary_value(entry, result.summary, scenario.horizon_months);
    const double got = once.at(std::string(entry.quantity.id))->values.at(0);
    CHECK(std::isnan(got) == !wanted);
    if (wanted) check_number(got, *wanted, 1e-3 * result.summary.gmv);
  }
  for (const auto& entry : unit_economics_quantities()) {
    CAPTURE(entry.quantity.id);
    check_number(once.at(std::string(entry.quantity.id))->values.at(0),
                 entry.read(result.unit_economics), 1e-3);
  }
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    check_number(once.at("max_cost_per_viewer." + scenario.channels[c].id)->values.at(0),
                 result.unit_economics.max_cost_per_viewer_channels[c], 1e-3);
  }
  const auto check_maybe = [&](const char* id, const auto& wanted) {
    CAPTURE(std::string(id));
    const double got = once.at(id)->values.at(0);
    CHECK(std::isnan(got) == !wanted);
    if (wanted) check_number(got, *wanted, 0);
  };
  check_maybe("break_even_roi", break_even_roi(result.unit_economics));
  check_maybe("customer_payback_months",
              customer_payback_months(result.unit_economics, result.summary));
  for (std::size_t p = 0; p < result.ledger.size(); ++p) {
    const auto granted = once.find("programme." + std::to_string(p + 1) + ".granted");
    if (granted == once.end()) continue;
    double total = 0;
    for (const double month : granted->second->values) total += month;
    check_number(total, result.ledger[p].paid + result.ledger[p].pending, 1e-6);
  }
}

}  // namespace

TEST_CASE("formulas give back every number of random plans from the inputs alone") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    check_plan(test::random_scenario(seed), nullptr);
  }
}

TEST_CASE("formulas give back stages, groups, caps, fees and tags of programmes") {
  Scenario<double> scenario;
  scenario.horizon_months = 9;
  scenario.business.tags = {"brand"};
  scenario.vouchers.opening_balance = 3000;
  Incentives incentives;
  incentives.stages = {{"new", {}, 2, 400000}, {"grown", {}, {}, 900000}, {"old", {}, {}, {}}};
  const auto programme = [&](const char* id, RewardKind kind, Metric metric, RewardRule rule,
                             double amount) {
    Programme added;
    added.id = id;
    added.metric = metric;
    added.reward = {kind, rule, amount, {}};
    incentives.programmes.push_back(added);
    return &incentives.programmes.back();
  };
  incentives.programmes.reserve(8);
  programme("new_fee", RewardKind::fee_rate, Metric::gmv, RewardRule::fixed, 0.01)->stages = {"new",
                                                                                              "grown"};
  programme("grown_fee", RewardKind::fee_rate, Metric::gmv, RewardRule::fixed, 0.02)->tags = {
      "factory"};
  Programme* small = programme("small", RewardKind::voucher_yuan, Metric::gmv, RewardRule::rate, 0.01);
  small->exclusive_group = "g";
  small->valid_months = 3;
  Programme* large = programme("large", RewardKind::voucher_yuan, Metric::gmv, RewardRule::rate, 0.02);
  large->exclusive_group = "g";
  large->cap_total = 2500;
  large->valid_months = 1;
  Programme* tied = programme("tied", RewardKind::voucher_yuan, Metric::gmv, RewardRule::rate, 0.01);
  tied->exclusive_group = "g";
  Programme* saving = programme("saving", RewardKind::cash_yuan, Metric::private_settled,
                                RewardRule::fee_saving, 0.006);
  saving->delay_months = 0;
  saving->tags = {"brand"};
  saving->requirements = {{Metric::months_open, 1, 6, {}}, {Metric::return_rate, {}, {}, 0.5}};
  Programme* now =
      programme("now", RewardKind::public_viewers, Metric::private_viewers, RewardRule::rate, 2);
  now->delay_months = 0;
  scenario.incentives.own = incentives;
  check_plan(scenario, nullptr);
  scenario.incentives.scale = 0;
  check_plan(scenario, nullptr);
}

TEST_CASE("formulas name only what is stated, and have words in both languages") {
  std::set<std::string> ids;
  for (const analysis::Stated& line : analysis::recompute(test::random_scenario(7), nullptr)) {
    CAPTURE(line.id);
    CHECK(ids.insert(std::string(analysis::sheet_name(line.sheet)) + "/" + line.id).second);
    CHECK(!line.label.zh.empty());
    CHECK(!line.label.en.empty());
    CHECK(line.definition.zh.empty() == line.definition.en.empty());
  }
}

TEST_CASE("formulas: the command answers with every quantity and its values") {
  const test::Json answer = test::ask("formulas", {{"horizon_months", 3}});
  CHECK(answer["schema"] == "growth.formulas/1");
  CHECK(answer["months"] == 3);
  bool found = false;
  for (const test::Json& line : answer["quantities"]) {
    if (line["id"] != "cac") continue;
    found = true;
    CHECK(line["sheet"] == "summary");
    CHECK(line["values"] == test::Json::array({nullptr}));
  }
  CHECK(found);
  CHECK(test::errors_of("formulas", R"({"horizon_months":0})")[0]["path"] == "horizon_months");
}
