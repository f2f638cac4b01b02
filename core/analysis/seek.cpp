#include "growth/seek.hpp"

#include "analysis/crossings.hpp"
#include "analysis/goal_metric.hpp"
#include "growth/fields.hpp"
#include "growth/validate.hpp"

namespace growth {
namespace {

/// The plan's own metric over one input, for the search.
class PlanMetric {
 public:
  PlanMetric(const Scenario<double>& scenario, const PolicyPack* pack, const SeekRequest& request)
      : scenario_(scenario), metric_(analysis::GoalMetric::find(request.metric, scenario)) {
    static const Incentives none;
    const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own
                                   : pack != nullptr       ? pack->incentives
                                                           : none;
    compiled_ = model::compile(incentives, scenario.business.tags);
    visit_numbers(scenario_, [&](const Field&, std::string_view path, double& value) {
      if (path == request.path) input_ = &value;
    });
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

  [[nodiscard]] std::optional<double> at(double input) {
    if (!always_legal_ && !is_legal(input)) return {};
    *input_ = input;
    return metric_->measure(scenario_, compiled_);
  }

 private:
  [[nodiscard]] bool is_legal(double input) {
    *input_ = input;
    return validate(scenario_).empty();
  }

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

std::optional<SeekResult> seek(const Scenario<double>& scenario, const PolicyPack* pack,
                               const SeekRequest& request, const Uncertainty&,
                               const Execution& execution) {
  // The other statistics take their place here: another analysis::MetricAt, the same search.
  if (request.statistic != Statistic::plan) return {};
  PlanMetric metric(scenario, pack, request);
  if (!metric.exists()) return {};

  double done = 0;
  const analysis::MetricAt measure = [&](std::span<const double> inputs,
                                         std::span<std::optional<double>> reached) {
    for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = metric.at(inputs[i]);
    // How many rounds are still to come is not known; each takes a part of what is left.
    done += (1 - done) / 8;
    return !execution.progress || execution.progress(done);
  };
  std::optional<SeekResult> result =
      analysis::find_crossings(measure, {request.target, request.low, request.high, metric.current()});
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
