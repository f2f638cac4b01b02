// Allocation: published optima and traps run through the very same search, plans whose optimum is
// known, brute force over grids, thresholds, every error.
#include "growth/allocate.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <string>

#include "analysis/best_split.hpp"
#include "growth/run.hpp"
#include "model/run.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

using Spend = std::vector<double>;

/// What a channel brings: a*s^h/(k^h + s^h).
struct Hill {
  double a, k, h;

  [[nodiscard]] double at(double s) const { return s > 0 ? a / (1 + std::pow(k / s, h)) : 0; }
  [[nodiscard]] double slope(double s) const {
    if (s <= 0) return h == 1 ? a / k : 0;
    const double power = std::pow(k / s, h);
    return a * h * power / (s * (1 + power) * (1 + power));
  }
};

Allocation solved(const std::function<double(std::span<const double>)>& f, std::size_t channels,
                  double budget, const analysis::SlopesAt& slopes = {},
                  std::vector<SpendBounds> bounds = {}, Spend current = {}) {
  analysis::SplitProblem problem;
  problem.objective = [&](std::span<const double> spends, std::span<double> objective) {
    for (std::size_t i = 0; i < objective.size(); ++i) {
      objective[i] = f(spends.subspan(i * channels, channels));
    }
    return true;
  };
  problem.slopes = slopes;
  if (bounds.empty()) bounds.assign(channels, {0, 1e9});
  if (current.empty()) current.assign(channels, 0);
  problem.bounds = bounds;
  problem.budget = budget;
  problem.current = current;
  problem.flat_loss = 0.01 * budget;
  const auto result = analysis::best_split(problem);
  REQUIRE(result.has_value());
  return *result;
}

Allocation solved(const std::vector<Hill>& channels, double budget, bool with_slopes = true,
                  const std::vector<SpendBounds>& bounds = {}, const Spend& current = {}) {
  const analysis::SlopesAt slopes = [&](std::span<const double> spend, std::span<double> slope) {
    for (std::size_t c = 0; c < channels.size(); ++c) slope[c] = channels[c].slope(spend[c]);
  };
  return solved(
      [&](std::span<const double> spend) {
        double total = 0;
        for (std::size_t c = 0; c < channels.size(); ++c) total += channels[c].at(spend[c]);
        return total;
      },
      channels.size(), budget, with_slopes ? slopes : analysis::SlopesAt(), bounds, current);
}

void check_near(double value, double expected, double relative) {
  CAPTURE(value);
  CAPTURE(expected);
  CHECK(std::fabs(value - expected) <= relative * std::max(1.0, std::fabs(expected)));
}

void check_spend(const Spend& spend, const Spend& expected, double relative) {
  REQUIRE(spend.size() == expected.size());
  for (std::size_t c = 0; c < spend.size(); ++c) check_near(spend[c], expected[c], relative);
}

double total(const Spend& spend) {
  double sum = 0;
  for (const double s : spend) sum += s;
  return sum;
}

const std::vector<Hill> k_concave{{70000, 5000, 1}, {42000, 3500, 1}, {24000, 2500, 1}};
const std::vector<Hill> k_mixed{{70000, 5000, 1}, {42000, 3500, 1.3}, {24000, 2500, 1.6}};

/// UNCERTAINTY.md section 6, "Water-filling".
struct KnownSplit {
  double budget;
  Spend spend;
  double multiplier;
  double response;
  double equal;
};
const KnownSplit k_water_filling[] = {
    {100, {100, 0, 0}, 13.456362937331795, 1372.5490196078431, 1175.5920477189475},
    {500,
     {460.91960591883757, 39.080394081162427, 0},
     11.736442578870990,
     6372.0167901610871,
     5667.1554252199413},
    {6200,
     {3340.9573666382703, 1905.5581869657490, 953.48444639598071},
     5.0307906095265053,
     49470.401516144109,
     46925.826353078171},
    {20000,
     {10033.120835220138, 6242.5758020894314, 3724.3033626904304},
     1.5487087345705737,
     87990.029228312215,
     84995.529061102832},
};
/// … and "S-curve traps".
const KnownSplit k_traps[] = {
    {6200, {3472.66817541657461, 2727.33182458342539, 0}, 4.87559528507855109, 46315.3790368035898, 0},
    {8000, {3447.072505, 2706.465902, 1846.461593}, 0, 55234.850843, 0},
    {20000, {9037.33627167194, 6542.32495371515, 4420.33877461291}, 0, 91284.8512760363, 0},
};

