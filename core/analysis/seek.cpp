#include "growth/seek.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/crossings.hpp"
#include "analysis/futures_metric.hpp"
#include "analysis/goal_metric.hpp"
#include "analysis/search_progress.hpp"
#include "growth/fields.hpp"
#include "growth/validate.hpp"

namespace growth {
namespace {

/// The plan's own metric over one input, for the search.
class PlanMetric {
 public:
  PlanMetric(const Scenario<double>& scenario, const PolicyPack* pack, const SeekRequest& request)
      : scenario_(scenario), metric_(analysis::GoalMetric::find(request.metric, scenario)) {
    compiled_ = model::compile(model::incentives_of(scenario, pack), scenario.business.tags);
    input_ = find_number(scenario_, request.path).value;
    if (input_ == nullptr) return;
    current_ = *input_;
    // Rules between fields are linear: what is legal at both ends is legal everywhere between them.
    always_legal_ = is_legal(request.low) && is_legal(request.high);
  }
  // It points into its own scenario.
  PlanMetric(const PlanMetric&) = delete;
  PlanMetric& operator=(const PlanMetric&) = delete;
  ~PlanMetric() = default;

  [[nodiscard]] bool exists() const { return metric_ && input_ != nullptr; }
  [[nodiscard]] double current() const { return current_; }
  [[nodiscard]] double latest() const { return metric_->latest(scenario_); }
  [[nodiscard]] const model::CompiledIncentives& incentives() const { return compiled_; }

  [[nodiscard]] std::optional<double> at(double input) {
    if (!is_legal(input)) return {};
    *input_ = input;
    return metric_->measure(scenario_, compiled_);
  }

  /// Whether the scenario may be planned with this input.
  [[nodiscard]] bool is_legal(double input) {
    if (always_legal_) return true;
    *input_ = input;
    return validate(scenario_).empty();
  }

 private:
  Scenario<double> scenario_;
  std::optional<analysis::GoalMetric> metric_;
  model::CompiledIncentives compiled_;
  double* input_{};
  double current_{};
  bool always_legal_{};
};

}  // namespace

std::string_view statistic_name(Statistic statistic) {
  switch (statistic) {
    case Statistic::plan: return "plan";
    case Statistic::mean: return "mean";
    case Statistic::p5: return "p5";
    case Statistic::p10: return "p10";
    case Statistic::p25: return "p25";
    case Statistic::p50: return "p50";
    case Statistic::p75: return "p75";
    case Statistic::p90: return "p90";
    case Statistic::p95: return "p95";
  }
  return "";
}

namespace {

/// Rounds a search takes, about.
constexpr int k_rounds = 8;

std::optional<SeekResult> seek_in_plan(PlanMetric& metric, const SeekRequest& request,
                                       const Execution& execution) {
  analysis::SearchProgress progress(execution, k_rounds);
  const analysis::MetricAt measure = [&](std::span<const double> inputs,
                                         std::span<std::optional<double>> reached) {
    for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = metric.at(inputs[i]);
    return progress.step();
  };
  return analysis::find_crossings(measure,
                                  {request.target, request.low, request.high, metric.current()});
}

double quantile_of(Statistic statistic) {
  switch (statistic) {
    case Statistic::p5: return 0.05;
    case Statistic::p10: return 0.1;
    case Statistic::p25: return 0.25;
    case Statistic::p75: return 0.75;
    case Statistic::p90: return 0.9;
    case Statistic::p95: return 0.95;
    default: return 0.5;
  }
}

/// The same question asked of a statistic. Where it crosses is first looked for with the first futures
/// of the sample, which are futures of the whole sample too; then every crossing is closed in on with
/// all of them.
class StatisticSearch {
 public:
  StatisticSearch(const Scenario<double>& scenario, const SeekRequest& request,
                  const Uncertainty& uncertainty, PlanMetric& plan, const Execution& execution)
      : request_(request),
        plan_(plan),
        futures_(scenario, plan.incentives(), uncertainty,
                 analysis::GoalMetric::bare_name(request.metric), {request.path}, execution),
        progress_(execution, k_rounds) {}

