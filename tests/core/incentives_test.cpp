// Programmes: the worked examples of the published rules, and every rule, stage, cap, delay and group.
#include "model/incentives.hpp"

#include <doctest/doctest.h>

#include "growth/plan.hpp"
#include "json/library.hpp"
#include "near.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;
using test::near;

namespace {

model::Metrics<double> metrics_of(const Json& given) {
  model::Metrics<double> metrics;
  metrics.values.fill(0);
  for (const auto& item : given.items()) {
    const std::string& name = item.key();
    bool known = false;
    for (int i = 0; i < k_metric_count; ++i) {
      if (metric_name(static_cast<Metric>(i)) != name) continue;
      metrics[static_cast<Metric>(i)] = item.value();
      known = true;
    }
    REQUIRE_MESSAGE(known, name);
  }
  return metrics;
}

Programme voucher(Metric metric, RewardRule rule, double amount) {
  Programme programme;
  programme.id = "p";
  programme.metric = metric;
  programme.reward.kind = RewardKind::voucher_yuan;
  programme.reward.rule = rule;
  programme.reward.amount = amount;
  return programme;
}

Plan with(std::vector<Programme> programmes, std::vector<Stage> stages = {},
          Scenario<double> scenario = {}) {
  scenario.incentives.own = Incentives{std::move(stages), std::move(programmes)};
  return plan(scenario, nullptr);
}

}  // namespace

TEST_CASE("worked examples of the published programmes") {
  const Json examples = Json::parse(test::file_text("core/policy_examples.json"));
  REQUIRE(examples.size() >= 15);
  for (const Json& example : examples) {
    CAPTURE(example.dump());
    const PolicyPack* pack = json::find_pack(example["pack"].get<std::string>());
    REQUIRE(pack != nullptr);
    const model::Metrics<double> metrics = metrics_of(example["metrics"]);
    const double fee = example["fee"];
    // The one programme or group alone, so that its first month shows what it pays.
    Incentives chosen;
    chosen.stages = pack->incentives.stages;
    const bool is_fee = example.contains("fee_rate");
    for (Programme programme : pack->incentives.programmes) {
      const bool wanted = is_fee ? programme.reward.kind == RewardKind::fee_rate
                          : example.contains("group")
                              ? programme.exclusive_group == example["group"].get<std::string>()
                              : programme.id == example["programme"].get<std::string>();
      if (!wanted) continue;
      programme.tags.clear();
      programme.stages.clear();
      programme.first_month.reset();
      chosen.programmes.push_back(std::move(programme));
    }
    REQUIRE(!chosen.programmes.empty());
    const model::CompiledIncentives compiled = model::compile(chosen, {});
    model::IncentiveBook<double> book(compiled, 12, 1.0);
    book.enter_month(metrics[Metric::months_open], metrics[Metric::cumulative_gmv]);
    if (is_fee) {
      CHECK(book.fee_rate(0, fee, metrics) == near(example["expected_fee"].get<double>()));
      continue;
    }
    book.earn(0, true, metrics, fee);
    book.earn(0, false, metrics, fee);
    double granted = 0;
    for (const auto& account : book.accounts()) granted += account.granted;
    CHECK(granted == near(example["expected"].get<double>()));
  }
}

TEST_CASE("every shipped pack runs, and an expired one says so") {
  for (const std::string& id : json::names_of(data::policies())) {
    CAPTURE(id);
    const PolicyPack* pack = json::find_pack(id);
    Scenario<double> scenario;
    scenario.incentives.pack = id;
    scenario.business.tags = {"brand", "flagship", "provider", "creator", "agency"};
    const Plan result = plan(scenario, pack);
    CHECK(result.ledger.size() == pack->incentives.programmes.size());
    bool warned = false;
    for (const Warning& warning : result.warnings) warned = warned || warning.code == "policy_expired";
    CHECK(warned == pack->expired);
  }
}

TEST_CASE("a warning calls a programme by its name, and one without by its id") {
  const PolicyPack* pack = json::find_pack("channels-2022-brand");
  Scenario<double> scenario;
  scenario.incentives.pack = pack->id;
  const Programme& programme = pack->incentives.programmes.at(0);
  REQUIRE_FALSE(programme.name.zh.empty());
  const auto message = [](const Plan& result, std::string_view code) {
    for (const Warning& warning : result.warnings) {
      if (warning.code == code) return warning.message;
    }
    return Message{};
  };
  const Message needs = message(plan(scenario, pack), "programme_needs_tag");
  CHECK(needs.zh.find(programme.name.zh) != std::string::npos);
  CHECK(needs.en.find(programme.name.en) != std::string::npos);
  CHECK(needs.zh.find(programme.id) == std::string::npos);

  Scenario<double> own;
  Programme never = voucher(Metric::gmv, RewardRule::rate, 0.01);
  never.requirements = {{Metric::gmv, 1e12, {}, {}}};
  own.incentives.own = Incentives{{}, {never}};
  const Message missed = message(plan(own, nullptr), "programme_never_active");
  CHECK(missed.zh.find(never.id) != std::string::npos);
}

