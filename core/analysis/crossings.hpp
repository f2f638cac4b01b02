// Where a metric of one input reaches a target: the search itself, which knows no plan. What it is
// asked of (the plan, or a statistic over many futures) is behind MetricAt.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "growth/seek.hpp"

namespace growth::analysis {

/// Writes the metric at each of `inputs` to `reached`, nothing where it does not exist. Called with as
/// many inputs at once as the search has use for. Returns false to stop the search.
using MetricAt =
    std::function<bool(std::span<const double> inputs, std::span<std::optional<double>> reached)>;

/// Intervals of the scan: crossings that are a whole interval apart are all found.
inline constexpr std::size_t k_scan_intervals = 256;

/// Whether a range is scanned by factors rather than in equal steps: from zero, or over a wide factor.
[[nodiscard]] bool is_scanned_by_factors(double low, double high);

struct Goal {
  double target{};
  double low{};  ///< of the range that is searched, below `high`
  double high{};
  double current{};  ///< may lie outside the range
  std::size_t intervals{k_scan_intervals};
  /// A position is known when its bracket is this narrow, relative to it.
  double relative_width{1e-13};
};

/// Scans the range, then closes in on each place where the metric goes from below the target to at or
/// above it or back: a continuous crossing, or a jump, where the side on which the goal is met counts.
/// Where the metric stays on the target for a stretch, its two ends count (and the current input, if it
/// lies within). Each position is exact to the relative width of the goal. Nothing when it was stopped.
[[nodiscard]] std::optional<SeekResult> find_crossings(const MetricAt& metric, const Goal& goal);

/// The one nearest to the current input, the first of two that are equally near; nothing of none.
[[nodiscard]] std::optional<SeekPoint> nearest_crossing(const std::vector<SeekPoint>& crossings,
                                                        double current);

}  // namespace growth::analysis
