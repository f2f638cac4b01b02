// The key `uncertainty` of a scenario: what is a guess, and how widely.
#pragma once

#include "growth/uncertainty.hpp"
#include "json/reading.hpp"
#include "json/request.hpp"

namespace growth::json {

/// Defaults where the request has no such key. Problems are appended to those of the draft.
[[nodiscard]] Uncertainty read_uncertainty(Draft& draft);
/// The same where the command asks about futures, so that there must be such a key.
[[nodiscard]] Uncertainty required_uncertainty(Draft& draft);

/// The name of a metric of the summary.
[[nodiscard]] std::optional<std::string> read_summary_metric(const Place& place, Errors& errors);

}  // namespace growth::json
