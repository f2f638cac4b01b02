#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "growth/fields.hpp"
#include "growth/run.hpp"
#include "growth/validate.hpp"
#include "json/write.hpp"

namespace growth::test {

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(GROWTH_TESTS_DIR "/") + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> file_names(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(GROWTH_TESTS_DIR "/" + folder)) {
    names.push_back(folder + "/" + entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  REQUIRE(!names.empty());
  return names;
}

Json ask(const std::string& command, const Json& request, bool& ok) {
  const Response response = run(command, request.is_null() ? "" : request.dump(), {});
  ok = response.ok;
  return Json::parse(response.text);
}

Json ask(const std::string& command, const Json& request) {
  bool ok = false;
  Json answer = ask(command, request, ok);
  CHECK_MESSAGE(ok, answer.dump());
  return answer;
}

Json plan_of(const Json& scenario) { return ask("plan", scenario); }

double Random::uniform() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

Json errors_of(const std::string& command, const std::string& request) {
  const Response response = run(command, request, {});
  CHECK(!response.ok);
  return Json::parse(response.text)["errors"];
}

void check_error(const std::string& command, const ErrorCase& bad) {
  CAPTURE(std::string(bad.wanted));
  const Json errors = errors_of(command, "{\"" + command + "\":" + bad.wanted + "}");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["code"] == bad.code);
  CHECK(errors[0]["path"] == bad.path);
  CHECK(errors[0]["message"]["zh"].get<std::string>().size() > 10);
  CHECK(errors[0]["message"]["en"].get<std::string>().size() > 10);
}

int Random::whole(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }

namespace {

Programme random_programme(Random& random, int index) {
  Programme programme;
  programme.id = "p" + std::to_string(index);
  programme.reward.kind = static_cast<RewardKind>(random.whole(0, 2));
  programme.delay_months = random.whole(0, 4);
  const bool immediate = programme.delay_months == 0 && programme.reward.kind != RewardKind::cash_yuan;
  const int most = immediate ? static_cast<int>(Metric::viewers) - 1 : k_metric_count - 1;
  programme.metric = static_cast<Metric>(random.whole(0, most));
  programme.reward.rule = static_cast<RewardRule>(random.whole(0, k_reward_rule_count - 1));
  programme.reward.amount = random.between(0, 0.02);
  if (programme.reward.rule == RewardRule::fixed) programme.reward.amount = random.between(0, 3000);
  double from = random.between(0, 1000);
  for (int tier = random.whole(1, 4); tier > 0; --tier) {
    programme.reward.tiers.push_back({from, random.between(0, 0.05) * 10});
    from *= random.between(1.5, 10);
  }
  if (random.chance(0.3)) programme.cap_per_month = random.between(0, 5000);
  if (random.chance(0.3)) programme.cap_total = random.between(0, 20000);
  if (random.chance(0.2)) programme.first_month = random.whole(1, 6);
  if (random.chance(0.2)) programme.last_month = random.whole(6, 24);
  if (random.chance(0.2)) programme.baseline = random.between(0, 500);
  if (random.chance(0.3)) {
    programme.requirements.push_back(
        {static_cast<Metric>(random.whole(0, most)), random.between(0, 100), {}, {}});
  }
  programme.valid_months = random.whole(1, 6);
  return programme;
}

}  // namespace

Scenario<double> random_scenario(std::uint64_t seed) {
  Random random(seed);
  Scenario<double> scenario;
  scenario.channels.resize(static_cast<std::size_t>(random.whole(0, 4)));
  for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
    scenario.channels[i].id = "c" + std::to_string(i);
  }
  visit_numbers(scenario, [&](const Field& field, std::string_view, double& value) {
    if (field.path == "horizon_months") return;
    // Money and people spread over orders of magnitude; the square keeps small values frequent.
    const double u = random.uniform();
    const double shaped = field.typical.high > 1000 ? u * u * u : u;
    value = field.typical.low + (field.typical.high - field.typical.low) * shaped;
  });
  scenario.live.first_wave_max = std::max(scenario.live.first_wave_max, scenario.live.first_wave_min);
  scenario.horizon_months = random.whole(1, 24);
  scenario.business.start_month = random.whole(1, 12);
  for (double& factor : scenario.business.seasonality) factor = random.between(0.5, 1.8);
  scenario.repurchase.window_months = random.whole(1, 24);
  scenario.repurchase.ltv_months = random.whole(1, 36);
  scenario.vouchers.opening_valid_months = random.whole(1, 12);
  const auto curve = [&] {
    std::vector<double> values(static_cast<std::size_t>(random.whole(0, 18)));
    for (double& value : values) value = random.between(0, 0.3);
    return values;
  };
  if (random.chance(0.3)) scenario.repurchase.curve_private = curve();
  if (random.chance(0.3)) scenario.repurchase.curve_public = curve();
  if (random.chance(0.6)) {
    Incentives incentives;
    const int programmes = random.whole(1, 8);
    for (int i = 0; i < programmes; ++i) {
      incentives.programmes.push_back(random_programme(random, i));
    }
    scenario.incentives.own = std::move(incentives);
  }
  const Errors errors = validate(scenario);
  REQUIRE_MESSAGE(errors.empty(), errors.front().path);
  return scenario;
}

Json scenario_json(const Scenario<double>& scenario) {
  json::Writer writer;
  json::write(writer, scenario, json::Json::object());
  return Json::parse(writer.take());
}

std::string table_text(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (const std::string& cell : row) (text += cell) += '\x1f';
    text += '\x1e';
  }
  return text;
}

double poisson(Random& random, double mean) {
  double u = random.uniform();
  double term = std::exp(-mean);
  double k = 0;
  while (u > term && k < 5000) {
    u -= term;
    k += 1;
    term *= mean / k;
  }
  return k;
}

double relative_difference(double a, double b, double scale) {
  if (a == b) return 0;
  return std::fabs(a - b) / std::max({std::fabs(a), std::fabs(b), scale});
}

}  // namespace growth::test
