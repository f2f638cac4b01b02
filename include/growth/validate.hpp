// Checking what was made in C++; JSON is checked while it is read, by the same rules.
#pragma once

#include "growth/result.hpp"
#include "growth/scenario.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

/// Every problem of a scenario, in field order: values out of range or not finite, lists too long,
/// contradictions. Empty where the scenario may be planned.
[[nodiscard]] Errors validate(const Scenario<double>& scenario);

/// Every problem of what is uncertain about a scenario that is itself in order: unknown paths,
/// distributions that cannot be, correlations that contradict each other. Empty where it may be
/// simulated.
[[nodiscard]] Errors validate(const Scenario<double>& scenario, const Uncertainty& uncertainty);

}  // namespace growth
