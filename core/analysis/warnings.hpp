// What a careful adviser would say about a plan before anyone spends money on it.
#pragma once

#include <vector>

#include "growth/plan.hpp"

namespace growth::analysis {

/// Warnings about a finished plan (everything but its warnings is filled in).
[[nodiscard]] std::vector<Warning> warn(const Plan& plan, const PolicyPack* pack);

}  // namespace growth::analysis