TEST_CASE("rules: rate, fixed, step, marginal, fee saving, baseline") {
  Programme programme = voucher(Metric::gmv, RewardRule::rate, 0.01);
  programme.baseline = 1000;
  CHECK(model::reward_value(programme, 3000.0, 0.05) == near(20));
  CHECK(model::reward_value(programme, 500.0, 0.05) == 0);
  programme.reward.rule = RewardRule::fixed;
  CHECK(model::reward_value(programme, 0.0, 0.05) == 0.01);
  programme.reward.rule = RewardRule::fee_saving;
  CHECK(model::reward_value(programme, 3000.0, 0.05) == near(80));
  CHECK(model::reward_value(programme, 3000.0, 0.01) == 0);
  CHECK(model::reward_value(programme, 3000.0, 0.006) == 0);
  programme.baseline = 0;
  programme.reward.rule = RewardRule::step;
  programme.reward.tiers = {{1000, 50}, {5000, 400}};
  CHECK(model::reward_value(programme, 999.99, 0.05) == 0);
  CHECK(model::reward_value(programme, 1000.0, 0.05) == 50);
  CHECK(model::reward_value(programme, 5000.0, 0.05) == 400);
  programme.reward.rule = RewardRule::marginal;
  programme.reward.tiers = {{1000, 0.01}, {5000, 0.03}};
  CHECK(model::reward_value(programme, 900.0, 0.05) == 0);
  CHECK(model::reward_value(programme, 3000.0, 0.05) == near(20));
  CHECK(model::reward_value(programme, 7000.0, 0.05) == near(40 + 60));
}

TEST_CASE("caps, scale, delay, pending") {
  Programme programme = voucher(Metric::sessions, RewardRule::fixed, 100);
  programme.cap_per_month = 150;
  programme.cap_total = 500;
  programme.delay_months = 2;
  Scenario<double> scenario;
  scenario.incentives.scale = 2;
  const Plan result = with({programme}, {}, scenario);
  // 200 a month earned, 150 after the monthly cap, 500 in all: three times 150 and once 50.
  const LedgerEntry& entry = result.ledger.front();
  CHECK(entry.earned == 2400);
  CHECK(entry.paid == 500);
  CHECK(entry.capped == 1900);
  CHECK(entry.pending == 0);
  CHECK(result.months[1].voucher_granted == 0);
  CHECK(result.months[2].voucher_granted == 150);
  CHECK(result.months[5].voucher_granted == 50);
  programme.cap_per_month.reset();
  programme.cap_total.reset();
  programme.delay_months = 11;
  const Plan late = with({programme});
  CHECK(late.ledger.front().paid == 100);
  CHECK(late.ledger.front().pending == 1100);
}

TEST_CASE(
    "exclusive groups pay the largest, the first listed on a tie; who does not qualify does not "
    "compete") {
  Programme small = voucher(Metric::sessions, RewardRule::fixed, 100);
  small.exclusive_group = "festival";
  Programme large = small;
  large.id = "q";
  large.reward.amount = 300;
  large.first_month = 7;
  const Plan result = with({small, large});
  CHECK(result.ledger[0].earned == 600);
  CHECK(result.ledger[1].earned == 1800);
  large.reward.amount = 100;
  large.first_month.reset();
  const Plan tie = with({small, large});
  CHECK(tie.ledger[0].earned == 1200);
  CHECK(tie.ledger[1].earned == 0);
  // A programme capped to nothing still earns, and loses it to its cap, when no other is active.
  small.requirements = {{Metric::sessions, {}, {}, 1.0}};
  large.cap_total = 0;
  const Plan capped = with({small, large});
  CHECK(capped.ledger[1].earned == 1200);
  CHECK(capped.ledger[1].capped == 1200);
}

