// Distributions of inputs as they stand in JSON.
#pragma once

#include <string>
#include <vector>

#include "growth/uncertainty.hpp"
#include "json/writer.hpp"

namespace growth::json {

/// The names of a kind's parameters, in their order.
[[nodiscard]] std::vector<std::string> parameter_names(DistributionKind kind);

/// {"dist": "pert", "low": …}
void write(Writer& writer, const DistributionOfInput& distribution);

/// The member `uncertainty` of the object that is being written: {"inputs": {path: distribution}}.
void write_uncertain_inputs(Writer& writer, const std::vector<UncertainInput>& inputs);

}  // namespace growth::json
