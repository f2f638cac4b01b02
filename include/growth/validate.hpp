// Checking a scenario that was made in C++; JSON is checked while it is read, by the same rules.
#pragma once

#include "growth/result.hpp"
#include "growth/scenario.hpp"

namespace growth {

/// Every problem of a scenario, in field order: values out of range or not finite, lists too long,
/// contradictions. Empty where the scenario may be planned.
[[nodiscard]] Errors validate(const Scenario<double>& scenario);

}  // namespace growth
