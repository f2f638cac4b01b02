// JSON to scenario: every field by the catalogue, every problem reported, nothing clamped or dropped.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "growth/policy.hpp"
#include "growth/result.hpp"
#include "growth/scenario.hpp"
#include "json/document.hpp"

namespace growth::json {

/// Keys that other commands read from the same scenario; plan leaves them as they are.
inline constexpr std::string_view k_request_keys[] = {"uncertainty", "sensitivity", "seek",
                                                      "allocate",    "explain",     "decide"};
inline constexpr std::string_view k_scenario_schema = "growth.scenario/1";

/// `known_packs` are the ids that incentives.pack may name besides "none".
[[nodiscard]] Result<Scenario<double>> read_scenario(const Document& document,
                                                     const std::vector<std::string>& known_packs);
/// The same as far as it goes: every problem is appended in field order, and what is wrong has its
/// default.
[[nodiscard]] Scenario<double> read_scenario(const Document& document,
                                             const std::vector<std::string>& known_packs,
                                             Errors& errors);

/// The programmes of a pack or of a scenario; problems are appended with paths below `path`.
/// `stages` and `programmes` may be null (absent).
[[nodiscard]] Incentives read_incentives(const Json* stages, const Json* programmes,
                                         const std::string& path, Errors& errors);

/// Contradictions within programmes, for those read and those made in C++ alike.
void check_incentives(const Incentives& incentives, const std::string& path, Errors& errors);

}  // namespace growth::json
