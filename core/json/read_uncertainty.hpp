// The key `uncertainty` of a scenario: what is a guess, and how widely.
#pragma once

#include "growth/scenario.hpp"
#include "growth/uncertainty.hpp"
#include "json/reading.hpp"

namespace growth::json {

/// Defaults where the scenario has no such key.
[[nodiscard]] Result<Uncertainty> read_uncertainty(const Json& root, const Scenario<double>& scenario);

/// The name of a metric of the summary.
[[nodiscard]] std::optional<std::string> read_summary_metric(const Place& place, Errors& errors);

}  // namespace growth::json
