// Commands that take a scenario apart, state its formulas or run it many times. The page's first module,
// which has to be small, leaves them to the full one.
#pragma once

#include <string>
#include <string_view>

#include "growth/result.hpp"
#include "growth/run.hpp"

namespace growth::json {

/// What a goal and a budget are judged by.
inline constexpr Text k_statistic_label{"按哪个统计量", "Statistic"};

[[nodiscard]] Result<std::string> simulate_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> sensitivity_command(std::string_view request,
                                                      const RunOptions& options);
[[nodiscard]] Result<std::string> seek_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> allocate_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> decide_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> formulas_command(std::string_view request, const RunOptions& options);

}  // namespace growth::json
