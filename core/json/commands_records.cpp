// The module that reads merchants' records. Of the model it links the catalogue of inputs only.
#include "json/door.hpp"
#include "json/fit_commands.hpp"

namespace growth::json {

std::span<const Command> commands() {
  static constexpr Command k_commands[] = {
      {"recognise_columns", recognise_columns_command},
      {"fit_orders", fit_orders_command},
      {"fit_sessions", fit_sessions_command},
      {"fit_contracts", fit_contracts_command},
      {"plan", nullptr, &k_in_first_module},
      {"diagnose", nullptr, &k_in_first_module},
      {"explain", nullptr, &k_in_first_module},
      {"presets", nullptr, &k_in_first_module},
      {"policies", nullptr, &k_in_first_module},
      {"breakdown", nullptr, &k_in_full_module},
      {"simulate", nullptr, &k_in_full_module},
      {"sensitivity", nullptr, &k_in_full_module},
      {"seek", nullptr, &k_in_full_module},
      {"allocate", nullptr, &k_in_full_module},
      {"decide", nullptr, &k_in_full_module},
      {"formulas", nullptr, &k_in_full_module},
      {"schema", nullptr, &k_in_files},
      {"facts", nullptr, &k_in_files},
      {"cases", nullptr, &k_in_files},
  };
  return k_commands;
}

}  // namespace growth::json