/// Channels alone: no pool, no natural viewers, no repeats. Price times conversion is 1, so that GMV is
/// months * Σ Hill with a = half_saturation/cost_per_viewer; an order's margin is 55 of 100 ¥.
Json paid_only(const std::vector<Hill>& channels, double fixed = 0) {
  Json list = Json::array();
  for (std::size_t c = 0; c < channels.size(); ++c) {
    list.push_back({{"id", "c" + std::to_string(c)},
                    {"cost_per_viewer", channels[c].k / channels[c].a},
                    {"half_saturation", channels[c].k},
                    {"shape", channels[c].h},
                    {"precision", 0.8}});
  }
  return {{"horizon_months", 10},
          {"live", {{"sessions_per_month", 0}}},
          {"private", {{"users", 0}, {"buyer_join_rate", 0}, {"viewer_join_rate", 0}}},
          {"conversion", {{"public", 0.01}}},
          {"audience", {{"reference_purity", 0.8}, {"learning_rate", 0}}},
          {"orders", {{"average_order_value", 100}, {"return_rate", 0.1}}},
          {"channels", list},
          {"repurchase", {{"private_rate", 0}, {"public_rate", 0}}},
          {"costs",
           {{"gross_margin", 0.7},
            {"platform_fee_rate", 0.05},
            {"shipping_per_order", 3},
            {"return_cost_per_order", 5},
            {"fixed_monthly", fixed}}}};
}
constexpr double k_margin_share = 0.55;

Json allocated(Json scenario, const Json& wanted) {
  scenario["allocate"] = wanted;
  return test::ask("allocate", scenario);
}

Spend spend_of(const Json& by_channel) {
  Spend spend;
  for (const auto& entry : by_channel.items()) spend.push_back(entry.value());
  return spend;
}

/// Every split of the budget in `steps` portions; some of them to nobody unless it is used `whole`.
void each_split(std::size_t channels, int steps, double budget, bool whole,
                const std::function<void(const Spend&)>& see) {
  Spend spend(channels, 0);
  const std::function<void(std::size_t, int)> hand_out = [&](std::size_t c, int left) {
    if (c == channels) return see(spend);
    for (int k = whole && c + 1 == channels ? left : 0; k <= left; ++k) {
      spend[c] = budget * k / steps;
      hand_out(c + 1, left - k);
    }
    spend[c] = 0;
  };
  hand_out(0, steps);
}

Scenario<double> with_spend(Scenario<double> scenario, const Spend& spend) {
  for (std::size_t c = 0; c < spend.size(); ++c) scenario.channels[c].monthly_spend = spend[c];
  return scenario;
}

}  // namespace

TEST_CASE("water-filling: every published number, with and without slopes") {
  for (const KnownSplit& known : k_water_filling) {
    CAPTURE(known.budget);
    for (const bool with_slopes : {true, false}) {
      CAPTURE(with_slopes);
      const Allocation result = solved(k_concave, known.budget, with_slopes);
      check_spend(result.best.spend, known.spend, with_slopes ? 1e-8 : 1e-4);
      check_near(result.best.objective, known.response, 1e-12);
      check_near(result.equal.objective, known.equal, 1e-14);
      CHECK(std::fabs(total(result.best.spend) - known.budget) <= 1e-9 * known.budget);
      CHECK(result.unspent == 0);
      for (std::size_t c = 0; c < known.spend.size(); ++c) {
        if (known.spend[c] > 0) {
          check_near(result.marginal[c], known.multiplier, with_slopes ? 1e-8 : 1e-4);
        } else {
          CHECK(result.marginal[c] <= known.multiplier * (1 + 1e-4));
        }
      }
    }
  }
}

