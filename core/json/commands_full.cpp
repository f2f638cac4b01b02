// The module that runs many futures, beside everything the first one does.
#include "json/door.hpp"
#include "json/full_commands.hpp"
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
      {"breakdown", breakdown_command},
      {"simulate", simulate_command},
      {"sensitivity", sensitivity_command},
      {"seek", seek_command},
      {"allocate", allocate_command},
      {"decide", decide_command},
      {"formulas", formulas_command},
      {"recognise_columns", nullptr, &k_in_records_module},
      {"fit_orders", nullptr, &k_in_records_module},
      {"fit_sessions", nullptr, &k_in_records_module},
      {"fit_contracts", nullptr, &k_in_records_module},
  };
  return k_commands;
}

}  // namespace growth::json