  std::optional<SeekResult> run() {
    const int few = std::min(futures_.trials(), k_few_futures);
    const auto rough = search(few, request_.low, request_.high, k_rough_intervals);
    if (!rough) return {};
    SeekResult result;
    if (!measure(result.current, plan_.current())) return {};
    result.met_now = result.current.reached && *result.current.reached >= request_.target;
    for (const SeekPoint& crossing : rough->crossings) {
      if (!close_in(crossing.value, result.crossings)) return {};
    }
    result.found = !result.crossings.empty();
    result.nearest = analysis::nearest_crossing(result.crossings, plan_.current());
    if (result.nearest) {
      result.best = *result.nearest;
    } else if (!measure(result.best, rough->best.value)) {
      return {};
    }
    return result;
  }

 private:
  static constexpr int k_few_futures = 256;
  static constexpr std::size_t k_rough_intervals = 48;

  std::optional<double> statistic(double input, int futures) {
    if (futures < futures_.trials()) return measured(input, futures);
    // All futures of one input take as long as the whole rough search: no input is asked twice.
    for (const SeekPoint& known : known_) {
      if (known.value == input) return known.reached;
    }
    known_.push_back({input, measured(input, futures)});
    return known_.back().reached;
  }

  std::optional<double> measured(double input, int futures) {
    if (!plan_.is_legal(input)) return {};
    const std::span<const double> at(&input, 1);
    const double value = request_.statistic == Statistic::mean
                             ? futures_.mean(at, futures)
                             : futures_.quantile(at, futures, quantile_of(request_.statistic));
    if (!std::isfinite(value)) return {};
    return value;
  }

  bool measure(SeekPoint& point, double input) {
    point = {input, statistic(input, futures_.trials())};
    return progress_.step();
  }

  std::optional<SeekResult> search(int futures, double low, double high, std::size_t intervals) {
    const analysis::MetricAt ask = [&](std::span<const double> inputs,
                                       std::span<std::optional<double>> reached) {
      for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = statistic(inputs[i], futures);
      return progress_.step();
    };
    const double current = std::clamp(plan_.current(), low, high);
    return analysis::find_crossings(ask, {request_.target, low, high, current, intervals, k_width});
  }

  /// The crossing of all futures near that of the first ones: the range around it is widened until the
  /// target lies between its ends.
  bool close_in(double near, std::vector<SeekPoint>& crossings) {
    constexpr double k_narrowest = 0.05;
    constexpr int k_widenings = 5;
    const double scale = std::max(std::fabs(near), 1e-3 * (request_.high - request_.low));
    double reach = k_narrowest * scale;
    for (int i = 0; i < k_widenings; ++i, reach *= 3) {
      const double low = std::max(request_.low, near - reach);
      const double high = std::min(request_.high, near + reach);
      SeekPoint left;
      SeekPoint right;
      if (!measure(left, low) || !measure(right, high)) return false;
      if (!left.reached || !right.reached) continue;
      if ((*left.reached >= request_.target) == (*right.reached >= request_.target)) continue;
      const auto found = search(futures_.trials(), low, high, 1);
      if (!found) return false;
      for (const SeekPoint& point : found->crossings) add(point, crossings);
      return true;
    }
    return true;
  }

  /// Two brackets that were widened may find the same crossing.
  static void add(const SeekPoint& point, std::vector<SeekPoint>& crossings) {
    for (const SeekPoint& known : crossings) {
      if (std::fabs(known.value - point.value) <= 1e-6 * std::fabs(point.value)) return;
    }
    crossings.push_back(point);
  }

  static constexpr double k_width = 1e-9;

  const SeekRequest& request_;
  PlanMetric& plan_;
  analysis::FuturesMetric futures_;
  analysis::SearchProgress progress_;
  std::vector<SeekPoint> known_;  // by all futures
};

}  // namespace

std::optional<SeekResult> seek(const Scenario<double>& scenario, const PolicyPack* pack,
                               const SeekRequest& request, const Uncertainty& uncertainty,
                               const Execution& execution) {
  PlanMetric metric(scenario, pack, request);
  if (!metric.exists()) return {};
  std::optional<SeekResult> result =
      request.statistic == Statistic::plan
          ? seek_in_plan(metric, request, execution)
          : StatisticSearch(scenario, request, uncertainty, metric, execution).run();
  if (!result) return {};

  // "Never" took part in the search as a number; in the answer it is none.
  const double latest = metric.latest();
  const auto tell = [&](SeekPoint& point) {
    if (point.reached && *point.reached > latest) point.reached.reset();
  };
  if (result->nearest) tell(*result->nearest);
  tell(result->current);
  tell(result->best);
  for (SeekPoint& point : result->crossings) tell(point);
  return result;
}

}  // namespace growth