TEST_CASE("power and exponential responses") {
  // The slope of a root is infinite at 0.
  const Spend a{3, 2, 1};
  const Allocation power = solved(
      [&](std::span<const double> s) {
        return a[0] * std::sqrt(s[0]) + a[1] * std::sqrt(s[1]) + a[2] * std::sqrt(s[2]);
      },
      3, 14);
  check_spend(power.best.spend, {9, 4, 1}, 1e-4);
  check_near(power.best.objective, 14, 1e-9);
  const auto exponential = [](double budget) {
    const auto slopes = [](std::span<const double> s, std::span<double> slope) {
      slope[0] = 4 * std::exp(-s[0] / 2);
      slope[1] = 1.5 * std::exp(-s[1] / 2);
      slope[2] = 0.5 * std::exp(-s[2] / 2);
    };
    return solved(
        [](std::span<const double> s) {
          return 8 * (1 - std::exp(-s[0] / 2)) + 3 * (1 - std::exp(-s[1] / 2)) +
                 (1 - std::exp(-s[2] / 2));
        },
        3, budget, slopes);
  };
  const Allocation four = exponential(4);
  check_spend(four.best.spend, {2.9808292530117262, 1.0191707469882738, 0}, 1e-8);
  check_near(four.best.objective, 7.3955323290789778, 1e-13);
  check_near(four.marginal[0], 0.90111691773025555, 1e-8);
  check_spend(exponential(1).best.spend, {1, 0, 0}, 1e-9);
}

TEST_CASE("S-curve traps: the global optimum from every start") {
  for (const KnownSplit& known : k_traps) {
    CAPTURE(known.budget);
    for (const Spend& current : {Spend{0, 0, 0}, Spend{3000, 2000, 1200}, Spend{6200, 0, 0}}) {
      for (const bool with_slopes : {true, false}) {
        const Allocation result = solved(k_mixed, known.budget, with_slopes, {}, current);
        check_spend(result.best.spend, known.spend, with_slopes ? 1e-8 : 1e-4);
        check_near(result.best.objective, known.response, 1e-10);
        if (known.multiplier > 0 && with_slopes) check_near(result.marginal[0], known.multiplier, 1e-8);
      }
    }
  }
  const Allocation result = solved(k_mixed, 6200, true, {}, {3000, 2000, 1200});
  check_near(result.current.objective, 45596.89279811054, 1e-12);
}

TEST_CASE("two equal S-curves: all in one up to √2·k, equal from there on") {
  const std::vector<Hill> twins{{9000, 1000, 2}, {9000, 1000, 2}};
  const double edge = std::sqrt(2.0) * 1000;
  for (const bool with_slopes : {true, false}) {
    for (const double budget : {200.0, 1000.0, edge * (1 - 1e-5)}) {
      CAPTURE(budget);
      const Allocation one = solved(twins, budget, with_slopes);
      CHECK(std::min(one.best.spend[0], one.best.spend[1]) < 1e-6 * budget);
      check_near(one.best.objective, twins[0].at(budget), 1e-9);
    }
    for (const double budget : {edge * (1 + 1e-5), 2000.0, 9000.0}) {
      CAPTURE(budget);
      const Allocation both = solved(twins, budget, with_slopes);
      check_spend(both.best.spend, {budget / 2, budget / 2}, with_slopes ? 1e-7 : 1e-4);
    }
    check_near(solved(twins, edge, with_slopes).best.objective, 2 * 9000.0 / 3, 1e-12);
  }
}

TEST_CASE("the same numbers through the full plan") {
  for (const KnownSplit& known : k_water_filling) {
    CAPTURE(known.budget);
    const Json answer =
        allocated(paid_only(k_concave), {{"budget", known.budget}, {"objective", "gmv"}});
    check_spend(spend_of(answer["spend"]), known.spend, 1e-7);
    check_near(answer["objective"], 10 * known.response, 1e-12);
    check_near(answer["equal_split"]["objective"], 10 * known.equal, 1e-12);
    check_near(answer["marginal"]["c0"], 10 * known.multiplier, 1e-8);
  }
  for (const KnownSplit& known : k_traps) {
    CAPTURE(known.budget);
    const Json answer = allocated(paid_only(k_mixed), {{"budget", known.budget}, {"objective", "gmv"}});
    check_spend(spend_of(answer["spend"]), known.spend, 1e-7);
    check_near(answer["objective"], 10 * known.response, 1e-10);
    // Profit is 55 % of GMV less the spend, so within the budget the same split is best for both.
    const Json profit =
        allocated(paid_only(k_mixed), {{"budget", known.budget}, {"objective", "profit"}});
    if (known.multiplier * k_margin_share > 1) {
      check_spend(spend_of(profit["spend"]), known.spend, 1e-7);
      check_near(profit["objective"], 10 * (k_margin_share * known.response - known.budget), 1e-9);
    }
  }
}