TEST_CASE("fee programmes lower the fee, never raise it, and pay nothing") {
  Programme fee = voucher(Metric::months_open, RewardRule::fixed, 0.01);
  fee.reward.kind = RewardKind::fee_rate;
  fee.requirements = {{Metric::months_open, {}, {}, 1.0}};
  const Plan result = with({fee});
  CHECK(result.months[0].fee_rate == 0.01);
  CHECK(result.months[1].fee_rate == 0.05);
  CHECK(result.months[0].platform_fee == near(0.01 * result.months[0].settled_gmv));
  CHECK(result.ledger.front().paid == 0);
  CHECK(result.ledger.front().value > 0);
  fee.reward.amount = 0.2;
  CHECK(with({fee}).months[0].fee_rate == 0.05);
}

TEST_CASE("stages: the first whose every bound is above its metric; the last never ends") {
  const std::vector<Stage> stages{
      {"novice", {}, 3.0, 1e9}, {"growth", {}, {}, 300000.0}, {"boom", {}, {}, {}}};
  Programme programme = voucher(Metric::sessions, RewardRule::fixed, 10);
  programme.stages = {"growth"};
  const Plan result = with({programme}, stages);
  REQUIRE(result.stages.size() == 12);
  CHECK(result.stages[0] == "novice");
  CHECK(result.stages[2] == "novice");
  CHECK(result.stages[3] == "growth");
  CHECK(result.stages.back() == "boom");
  double earned = 0;
  for (const std::string& stage : result.stages) earned += stage == "growth" ? 10 : 0;
  CHECK(result.ledger.front().earned == earned);
}

TEST_CASE("tags: all are required; what is missing is said") {
  Programme programme = voucher(Metric::sessions, RewardRule::fixed, 10);
  programme.tags = {"brand", "flagship"};
  Scenario<double> scenario;
  scenario.business.tags = {"brand"};
  const Plan result = with({programme}, {}, scenario);
  CHECK(result.ledger.front().earned == 0);
  CHECK(result.ledger.front().missing_tags == std::vector<std::string>{"flagship"});
  scenario.business.tags = {"flagship", "brand"};
  CHECK(with({programme}, {}, scenario).ledger.front().earned == 120);
}

TEST_CASE("the next tier is that of the last active month; unmet requirements are said") {
  Programme programme = voucher(Metric::sessions, RewardRule::step, 0);
  programme.reward.tiers = {{10, 100}, {20, 500}};
  programme.last_month = 4;
  const Plan result = with({programme});
  REQUIRE(result.ledger.front().next_tier);
  CHECK(result.ledger.front().next_tier->from == 20);
  CHECK(result.ledger.front().next_tier->amount == 500);
  CHECK(result.ledger.front().next_tier->short_by == 8);
  CHECK(result.ledger.front().next_tier->month == 4);
  programme.requirements = {{Metric::shop_score, 4.8, {}, {}}};
  const Plan unmet = with({programme});
  CHECK(!unmet.ledger.front().next_tier);
  REQUIRE(unmet.ledger.front().unmet.size() == 1);
  CHECK(unmet.ledger.front().unmet.front().got == 4.6);
}

TEST_CASE("vouchers: earliest expiry first, then they lapse") {
  Scenario<double> scenario;
  scenario.vouchers.opening_balance = 1000;
  scenario.vouchers.opening_valid_months = 2;
  scenario.vouchers.use_rate = 0.5;
  Programme programme = voucher(Metric::sessions, RewardRule::fixed, 600);
  programme.delay_months = 1;
  programme.valid_months = 1;
  programme.last_month = 1;
  const Plan result = with({programme}, {}, scenario);
  // Month 1: 1000, half used. Month 2: 500 left and 600 new, both lapse at its end; 550 used.
  CHECK(result.months[0].voucher_used == 500);
  CHECK(result.months[0].voucher_balance == 500);
  CHECK(result.months[1].voucher_used == 550);
  CHECK(result.months[1].voucher_expired == 550);
  CHECK(result.months[1].voucher_balance == 0);
  scenario.vouchers.use_rate = 1;
  const Plan all = with({programme}, {}, scenario);
  for (const Month<double>& month : all.months) CHECK(month.voucher_expired == 0);
}

TEST_CASE("immediate traffic is there in its own month") {
  Programme programme = voucher(Metric::private_viewers, RewardRule::rate, 1);
  programme.reward.kind = RewardKind::public_viewers;
  programme.delay_months = 0;
  const Plan result = with({programme});
  const Month<double>& m = result.months.front();
  CHECK(m.granted_viewers == m.viewers_private);
  CHECK(m.viewers_granted == near(1 / (1 / m.viewers_private + 1 / 2e6)));
  CHECK(m.new_customers_granted == near(m.viewers_granted * m.conversion_natural));
}
