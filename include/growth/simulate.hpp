// Many futures of one scenario: what the plan may become month by month, how likely it pays.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

/// Five quantiles (Hyndman-Fan type 7) and the mean. A quantile of payback_month that lies among the
/// futures that never pay back does not exist.
struct Spread {
  double p5{};
  double p25{};
  double p50{};
  double p75{};
  double p95{};
  double mean{};
};

/// counts[i] futures lie in [edges[i], edges[i+1]), the last interval closed; the first and the last
/// interval may be wider than the others, which are equal, to hold the tails.
struct Histogram {
  std::vector<double> edges;
  std::vector<int> counts;
};

struct FanColumn {
  std::string_view column;     ///< a column of the plan
  std::vector<Spread> months;  ///< one per month
};

/// Standard errors, from independent replicates of the sample.
struct TotalSpread {
  std::string_view metric;  ///< a summary metric
  Spread spread;
  double sd{};
  Histogram histogram;
  Spread standard_error;
};

struct Probability {
  double value{};
  double standard_error{};
};

struct Futures {
  Uncertainty uncertainty;
  std::vector<FanColumn> columns;
  std::vector<TotalSpread> totals;  ///< metrics that exist in every future
  Probability profit_positive;
  Probability payback;  ///< within the horizon
  /// p5 … p95 of the payback month; nothing where that share of the futures has not paid back.
  std::array<std::optional<double>, 5> payback_month;
  std::vector<Probability> targets;
  Summary<double> central;  ///< the plan with every uncertain input at its median and no luck
};

/// Nothing when it was stopped. Scenario and uncertainty must have passed their checks
/// (validate.hpp); `pack` as for plan().
[[nodiscard]] std::optional<Futures> simulate(const Scenario<double>& scenario, const PolicyPack* pack,
                                              const Uncertainty& uncertainty,
                                              const Execution& execution);

}  // namespace growth