TEST_CASE("money that would be lost stays unspent") {
  // 0.55*a*k/(k+s)² = 1: the best spend of each channel by itself.
  const Json answer = allocated(paid_only(k_concave), {{"budget", 1e6}, {"objective", "profit"}});
  Spend expected;
  for (const Hill& channel : k_concave) {
    expected.push_back(std::sqrt(k_margin_share * channel.a * channel.k) - channel.k);
  }
  check_spend(spend_of(answer["spend"]), expected, 1e-6);
  check_near(answer["unspent"], 1e6 - total(expected), 1e-6);
  for (const auto& marginal : answer["marginal"].items()) {
    CHECK(std::fabs(marginal.value().get<double>()) < 1e-5);
  }
  // Nothing pays: nothing is spent.
  const Json nothing = allocated(paid_only({{100, 5000, 1}, {80, 4000, 2}}, 50),
                                 {{"budget", 3000}, {"objective", "profit"}});
  check_spend(spend_of(nothing["spend"]), {0, 0}, 0);
  CHECK(nothing["unspent"] == 3000);
  CHECK(nothing["objective"] == -500);
}

TEST_CASE("a step of a programme on media spend is met exactly") {
  Json scenario = paid_only({{60000, 30000, 1}, {60000, 30000, 1}});
  const auto step = [&](Json reward, Json requirements) {
    Json programme = {{"id", "match"}, {"metric", "media_spend"}, {"delay_months", 0}};
    programme["reward"] = std::move(reward);
    if (!requirements.is_null()) programme["requires"] = std::move(requirements);
    scenario["incentives"]["programmes"] = Json::array({programme});
    return allocated(scenario, {{"budget", 40000}, {"objective", "profit"}});
  };
  // Without it 1,464 ¥ in each is best and brings 142 ¥; at 15,000 ¥ together the loss is 1,800 ¥.
  const Json bonus =
      step({{"kind", "cash_yuan"}, {"rule", "step"}, {"tiers", {{{"from", 15000}, {"value", 9000}}}}},
           nullptr);
  CAPTURE(bonus.dump());
  check_spend(spend_of(bonus["spend"]), {7500, 7500}, 1e-4);
  check_near(bonus["objective"], 10 * (9000 - 1800), 1e-9);
  CHECK(total(spend_of(bonus["spend"])) >= 15000);
  // The other way round: what pays only while little is spent.
  const Json modest = step({{"kind", "cash_yuan"}, {"rule", "fixed"}, {"value", 500}},
                           {{{"metric", "media_spend"}, {"below", 2000}}});
  CAPTURE(modest.dump());
  check_spend(spend_of(modest["spend"]), {1000, 1000}, 1e-3);
  const double each = 33000 * 1000.0 / 31000 - 1000;
  check_near(modest["objective"], 10 * (2 * each + 500), 1e-6);
}

TEST_CASE("a step in sales is found without being told where it is") {
  // 9,000 ¥ a month once GMV reaches 30,000: with 60000*s/(s + 30000) that is a spend of 30,000.
  Json scenario = paid_only({{60000, 30000, 1}});
  scenario["incentives"] = {{"programmes",
                             {{{"id", "goal"},
                               {"metric", "gmv"},
                               {"delay_months", 0},
                               {"reward",
                                {{"kind", "cash_yuan"},
                                 {"rule", "step"},
                                 {"tiers", {{{"from", 30000}, {"value", 19000}}}}}}}}}};
  const Json answer = allocated(scenario, {{"budget", 50000}, {"objective", "profit"}});
  CAPTURE(answer.dump());
  check_near(answer["spend"]["c0"], 30000, 1e-6);
  check_near(answer["objective"], 10 * (33000.0 / 2 - 30000 + 19000), 1e-6);
}

