// A session log from a table to inputs of the plan.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "calibrate/cells.hpp"
#include "calibrate/session_log.hpp"
#include "growth/run.hpp"
#include "growth/sessions.hpp"
#include "sampling/normal.hpp"
#include "support.hpp"

using namespace growth;
using calibrate::minutes_in;
using test::poisson;
using test::Rows;
using test::table_text;

namespace {

SessionsFit fitted(const Rows& rows, const SessionsRequest& request = {}) {
  const std::string text = table_text(rows);
  SeparatedTable table(text);
  Result<SessionsFit> result = fit_sessions(table, request, {});
  REQUIRE(result.ok());
  return std::move(result).value();
}

const LearnedInput* learned(const SessionsFit& result, const std::string& path) {
  for (const LearnedInput& input : result.learned) {
    if (input.path == path) return &input;
  }
  return nullptr;
}

/// The reason why an input was not learned; empty where it was, or nothing is said.
std::string_view reason(const SessionsFit& result, const std::string& path) {
  for (const NotLearned& input : result.not_learned) {
    if (input.path == path) return not_learned_name(input.reason);
  }
  return "";
}

std::string text_of(double number) { return std::to_string(number); }

/// Sessions as the model has them with default inputs but those given here.
struct Truth {
  double private_rate{0.02};
  double public_rate{0.003};
  double benchmark{0.75};
  double elasticity{0.5};
};

Rows sessions(std::uint64_t seed, int count, const Truth& truth = {}) {
  test::Random random(seed);
  Rows rows{{"日期", "直播时长", "私域观看人数", "公域观看人数", "订单数", "成交金额", "广场点击率",
             "平均停留时长", "互动率"}};
  const Day first = calibrate::day_of(2026, 1, 1);
  for (int i = 0; i < count; ++i) {
    const double hours = random.between(2, 4);
    const double ctr = random.between(0.1, 0.5);
    const double dwell = random.between(1.5, 9);
    const double interaction = random.between(0.02, 0.12);
    const double pool = std::round(random.between(100, 700));
    const double gpm = 1000 * truth.public_rate * 200;
    const auto ratio = [](double x) { return std::log(std::clamp(x, 0.25, 4.0)); };
    const double log_quality = 0.2 * (ratio(pool / 200) + ratio(ctr / 0.3) + ratio(dwell / 5) +
                                      ratio(gpm / 600) + ratio(interaction / 0.05));
    const double g = std::min(1.15, truth.benchmark * std::exp(truth.elasticity * log_quality));
    const double waves = hours * 12;
    const double all = (50 + 450 * 0.2 + pool) * (std::pow(g, waves) - 1) / (g - 1);
    const double luck = std::exp(0.25 * sampling::normal_quantile(random.between(1e-6, 1)) - 0.03125);
    const double strangers = std::round(luck / (1 / all + 1 / 200000.0));
    const double orders = poisson(random, truth.private_rate * pool + truth.public_rate * strangers);
    rows.push_back({calibrate::date_text(first + i * 5 / 2), text_of(hours), text_of(pool),
                    text_of(strangers), text_of(orders), text_of(orders * 200), text_of(ctr),
                    text_of(dwell), text_of(interaction)});
  }
  return rows;
}

/// The answer through the door, and what simulate says to it.
test::Json answer(const Rows& rows, const std::string& request, bool& ok) {
  const std::string text = table_text(rows);
  SeparatedTable table(text);
  RunOptions options;
  options.table = &table;
  const Response response = run("fit_sessions", request, options);
  ok = response.ok;
  return test::Json::parse(response.text);
}

}  // namespace

TEST_SUITE_BEGIN("fit sessions");

TEST_CASE("times as exports write them") {
  CHECK(*minutes_in("3", 60, false) == 180);
  CHECK(*minutes_in("1:30:00", 60, false) == 90);
  CHECK(*minutes_in("2:30", 60, false) == 150);
  CHECK(*minutes_in("2:30", 1, true) == 2.5);
  CHECK(*minutes_in("3小时20分", 60, false) == 200);
  CHECK(*minutes_in("3分20秒", 1, true) == doctest::Approx(3 + 20.0 / 60));
  CHECK(*minutes_in("95秒", 1, true) == doctest::Approx(95.0 / 60));
  CHECK(*minutes_in("1h 5m", 60, false) == 65);
  for (const char* bad : {"", "abc", "1:", "1:2:3:4", "-3", "3小", "1:2小时", "99999999:1"}) {
    CAPTURE(bad);
    CHECK_FALSE(minutes_in(bad, 60, false));
  }
}

