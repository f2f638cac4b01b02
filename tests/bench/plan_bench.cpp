// The plan natively: the model alone, with all its analysis, and through JSON.
#include <benchmark/benchmark.h>

#include <string>

#include "growth/plan.hpp"
#include "growth/run.hpp"
#include "model/run.hpp"

namespace {

growth::Scenario<double> scenario() {
  growth::Scenario<double> result;
  result.channels[0].monthly_spend = 20000;
  return result;
}

void model_alone(benchmark::State& state) {
  growth::Scenario<double> changing = scenario();
  changing.horizon_months = static_cast<int>(state.range(0));
  const growth::model::CompiledIncentives none;
  for (auto _ : state) {
    changing.private_domain.users += 1;
    benchmark::DoNotOptimize(growth::model::run(changing, none));
  }
}
BENCHMARK(model_alone)->Arg(12)->Arg(36)->Arg(60);

void full_plan(benchmark::State& state) {
  growth::Scenario<double> changing = scenario();
  for (auto _ : state) {
    changing.private_domain.users += 1;
    benchmark::DoNotOptimize(growth::plan(changing, nullptr));
  }
}
BENCHMARK(full_plan);

void plan_through_json(benchmark::State& state) {
  int users = 6000;
  for (auto _ : state) {
    const std::string request =
        "{\"private\":{\"users\":" + std::to_string(++users) +
        "},\"channels\":[{\"id\":\"ads\",\"monthly_spend\":20000,\"cost_per_viewer\":0.3,"
        "\"half_saturation\":60000,\"precision\":0.7},{\"id\":\"beans\",\"cost_per_viewer\":0.22,"
        "\"half_saturation\":20000,\"precision\":0.55}]}";
    benchmark::DoNotOptimize(growth::run("plan", request, {}));
  }
}
BENCHMARK(plan_through_json);

}  // namespace

BENCHMARK_MAIN();