TEST_CASE("no grid beats it: S-curves") {
  test::Random random(7);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    std::vector<Hill> channels;
    for (int c = random.whole(2, 3); c > 0; --c) {
      channels.push_back({random.between(1000, 100000), random.between(50, 9000),
                          random.chance(0.3) ? 1.0 : random.between(1, 3)});
    }
    const double budget = random.between(100, 15000);
    const Allocation result = solved(channels, budget, random.chance(0.5));
    double best = 0;
    each_split(channels.size(), channels.size() == 2 ? 4000 : 160, budget, true,
               [&](const Spend& spend) {
                 double value = 0;
                 for (std::size_t c = 0; c < spend.size(); ++c) value += channels[c].at(spend[c]);
                 best = std::max(best, value);
               });
    CHECK(result.best.objective >= best * (1 - 1e-9));
  }
}

TEST_CASE("no grid beats it: whole plans with pools, repeats and programmes") {
  int tried = 0;
  for (std::uint64_t seed = 1; tried < 24; ++seed) {
    Scenario<double> scenario = test::random_scenario(seed);
    const std::size_t channels = scenario.channels.size();
    if (channels < 2 || channels > 3) continue;
    ++tried;
    test::Random random(seed + 1000);
    for (Channel<double>& channel : scenario.channels) {
      channel.half_saturation = random.between(1000, 60000);
      channel.shape = random.chance(0.4) ? 1 : random.between(1, 3);
      channel.cost_per_viewer = random.between(0.05, 0.5);
    }
    const double budget = random.between(2000, 120000);
    const Objective objective = random.chance(0.7) ? Objective::profit : Objective::gmv;
    CAPTURE(seed);
    AllocationRequest request;
    request.budget = budget;
    request.objective = objective;
    request.bounds.assign(channels, {0, 1e9});
    const auto result = allocate(scenario, nullptr, request, {}, {});
    REQUIRE(result.has_value());
    static const Incentives none;
    const auto compiled = model::compile(scenario.incentives.own ? *scenario.incentives.own : none,
                                         scenario.business.tags);
    const auto value = [&](const Spend& spend) {
      const auto summary = model::run(with_spend(scenario, spend), compiled);
      return objective == Objective::profit ? summary.profit : summary.gmv;
    };
    double best = -1e300;
    double worst = 1e300;
    each_split(channels, channels == 2 ? 70 : 22, budget, false, [&](const Spend& spend) {
      const double v = value(spend);
      best = std::max(best, v);
      worst = std::min(worst, v);
    });
    CAPTURE(best);
    CAPTURE(worst);
    CAPTURE(result->best.objective);
    CHECK(result->best.objective >= best - 1e-6 * (best - worst));
    CHECK(result->best.objective == value(result->best.spend));
    CHECK(total(result->best.spend) <= budget * (1 + 1e-12));
    CHECK(result->current.objective == value(result->current.spend));
    for (const double s : result->best.spend) CHECK(s >= 0);
    // More budget is never worse; the budget itself is one of the curve.
    bool budget_seen = false;
    for (std::size_t i = 0; i < result->curve.size(); ++i) {
      if (i > 0) {
        CHECK(result->curve[i].budget > result->curve[i - 1].budget);
        CHECK(result->curve[i].objective >= result->curve[i - 1].objective);
      }
      if (result->curve[i].budget == budget) {
        budget_seen = true;
        CHECK(result->curve[i].objective == result->best.objective);
      }
    }
    CHECK(budget_seen);
    CHECK(result->curve.size() == 25);
    CHECK(result->curve.back().budget == 2 * budget);
    // The flat range holds what it promises at its ends and in between.
    for (std::size_t c = 0; c < channels; ++c) {
      CHECK(result->flat[c].low <= result->best.spend[c]);
      CHECK(result->flat[c].high >= result->best.spend[c]);
    }
  }
}

