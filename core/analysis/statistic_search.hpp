// Goal seek asked of a statistic over many futures: the crossings of the whole sample, with few runs of
// the whole sample.
#pragma once

#include <functional>
#include <optional>

#include "analysis/futures_metric.hpp"
#include "growth/seek.hpp"
#include "growth/uncertainty.hpp"

namespace growth::analysis {

/// Where `futures` reach the request's target: `futures` is of the request's metric, with its path as
/// the only moved input; `current` is that input now; `is_legal` says whether the scenario may be
/// planned with an input. Every crossing is known to 2e-9 of it, from the statistic over all futures on
/// either side. Nothing when it was stopped.
[[nodiscard]] std::optional<SeekResult> search_statistic(FuturesMetric& futures,
                                                         const SeekRequest& request, double current,
                                                         const std::function<bool(double)>& is_legal,
                                                         const Execution& execution);

}  // namespace growth::analysis
