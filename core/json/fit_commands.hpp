// Commands that read a merchant's own records: a table beside the request, its columns, and what it
// says about the inputs of the plan.
#pragma once

#include <string>
#include <string_view>

#include "growth/result.hpp"
#include "growth/run.hpp"

namespace growth::json {

/// Which column is which, of the first rows in the request: {kind, rows: [[…], …]}.
[[nodiscard]] Result<std::string> recognise_columns_command(std::string_view request,
                                                            const RunOptions& options);
[[nodiscard]] Result<std::string> fit_orders_command(std::string_view request,
                                                     const RunOptions& options);
[[nodiscard]] Result<std::string> fit_sessions_command(std::string_view request,
                                                       const RunOptions& options);
[[nodiscard]] Result<std::string> fit_contracts_command(std::string_view request,
                                                        const RunOptions& options);

}  // namespace growth::json
