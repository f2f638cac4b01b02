// Goal seek: at which value of one input does a metric reach a target?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

/// Of what the target is asked: the plan itself, or a statistic over its futures.
enum class Statistic { plan, mean, p5, p10, p25, p50, p75, p90, p95 };
[[nodiscard]] std::string_view statistic_name(Statistic statistic);

struct SeekRequest {
  std::string path;    ///< a numeric input
  std::string metric;  ///< a summary or unit economics metric
  double target{};
  double low{};  ///< of the range that is searched
  double high{};
  Statistic statistic{Statistic::plan};
};

struct SeekPoint {
  double value{};                 ///< of the input
  std::optional<double> reached;  ///< the metric there; nothing where it does not exist
};

struct SeekResult {
  bool found{};
  std::optional<SeekPoint> nearest;  ///< the crossing nearest to the current input
  bool met_now{};                    ///< metric ≥ target at the current input
  SeekPoint current;
  SeekPoint best;  ///< where the metric comes closest to the target
  std::vector<SeekPoint> crossings;
};

/// Nothing when it was stopped. `uncertainty` is read for statistics other than `plan` only.
[[nodiscard]] std::optional<SeekResult> seek(const Scenario<double>& scenario, const PolicyPack* pack,
                                             const SeekRequest& request, const Uncertainty& uncertainty,
                                             const Execution& execution);

}  // namespace growth
