// Times many runs of one thing, one thread, and prints them in ms.
//   futures_runner COMMAND SCENARIO.json RUNS
// COMMAND is one that the door takes, as the page runs it; or `futures`: the futures alone, with draws,
// luck and the memory for their columns ready beforehand, as the peers in JavaScript get them.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analysis/futures.hpp"
#include "growth/run.hpp"
#include "json/read_uncertainty.hpp"
#include "json/request.hpp"

namespace {

using namespace growth;
using analysis::k_block;

/// The futures of a scenario with all that they are drawn from.
class FuturesAlone {
 public:
  FuturesAlone(const json::Draft& draft, const Uncertainty& uncertainty)
      : scenario_(draft.request.scenario),
        trials_(uncertainty.trials),
        incentives_(model::compile(model::incentives_of(scenario_, draft.request.pack),
                                   scenario_.business.tags)),
        runner_(scenario_, incentives_, analysis::paths_of(uncertainty)),
        fan_(0, scenario_.horizon_months, trials_) {
    const analysis::Draws draws(scenario_, uncertainty);
    for (int first = 0; first < trials_; first += k_block) {
      blocks_.emplace_back(draws, first, std::min(k_block, trials_ - first), std::span<const double>{},
                           scenario_.horizon_months);
    }
  }

  void run() {
    for (int first = 0; first < trials_; first += k_block) {
      const auto& drawn = blocks_[static_cast<std::size_t>(first / k_block)];
      runner_.run(std::min(k_block, trials_ - first), drawn.inputs(), drawn.noise(), k_block,
                  {nullptr, &fan_, first});
    }
  }

 private:
  Scenario<double> scenario_;
  int trials_;
  model::CompiledIncentives incentives_;
  analysis::Runner runner_;
  analysis::Fan fan_;
  std::vector<analysis::FutureInputs> blocks_;
};

/// Empty where the scenario is not in order.
std::function<void()> futures_alone(const std::string& text) {
  Result<json::Draft> read = json::read_draft(text);
  if (!read.ok()) return {};
  json::Draft draft = std::move(read).value();
  const Uncertainty uncertainty = json::read_uncertainty(draft);
  if (!draft.errors.empty()) return {};
  return [futures = std::make_shared<FuturesAlone>(draft, uncertainty)] { futures->run(); };
}

std::function<void()> through_the_door(const std::string& command, const std::string& text) {
  if (!run(command, text, {}).ok) return {};
  return [=] { (void)run(command, text, {}); };
}

}  // namespace

int main(int arguments, char** values) {
  if (arguments != 4) return 2;
  const std::string command = values[1];
  std::ifstream file(values[2]);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const int runs = std::atoi(values[3]);
  const auto work = command == "futures" ? futures_alone(text) : through_the_door(command, text);
  if (!work) {
    std::puts("null");
    return 0;
  }
  std::printf("[");
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    std::printf("%s%.4f", i == 0 ? "" : ", ", ms);
  }
  std::puts("]");
}
