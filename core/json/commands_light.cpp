// The page's first module, which has to be small.
#include "json/door.hpp"
#include "json/plan_commands.hpp"

namespace growth::json {

std::span<const Command> commands() {
  static constexpr Command k_commands[] = {
      {"plan", plan_command},
      {"diagnose", diagnose_command},
      {"explain", explain_command},
      {"presets", presets_command},
      {"policies", policies_command},
      {"schema", nullptr, &k_in_files},
      {"facts", nullptr, &k_in_files},
      {"cases", nullptr, &k_in_files},
      {"breakdown", nullptr, &k_in_full_module},
      {"simulate", nullptr, &k_in_full_module},
      {"sensitivity", nullptr, &k_in_full_module},
      {"seek", nullptr, &k_in_full_module},
      {"allocate", nullptr, &k_in_full_module},
      {"decide", nullptr, &k_in_full_module},
      {"formulas", nullptr, &k_in_full_module},
      {"recognise_columns", nullptr, &k_in_records_module},
      {"fit_orders", nullptr, &k_in_records_module},
      {"fit_sessions", nullptr, &k_in_records_module},
      {"fit_contracts", nullptr, &k_in_records_module},
  };
  return k_commands;
}

}  // namespace growth::json
