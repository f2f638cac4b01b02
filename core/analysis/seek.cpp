#include "growth/seek.hpp"

#include "analysis/crossings.hpp"
#include "analysis/futures_metric.hpp"
#include "analysis/goal_metric.hpp"
#include "analysis/search_progress.hpp"
#include "analysis/statistic_search.hpp"
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

std::optional<SeekResult> seek_in_futures(const Scenario<double>& scenario, PlanMetric& metric,
                                          const SeekRequest& request, const Uncertainty& uncertainty,
                                          const Execution& execution) {
  analysis::FuturesMetric futures(scenario, metric.incentives(), uncertainty,
                                  analysis::GoalMetric::bare_name(request.metric), {request.path},
                                  execution);
  return analysis::search_statistic(
      futures, request, metric.current(), [&](double input) { return metric.is_legal(input); },
      execution);
}

}  // namespace

std::optional<SeekResult> seek(const Scenario<double>& scenario, const PolicyPack* pack,
                               const SeekRequest& request, const Uncertainty& uncertainty,
                               const Execution& execution) {
  PlanMetric metric(scenario, pack, request);
  if (!metric.exists()) return {};
  std::optional<SeekResult> result =
      request.statistic == Statistic::plan
          ? seek_in_plan(metric, request, execution)
          : seek_in_futures(scenario, metric, request, uncertainty, execution);
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
