#include "growth/plan.hpp"

#include "analysis/attribution.hpp"
#include "analysis/diagnosis.hpp"
#include "analysis/ledger.hpp"
#include "analysis/warnings.hpp"
#include "growth/quantities.hpp"
#include "model/economics.hpp"
#include "model/run.hpp"

namespace growth {

std::optional<double> defined(const Quotient<double>& quotient) {
  if (quotient.denominator < k_no_denominator) return {};
  return quotient.numerator / quotient.denominator;
}

std::optional<double> summary_value(const SummaryEntry& entry, const Summary<double>& summary,
                                    int horizon_months) {
  if (entry.quantity.id == "payback_month") {
    const std::optional<int> month = payback_month(summary, horizon_months);
    return month ? std::optional<double>(*month) : std::nullopt;
  }
  if (const auto* quotient = std::get_if<1>(&entry.read)) return defined((*quotient)(summary));
  return std::get<0>(entry.read)(summary);
}

std::optional<double> break_even_roi(const UnitEconomics<double>& units) {
  if (units.break_even_margin <= 0) return {};
  return 1 / units.break_even_margin;
}

std::optional<int> payback_month(const Summary<double>& summary, int horizon_months) {
  if (summary.payback_month > horizon_months) return {};
  return static_cast<int>(summary.payback_month);
}

std::optional<int> customer_payback_months(const UnitEconomics<double>& units,
                                           const Summary<double>& summary) {
  const std::optional<double> cac = defined(summary.cac);
  if (!cac) return {};
  for (std::size_t age = 0; age < units.value_to_age.size(); ++age) {
    if (units.value_to_age[age] - *cac >= 0) return static_cast<int>(age);
  }
  return {};
}

std::string_view room_stage_name(RoomStage stage) {
  switch (stage) {
    case RoomStage::cold_start: return "cold_start";
    case RoomStage::warming: return "warming";
    case RoomStage::launched: return "launched";
    case RoomStage::established: return "established";
    case RoomStage::head: return "head";
  }
  return "";
}

Plan plan(const Scenario<double>& scenario, const PolicyPack* pack) {
  const Incentives& incentives = model::incentives_of(scenario, pack);
  const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);

  Plan result;
  result.scenario = scenario;
  analysis::LedgerKeeper ledger(compiled);
  result.months.reserve(static_cast<std::size_t>(scenario.horizon_months));
  result.summary =
      model::run(scenario, compiled,
                 [&](int t, const Month<double>& month, const model::Simulation<double>& simulation) {
                   result.months.push_back(month);
                   if (!compiled.stages.empty()) {
                     const auto stage = static_cast<std::size_t>(simulation.incentives().stage());
                     result.stages.push_back(compiled.stages[stage].id);
                   }
                   ledger.see(t, simulation);
                 });
  result.unit_economics = model::unit_economics(scenario);
  result.ledger = ledger.finish(scenario, incentives, result.summary.profit);
  const analysis::Slopes slopes =
      analysis::gradient(scenario, compiled, analysis::diagnosed_paths(scenario));
  result.attribution = analysis::attribute(scenario, compiled, result.months, result.summary, slopes);
  result.diagnosis =
      analysis::diagnose(scenario, compiled, result.months.front(), result.summary, slopes);
  result.warnings = analysis::warn(result, pack);
  return result;
}

}  // namespace growth