TEST_CASE("the curve tells what an allocation of each budget brings") {
  const Json answer = allocated(paid_only(k_mixed), {{"budget", 6200}, {"objective", "gmv"}});
  const double span = answer["curve"].back()["objective"].get<double>();
  for (const Json& point : answer["curve"]) {
    const Json alone =
        allocated(paid_only(k_mixed), {{"budget", point["budget"]}, {"objective", "gmv"}});
    CHECK(std::fabs(alone["objective"].get<double>() - point["objective"].get<double>()) <=
          1e-6 * span);
  }
}

TEST_CASE("bounds are kept, and what they leave is split at its best") {
  const Json answer = allocated(
      paid_only(k_concave),
      {{"budget", 6200}, {"objective", "gmv"}, {"bounds", {{"c0", {0, 2500}}, {"c2", {1500, 9000}}}}});
  // c0 and c2 would have 3,341 and 953: both rest on their bounds.
  check_spend(spend_of(answer["spend"]), {2500, 2200, 1500}, 1e-9);
  CHECK(answer["spend"]["c0"].get<double>() <= 2500);
  CHECK(answer["spend"]["c2"].get<double>() >= 1500);
  check_near(answer["marginal"]["c0"], 10 * k_concave[0].slope(2500), 1e-9);
  const Json fixed =
      allocated(paid_only(k_concave),
                {{"budget", 3000},
                 {"objective", "gmv"},
                 {"bounds", {{"c0", {1000, 1000}}, {"c1", {1500, 2000}}, {"c2", {500, 500}}}}});
  check_spend(spend_of(fixed["spend"]), {1000, 1500, 500}, 0);
  CHECK(fixed["curve"].front()["budget"] == 3000);
  const Json capped = allocated(paid_only(k_concave),
                                {{"budget", 9000},
                                 {"objective", "gmv"},
                                 {"bounds", {{"c0", {0, 10}}, {"c1", {0, 20}}, {"c2", {0, 30}}}}});
  check_spend(spend_of(capped["spend"]), {10, 20, 30}, 1e-12);
  CHECK(capped["unspent"] == 8940);
  const Json zero = allocated(paid_only(k_concave), {{"budget", 0}, {"objective", "profit"}});
  check_spend(spend_of(zero["spend"]), {0, 0, 0}, 0);
  CHECK(zero["curve"].size() == 1);
}

TEST_CASE("marginal returns are those of the plan") {
  const Json scenario = test::scenario_json([] {
    Scenario<double> made = test::random_scenario(4);
    made.incentives.own.reset();
    made.channels = {{"a", 0, 0.2, 20000, 1, 0.7}, {"b", 0, 0.3, 9000, 1.2, 0.5}};
    return made;
  }());
  const Json answer = allocated(scenario, {{"budget", 20000}, {"objective", "gmv"}});
  for (std::size_t c = 0; c < 2; ++c) {
    if (spend_of(answer["spend"])[c] == 0) continue;
    Json more = scenario;
    Json less = scenario;
    for (std::size_t i = 0; i < 2; ++i) {
      const double spend = spend_of(answer["spend"])[i];
      more["channels"][i]["monthly_spend"] = spend + (i == c ? 1 : 0);
      less["channels"][i]["monthly_spend"] = std::max(0.0, spend - (i == c ? 1 : 0));
    }
    const double step = more["channels"][c]["monthly_spend"].get<double>() -
                        less["channels"][c]["monthly_spend"].get<double>();
    const double difference = (test::plan_of(more)["summary"]["gmv"].get<double>() -
                               test::plan_of(less)["summary"]["gmv"].get<double>()) /
                              step;
    check_near(spend_of(answer["marginal"])[c], difference, 1e-4);
  }
}

