// What no distribution, correlation or target may be, for those read and those made in C++ alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "growth/fields.hpp"
#include "growth/result.hpp"
#include "growth/scenario.hpp"
#include "growth/uncertainty.hpp"

namespace growth::json {

inline constexpr Range k_trials_range{1, k_most_trials};
inline constexpr Range k_volatility_range{0, 3};

[[nodiscard]] std::vector<std::string> summary_names();

/// `given` is above k_most_targets.
[[nodiscard]] Error too_many_targets(std::size_t given);

/// Reports what is wrong with an input whose path is known to be one of the scenario; else its median.
std::optional<double> check_input(const Field& field, const UncertainInput& input, Errors& errors);

/// Reports what makes the scenario with every uncertain input at its median no plan: a least first wave
/// above the greatest, for one.
void check_central(const Scenario<double>& central, Errors& errors);

/// `inputs` are the paths that have a distribution.
void check_correlation(const Correlation& correlation, const std::vector<std::string>& inputs,
                       Errors& errors);

}  // namespace growth::json
