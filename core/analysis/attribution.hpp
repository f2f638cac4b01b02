// Where the result comes from: what is lost when one part alone is switched off, and what one more
// ¥ a month in a channel brings.
#pragma once

#include "analysis/gradient.hpp"
#include "growth/plan.hpp"
#include "model/incentives.hpp"

namespace growth::analysis {

/// `slopes` hold the monthly spend of every channel.
[[nodiscard]] Attribution attribute(const Scenario<double>& scenario,
                                    const model::CompiledIncentives& incentives,
                                    const std::vector<Month<double>>& months,
                                    const Summary<double>& summary, const Slopes& slopes);

}  // namespace growth::analysis
