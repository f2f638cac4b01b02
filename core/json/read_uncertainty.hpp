// The key `uncertainty` of a scenario: what is a guess, and how widely.
#pragma once

#include "growth/scenario.hpp"
#include "growth/uncertainty.hpp"
#include "json/document.hpp"

namespace growth::json {

/// Defaults where the scenario has no such key.
[[nodiscard]] Result<Uncertainty> read_uncertainty(const Json& root, const Scenario<double>& scenario);

/// As it was read, in the form it is read.
class Writer;
void write(Writer& writer, const DistributionOfInput& distribution);

}  // namespace growth::json