TEST_CASE("sessions drawn from the model give its inputs back as often as the intervals say") {
  const std::map<std::string, double> truth{{"conversion.private", 0.02},
                                            {"conversion.public", 0.003},
                                            {"quality.benchmark_reproduction", 0.75},
                                            {"quality.reproduction_elasticity", 0.5}};
  std::map<std::string, int> covered;
  std::map<std::string, double> mean;
  const int replicates = 150;
  for (int i = 0; i < replicates; ++i) {
    const SessionsFit result = fitted(sessions(static_cast<std::uint64_t>(40 + i), 60));
    for (const auto& [path, value] : truth) {
      const LearnedInput* input = learned(result, path);
      REQUIRE(input != nullptr);
      mean[path] += input->value / replicates;
      if (input->standard_error &&
          std::abs(input->value - value) < 1.6448536 * *input->standard_error) {
        ++covered[path];
      }
    }
  }
  for (const auto& entry : truth) {
    const auto& path = entry.first;
    const auto& value = entry.second;
    CAPTURE(path);
    MESSAGE(path, ": mean ", mean[path], ", 90 % intervals hold ", covered[path], " of ", replicates);
    CHECK(covered[path] > 0.82 * replicates);
    CHECK(covered[path] < 0.97 * replicates);
    CHECK(std::abs(mean[path] / value - 1) < 0.04);
  }
}

TEST_CASE("averages and their errors") {
  const SessionsFit result = fitted(sessions(3, 40));
  CHECK(learned(result, "orders.average_order_value")->value == doctest::Approx(200));
  CHECK(learned(result, "live.sessions_per_month")->value == doctest::Approx(30 * 39.0 / 97));
  CHECK(std::abs(learned(result, "live.hours_per_session")->value - 3) < 0.3);
  CHECK(std::abs(learned(result, "quality.square_ctr")->value - 0.3) <
        4 * *learned(result, "quality.square_ctr")->standard_error);
  // What the merchant decides is known, not uncertain.
  for (const UncertainInput& input : result.inputs) {
    CHECK(input.path != "live.sessions_per_month");
    CHECK(input.path != "live.hours_per_session");
  }
  CHECK(reason(result, "private.attend_rate") == "missing_column");
  SessionsRequest request;
  request.knows_pool = true;
  request.scenario.private_domain.users = 10000;
  const SessionsFit with_pool = fitted(sessions(3, 40), request);
  const double attend = learned(with_pool, "private.attend_rate")->value;
  // 400 of 10,000 in the room, of whom 40 % were reached, tired by 12 sessions out of 30 a month.
  CHECK(attend == doctest::Approx(0.04 / 0.4 / 0.82).epsilon(0.15));
}

