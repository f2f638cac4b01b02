// Exact derivatives of a plan's totals in any inputs, by running the model on dual numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "growth/scenario.hpp"
#include "model/incentives.hpp"
#include "number/dual.hpp"

namespace growth::analysis {

struct Slope {
  double gmv;     ///< d total GMV / d input
  double profit;  ///< d total profit / d input
};

struct Slopes {
  std::vector<std::string> paths;
  std::vector<Slope> values;  ///< one per path

  /// The path must be one of those asked for.
  [[nodiscard]] const Slope& at(std::string_view path) const;
};

/// Slopes in the inputs that `paths` name (as visit_numbers does); from the right at a kink.
[[nodiscard]] Slopes gradient(const Scenario<double>& scenario,
                              const model::CompiledIncentives& incentives,
                              std::vector<std::string> paths);

/// The same for the monthly spends of all channels of one scenario, at many spends in turn.
class SpendSlopes {
 public:
  /// `incentives` must outlive it.
  SpendSlopes(const Scenario<double>& scenario, const model::CompiledIncentives& incentives);

  /// One slope per channel at these monthly spends.
  [[nodiscard]] std::vector<Slope> at(std::span<const double> spends);

 private:
  Scenario<num::Dual<static_cast<int>(k_most_channels)>> scenario_;
  const model::CompiledIncentives& incentives_;
};

}  // namespace growth::analysis
