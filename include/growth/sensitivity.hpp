// Which guesses matter: each input's own range, and the share of the variance each explains.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

struct SensitivityRequest {
  std::string metric{"profit"};  ///< a summary metric
  bool tornado{true};
  bool sobol{true};
  int base_samples{4096};
};

/// The metric with one input at its 10 % and 90 % point, the others at their medians.
struct TornadoBar {
  std::string path;
  double low{};
  double high{};
  double at_low{};
  double at_high{};
};

/// Shares of the variance of the metric: by the input alone, and with all its interactions. Small
/// negative values are noise of the estimate. Nothing where the metric does not vary.
struct SobolIndices {
  std::string path;
  std::optional<double> first;
  std::optional<double> first_error;
  std::optional<double> total;
  std::optional<double> total_error;
};

struct Sensitivity {
  std::string metric;
  std::vector<TornadoBar> tornado;  ///< widest first
  std::vector<SobolIndices> sobol;  ///< largest total first
  double mean{};                    ///< of the samples behind `sobol`; 0 without them
  double variance{};
  /// False where the metric does not exist in some of the futures (ROAS without spend): then nothing
  /// above means anything.
  bool exists{true};
};

/// The inputs must be independent for Sobol' indices. The luck of the months counts as one more
/// factor, "uncertainty.traffic_volatility"; the tornado leaves it out. Nothing when it was stopped.
[[nodiscard]] std::optional<Sensitivity> sensitivity(const Scenario<double>& scenario,
                                                     const PolicyPack* pack,
                                                     const Uncertainty& uncertainty,
                                                     const SensitivityRequest& request,
                                                     const Execution& execution);

}  // namespace growth