TEST_CASE("what a log does not tell is named with its reason") {
  // One session; too few; no viewers; no orders; two sources that rise together.
  const SessionsFit one = fitted(sessions(1, 1));
  CHECK(reason(one, "conversion.private") == "too_few");
  CHECK(reason(one, "quality.benchmark_reproduction") == "too_few");
  CHECK(reason(one, "live.sessions_per_month") == "too_few");
  CHECK(reason(fitted(sessions(1, 7)), "conversion.public") == "too_few");
  CHECK(reason(one, "conversion.referral") == "missing_column");

  Rows rows = sessions(2, 20);
  for (std::size_t i = 1; i < rows.size(); ++i) rows[i][2] = "0";
  CHECK(reason(fitted(rows), "conversion.private") == "no_viewers");
  CHECK(learned(fitted(rows), "conversion.public") != nullptr);

  rows = sessions(2, 20);
  for (std::size_t i = 1; i < rows.size(); ++i) rows[i][4] = rows[i][5] = "0";
  const SessionsFit none = fitted(rows);
  CHECK(reason(none, "orders.average_order_value") == "too_few");
  const LearnedInput* rate = learned(none, "conversion.public");
  REQUIRE(rate != nullptr);
  CHECK(rate->value == 0);
  CHECK_FALSE(rate->standard_error);
  CHECK(rate->distribution->parameters[0] == 0);
  CHECK(rate->distribution->parameters[1] > 0);

  rows = sessions(2, 20);
  for (std::size_t i = 1; i < rows.size(); ++i) rows[i][3] = text_of(4 * std::stod(rows[i][2]));
  const SessionsFit together = fitted(rows);
  CHECK(reason(together, "conversion.private") == "collinear");
  CHECK(reason(together, "conversion.public") == "collinear");
  CHECK(together.scenario.conversion.private_domain == Conversion<double>{}.private_domain);

  rows = {{"日期", "观看人数", "订单数"}};
  for (int day = 10; day < 30; ++day) rows.push_back({"2026-01-" + std::to_string(day), "1000", "10"});
  const SessionsFit totals = fitted(rows);
  CHECK(reason(totals, "conversion.private") == "missing_column");
  CHECK(reason(totals, "conversion.public") == "missing_column");
  CHECK(reason(totals, "quality.reproduction_elasticity") == "missing_column");
}

TEST_CASE("rows that are no sessions are dropped and counted, odd ones said") {
  Rows rows = sessions(9, 12);
  rows.push_back(rows[3]);
  rows.push_back({"", "3", "1", "1", "1", "1", "0.1", "3", "0.1"});
  rows.push_back({"sometime", "3", "1", "1", "1", "1", "0.1", "3", "0.1"});
  rows.push_back({"2026-01-09", "3", "-1", "1", "1", "1", "0.1", "3", "0.1"});
  rows.push_back({"2026-01-09", "3", "1", "many", "1", "1", "0.1", "3", "0.1"});
  rows.push_back({"2026-01-10", "30", "1", "1", "1", "1", "0.1", "3", "0.1"});
  rows.push_back({"2031-01-10", "3", "1", "1", "1", "1", "0.1", "3", "0.1"});
  SessionsRequest request;
  request.today = calibrate::day_of(2026, 11, 21);
  const SessionsFit result = fitted(rows, request);
  CHECK(result.sessions == 12);
  std::map<DropReason, std::size_t> counts;
  for (const Dropped& dropped : result.records.dropped) counts[dropped.reason] = dropped.count;
  CHECK(counts == std::map<DropReason, std::size_t>{{DropReason::missing_date, 1},
                                                    {DropReason::bad_date, 1},
                                                    {DropReason::future_date, 1},
                                                    {DropReason::duplicate_record, 1},
                                                    {DropReason::bad_number, 3}});
  Rows totals{{"日期", "观看人数", "私域人数", "公域人数", "订单数"}};
  for (int day = 10; day < 20; ++day) {
    totals.push_back({"2026-01-" + std::to_string(day), "2000", text_of(day * 10), "900", "5"});
  }
  const SessionsFit off = fitted(totals);
  REQUIRE_FALSE(off.warnings.empty());
  CHECK(off.warnings[0].code == "viewers_do_not_add_up");
}

