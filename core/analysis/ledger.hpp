// What each programme pays, what it is worth, and what it would take to get more.
#pragma once

#include <vector>

#include "growth/plan.hpp"
#include "model/run.hpp"

namespace growth::analysis {

/// Follows the programmes through a plan; see each month, then finish.
class LedgerKeeper {
 public:
  explicit LedgerKeeper(const model::CompiledIncentives& incentives);
  void see(int t, const model::Simulation<double>& simulation);
  /// The plan's `incentives` and `profit`, to run it again without each programme.
  [[nodiscard]] std::vector<LedgerEntry> finish(const Scenario<double>& scenario,
                                                const Incentives& incentives, double profit);

 private:
  const model::CompiledIncentives& incentives_;
  std::vector<LedgerEntry> entries_;
};

}  // namespace growth::analysis
