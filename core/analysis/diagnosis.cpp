#include "analysis/diagnosis.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/figures.hpp"
#include "growth/fields.hpp"
#include "model/run.hpp"
#include "model/traffic.hpp"

namespace growth::analysis {
namespace {

/// A lever is judged by a change of a tenth; from 0, by this share of what is typically the most.
constexpr double k_tenth = 0.1;
constexpr double k_first_step = 0.02;
const std::string k_benchmark = "quality.benchmark.";

struct Reading {
  std::string_view id;
  double value;
  double benchmark;
};

struct Candidate {
  Lever lever;
  Range range;
};

std::vector<Candidate> decisions(const Scenario<double>& scenario) {
  std::vector<Candidate> found;
  Scenario<double> copy = scenario;
  visit_numbers(copy, [&](const Field& field, std::string_view path, double value) {
    if (field.role != Role::decision) return;
    Lever lever;
    lever.path = path;
    lever.value = value;
    lever.step = value == 0 ? k_first_step * field.typical.high : k_tenth * std::abs(value);
    found.push_back({std::move(lever), field.range});
  });
  return found;
}

/// What the better direction of the step brings in profit; 0 where the range leaves no room for it.
double best_gain(const Candidate& candidate) {
  const Lever& lever = candidate.lever;
  const double target = lever.value + (lever.profit_per_step < 0 ? -lever.step : lever.step);
  if (target < candidate.range.low || target > candidate.range.high) return 0;
  return std::abs(lever.profit_per_step);
}

}  // namespace

std::vector<std::string> diagnosed_paths(const Scenario<double>& scenario) {
  std::vector<std::string> paths;
  Scenario<double> copy = scenario;
  visit_numbers(copy, [&](const Field& field, std::string_view path, double) {
    if (field.role == Role::decision || path.substr(0, k_benchmark.size()) == k_benchmark) {
      paths.emplace_back(path);
    }
  });
  return paths;
}

RoomStage room_stage(double viewers_2h, double viewers_per_session) {
  if (viewers_per_session >= k_head_views) return RoomStage::head;
  if (viewers_per_session >= k_established_views) return RoomStage::established;
  if (viewers_2h <= k_cold_start_views) return RoomStage::cold_start;
  return viewers_2h < k_launched_views ? RoomStage::warming : RoomStage::launched;
}

Diagnosis diagnose(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
                   const Month<double>& first_month, const Summary<double>& summary,
                   const Slopes& slopes) {
  Diagnosis result;
  const double sessions = scenario.live.sessions_per_month;
  result.viewers_2h = first_month.viewers_2h;
  result.viewers_per_session = num::share(first_month.viewers, sessions);
  result.stage = room_stage(result.viewers_2h, result.viewers_per_session);
  result.public_share = first_month.public_share;
  result.fully_public = result.public_share > k_fully_public_share;
  result.gpm = first_month.gpm;
  result.published_gpm = k_published_gpm;

  const Quality<double>& quality = scenario.quality;
  const Indicators<double>& benchmark = quality.benchmark;
  const Reading readings[] = {
      {"private_viewers", first_month.session_private, benchmark.private_viewers},
      {"square_ctr", quality.square_ctr, benchmark.square_ctr},
      {"dwell_minutes", quality.dwell_minutes, benchmark.dwell_minutes},
      {"gpm", first_month.public_gpm, benchmark.gpm},
      {"interaction_rate", quality.interaction_rate, benchmark.interaction_rate},
  };

  double best_elasticity = 0;
  double best_reach = 0;
  double best_profit = 0;
  for (const Reading& reading : readings) {
    // The room is judged by indicator over benchmark, so an indicator that is one percent better has
    // the effect of a benchmark one percent lower.
    const std::string benchmark_path = k_benchmark + std::string(reading.id);
    const Slope& slope = slopes.at(benchmark_path);
    IndicatorReading entry;
    entry.id = reading.id;
    entry.value = reading.value;
    entry.benchmark = reading.benchmark;
    entry.ratio = reading.value / reading.benchmark;
    entry.at_limit = entry.ratio <= model::k_lowest_ratio || entry.ratio >= model::k_highest_ratio;
    entry.elasticity = num::share(-slope.gmv * reading.benchmark, summary.gmv);
    entry.profit_per_percent = -slope.profit * reading.benchmark / 100;
    // The room at benchmark in this one indicator: the benchmark moved to where month 1 stands.
    Scenario<double> at_benchmark = scenario;
    visit_numbers(at_benchmark, [&](const Field&, std::string_view path, double& value) {
      if (path == benchmark_path && reading.value > 0) value = reading.value;
    });
    entry.profit_at_benchmark = model::run(at_benchmark, incentives).profit - summary.profit;
    // Equal elasticities are the rule (equal weights); the indicator with most to gain goes first.
    const bool as_strong = entry.elasticity >= best_elasticity * (1 - 1e-9);
    const bool stronger = entry.elasticity > best_elasticity * (1 + 1e-9);
    if (entry.elasticity > 0 && (stronger || (as_strong && entry.profit_at_benchmark > best_reach))) {
      best_elasticity = entry.elasticity;
      best_reach = entry.profit_at_benchmark;
      result.best_indicator = reading.id;
    }
    const double gain = entry.profit_per_percent * 100 * k_tenth;
    if (gain > best_profit) {
      best_profit = gain;
      result.best_lever = "quality." + std::string(reading.id);
    }
    result.indicators.push_back(entry);
  }
  std::vector<Candidate> candidates = decisions(scenario);
  std::vector<const Candidate*> ordered;
  for (Candidate& candidate : candidates) {
    const Slope& slope = slopes.at(candidate.lever.path);
    Lever& lever = candidate.lever;
    lever.gmv_elasticity = num::share(slope.gmv * lever.value, summary.gmv);
    lever.gmv_per_step = slope.gmv * lever.step;
    lever.profit_per_step = slope.profit * lever.step;
    if (best_gain(candidate) > best_profit) {
      best_profit = best_gain(candidate);
      result.best_lever = lever.path;
    }
  }
  // The most profitable first, equals in the order of the catalogue.
  for (const Candidate& candidate : candidates) {
    const auto place = std::find_if(ordered.begin(), ordered.end(), [&](const Candidate* other) {
      return best_gain(*other) < best_gain(candidate);
    });
    ordered.insert(place, &candidate);
  }
  for (const Candidate* candidate : ordered) result.levers.push_back(candidate->lever);
  return result;
}

}  // namespace growth::analysis