TEST_CASE(
    "a channel's response is learned from months of different spend, only its price from alike ones") {
  Rows rows{{"date", "viewers_private", "viewers_public", "viewers_ads", "spend_ads", "viewers_new",
             "spend_new", "orders"}};
  test::Random random(8);
  const double monthly[] = {5000, 15000, 30000, 60000, 100000, 150000};
  const Day first = calibrate::day_of(2026, 1, 1);
  for (int day = 0; day < 180; day += 3) {
    const double spend = monthly[day / 30];
    const double viewers = spend / 0.3 / (1 + spend / 60000) / 10;
    const double pool = std::round(random.between(100, 900));
    const double strangers = std::round(random.between(500, 4000));
    rows.push_back({calibrate::date_text(first + day), text_of(pool), text_of(strangers),
                    text_of(std::round(viewers)), text_of(spend / 10),
                    text_of(std::round(random.between(90, 110))), "50",
                    text_of(poisson(random, 0.02 * pool + 0.003 * strangers + 0.002 * viewers + 0.1))});
  }
  const SessionsFit result = fitted(rows);
  REQUIRE(result.scenario.channels.size() == 3);
  CHECK(result.scenario.channels[2].id == "new");
  CHECK(learned(result, "channels[0].cost_per_viewer")->value == doctest::Approx(0.3).epsilon(0.01));
  CHECK(learned(result, "channels[0].half_saturation")->value == doctest::Approx(60000).epsilon(0.02));
  CHECK(learned(result, "channels[0].monthly_spend")->value > 50000);
  CHECK(reason(result, "channels[2].half_saturation") == "no_variation");
  CHECK(learned(result, "channels[2].cost_per_viewer")->value == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("the answer goes straight into a simulation, whatever the log") {
  test::Random random(77);
  for (int i = 0; i < 12; ++i) {
    Truth truth;
    truth.private_rate = random.between(0, 0.1);
    truth.public_rate = random.chance(0.3) ? 0 : random.between(0, 0.02);
    truth.benchmark = random.between(0.3, 0.97);
    truth.elasticity = random.between(0, 1.5);
    bool ok = false;
    const test::Json fitted =
        answer(sessions(static_cast<std::uint64_t>(i), random.whole(1, 60), truth),
               R"({"scenario":{"private":{"users":5000}}})", ok);
    CAPTURE(fitted.dump());
    REQUIRE(ok);
    CHECK(fitted["schema"] == "growth.fit_sessions/1");
    test::Json request = fitted["scenario"];
    request["uncertainty"] = fitted["uncertainty"];
    request["uncertainty"]["trials"] = 64;
    const test::Json simulated = test::ask("simulate", request, ok);
    CHECK_MESSAGE(ok, simulated.dump());
  }
}

TEST_CASE("wild logs never give an impossible number") {
  test::Random random(5);
  for (int i = 0; i < 60; ++i) {
    Rows rows{{"date", "viewers_private", "viewers_referral", "viewers_public", "viewers_ads",
               "spend_ads", "orders", "gmv", "square_ctr", "dwell_minutes", "interactions", "hours"}};
    const int count = random.whole(1, 30);
    for (int k = 0; k < count; ++k) {
      std::vector<std::string> row{
          calibrate::date_text(calibrate::day_of(2026, 1, 1) + random.whole(0, 200))};
      for (int column = 1; column < 11; ++column) {
        row.push_back(random.chance(0.2) ? (random.chance(0.5) ? "" : "0")
                                         : text_of(std::exp(random.between(-8, 24))));
      }
      row.push_back(random.chance(0.3) ? "" : text_of(random.between(0.1, 24)));
      rows.push_back(row);
    }
    bool ok = false;
    const test::Json fitted = answer(rows, "", ok);
    CAPTURE(i);
    CAPTURE(fitted.dump());
    REQUIRE(ok);
    CHECK(fitted.dump().find("nan") == std::string::npos);
    test::Json request = fitted["scenario"];
    request["uncertainty"] = fitted["uncertainty"];
    request["uncertainty"]["trials"] = 16;
    const test::Json simulated = test::ask("simulate", request, ok);
    CHECK_MESSAGE(ok, simulated.dump());
  }
}

TEST_CASE("requests are checked: unknown keys, a scenario out of range, no table") {
  bool ok = true;
  const Rows rows = sessions(1, 10);
  test::Json errors = answer(rows, R"({"period":"month"})", ok);
  CHECK_FALSE(ok);
  CHECK(errors["errors"][0]["code"] == "unknown_field");
  errors = answer(rows, R"({"scenario":{"quality":{"benchmark":{"gpm":-1}}}})", ok);
  CHECK_FALSE(ok);
  CHECK(errors["errors"][0]["path"] == "scenario.quality.benchmark.gpm");
  errors = answer(rows, R"({"scenario":7})", ok);
  CHECK_FALSE(ok);
  const Response no_table = run("fit_sessions", "{}", {});
  CHECK_FALSE(no_table.ok);
  CHECK_FALSE(run("fit_contracts", R"({"period":"decade"})", {}).ok);
  CHECK_FALSE(run("fit_contracts", R"({"discount_rate":0})", {}).ok);
}

TEST_SUITE_END();
