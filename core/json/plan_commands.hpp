// Commands that compute one plan, and the shipped merchants and policies. The page's first module,
// which has to be small, leaves breakdown to the full one.
#pragma once

#include <string>
#include <string_view>

#include "growth/result.hpp"
#include "growth/run.hpp"

namespace growth::json {

[[nodiscard]] Result<std::string> plan_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> diagnose_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> explain_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> breakdown_command(std::string_view request,
                                                    const RunOptions& options);
[[nodiscard]] Result<std::string> presets_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> policies_command(std::string_view request, const RunOptions& options);

}  // namespace growth::json