TEST_CASE("eight channels") {
  std::vector<Hill> channels;
  test::Random random(3);
  for (int c = 0; c < 8; ++c) {
    channels.push_back({random.between(5000, 60000), random.between(500, 9000), 1});
  }
  // Concave: at the optimum all active channels have one marginal return and no other has more.
  const Json answer = allocated(paid_only(channels), {{"budget", 20000}, {"objective", "gmv"}});
  const Spend spend = spend_of(answer["spend"]);
  CAPTURE(answer.dump());
  double highest = 0;
  for (std::size_t c = 0; c < 8; ++c) highest = std::max(highest, channels[c].slope(spend[c]));
  for (std::size_t c = 0; c < 8; ++c) {
    if (spend[c] > 0) check_near(channels[c].slope(spend[c]), highest, 1e-7);
  }
  CHECK(std::fabs(total(spend) - 20000) <= 1e-9 * 20000);
}

TEST_CASE("a search that is stopped has no allocation") {
  Scenario<double> scenario;
  AllocationRequest request;
  request.budget = 1000;
  request.bounds.assign(2, {0, 1e9});
  Execution execution;
  int calls = 0;
  execution.progress = [&](double share) {
    CHECK(share <= 1);
    return ++calls < 5;
  };
  CHECK(!allocate(scenario, nullptr, request, {}, execution).has_value());
  CHECK(calls == 5);
}

TEST_CASE("every error of an allocation has its code and path") {
  const test::ErrorCase cases[] = {
      {R"([])", "wrong_type", "allocate"},
      {R"({"objective":"gmv"})", "missing", "allocate.budget"},
      {R"({"budget":"1"})", "wrong_type", "allocate.budget"},
      {R"({"budget":null})", "wrong_type", "allocate.budget"},
      {R"({"budget":-1})", "out_of_range", "allocate.budget"},
      {R"({"budget":1e10})", "out_of_range", "allocate.budget"},
      {R"({"budget":1e999})", "not_finite", "allocate.budget"},
      {R"({"budget":10,"bounds":{"ads":[6,9],"beans":[5,9]}})", "conflict", "allocate.budget"},
      {R"({"budget":10,"objective":"roas"})", "out_of_range", "allocate.objective"},
      {R"({"budget":10,"objective":1})", "wrong_type", "allocate.objective"},
      {R"({"budget":10,"bounds":[]})", "wrong_type", "allocate.bounds"},
      {R"({"budget":10,"bounds":{"bean":[1,2]}})", "unknown_field", "allocate.bounds.bean"},
      {R"({"budget":10,"bounds":{"ads":5}})", "wrong_type", "allocate.bounds.ads"},
      {R"({"budget":10,"bounds":{"ads":[1]}})", "out_of_range", "allocate.bounds.ads"},
      {R"({"budget":10,"bounds":{"ads":[1,"2"]}})", "wrong_type", "allocate.bounds.ads[1]"},
      {R"({"budget":10,"bounds":{"ads":[-1,2]}})", "out_of_range", "allocate.bounds.ads[0]"},
      {R"({"budget":10,"bounds":{"ads":[1,2e9]}})", "out_of_range", "allocate.bounds.ads[1]"},
      {R"({"budget":10,"bounds":{"ads":[3,2]}})", "conflict", "allocate.bounds.ads"},
      {R"({"budget":10,"statistic":"p50"})", "out_of_range", "allocate.statistic"},
      {R"({"budget":10,"statistic":"p10"})", "missing", "uncertainty"},
      {R"({"budget":10,"limit":3})", "unknown_field", "allocate.limit"},
  };
  for (const test::ErrorCase& bad : cases) test::check_error("allocate", bad);
  const auto errors_of = [](const char* request) { return test::errors_of("allocate", request); };
  CHECK(errors_of("{}")[0]["path"] == "allocate");
  const Json none = errors_of(R"({"channels":[],"allocate":{"budget":5}})");
  CHECK(none[0]["code"] == "missing");
  CHECK(none[0]["path"] == "channels");
  const Json typo = errors_of(R"({"allocate":{"budget":10,"bounds":{"bean":[1,2]}}})");
  CHECK(typo[0]["message"]["en"].get<std::string>().find("“beans”") != std::string::npos);
  CHECK(errors_of(R"({"allocate":{"budget":-1,"objective":"x","statistic":"y","z":1,
                                  "bounds":{"ads":[2,1],"q":[0,1]}}})")
            .size() == 6);
}
