#include "json/descriptions.hpp"
#include "json/document.hpp"
#include "json/door.hpp"
#include "json/fit_commands.hpp"
#include "json/full_commands.hpp"
#include "json/plan_commands.hpp"

namespace growth::json {

std::span<const Command> commands() {
  static constexpr Command k_commands[] = {
      {"plan", plan_command},
      {"diagnose", diagnose_command},
      {"explain", explain_command},
      {"schema", schema_command},
      {"presets", presets_command},
      {"policies", policies_command},
      {"facts", facts_command},
      {"cases", cases_command},
      {"breakdown", breakdown_command},
      {"simulate", simulate_command},
      {"sensitivity", sensitivity_command},
      {"seek", seek_command},
      {"allocate", allocate_command},
      {"decide", decide_command},
      {"formulas", formulas_command},
      {"recognise_columns", recognise_columns_command},
      {"fit_orders", fit_orders_command},
      {"fit_sessions", fit_sessions_command},
      {"fit_contracts", fit_contracts_command},
  };
  return k_commands;
}

std::string laid_out(std::string json, bool pretty) {
  return pretty ? Json::parse(json).dump(2) : json;
}

Message headline(const Errors& errors) {
  Message headline = errors.front().message;
  if (errors.size() > 1) {
    const std::string more = std::to_string(errors.size() - 1);
    headline.zh += "（另有 " + more + " 处）";
    headline.en += " (and " + more + " more)";
  }
  return headline;
}

}  // namespace growth::json
