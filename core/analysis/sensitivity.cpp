#include "growth/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/futures.hpp"
#include "analysis/sobol.hpp"
#include "growth/fields.hpp"
#include "model/incentives.hpp"

namespace growth {
namespace {

using analysis::Draws;
using analysis::k_block;
using analysis::Runner;

constexpr double k_low_point = 0.1;
constexpr double k_high_point = 0.9;

class Analyst {
 public:
  Analyst(const Scenario<double>& scenario, const PolicyPack* pack, const Uncertainty& uncertainty,
          const SensitivityRequest& request, const Execution& execution)
      : uncertainty_(uncertainty),
        request_(request),
        execution_(execution),
        metric_(analysis::summary_metric(request.metric)),
        months_(static_cast<std::size_t>(scenario.horizon_months)),
        incentives_(model::compile(model::incentives_of(scenario, pack), scenario.business.tags)),
        draws_(scenario, uncertainty),
        runner_(scenario, incentives_, analysis::paths_of(uncertainty)) {}

  std::optional<Sensitivity> run() {
    Sensitivity result;
    result.metric = request_.metric;
    if (request_.tornado) result.tornado = tornado();
    for (const TornadoBar& bar : result.tornado) {
      result.exists = result.exists && std::isfinite(bar.at_low) && std::isfinite(bar.at_high);
    }
    if (request_.sobol && !sobol(result)) return {};
    return result;
  }

 private:
  /// The metric of rows of inputs.
  void evaluate(int count, const double* inputs, const double* noise, double* values) const {
    std::vector<double*> totals(analysis::summary_metric_count(), nullptr);
    totals[metric_] = values;
    runner_.run(count, inputs, noise, k_block, {&totals});
  }

  std::vector<TornadoBar> tornado() {
    const std::size_t inputs = draws_.inputs();
    std::vector<TornadoBar> bars(inputs);
    // Rows 2i and 2i+1 are input i at its low and its high point; an eighth of a block at most.
    std::vector<double> rows(inputs * k_block);
    for (std::size_t i = 0; i < inputs; ++i) {
      TornadoBar& bar = bars[i];
      bar.path = uncertainty_.inputs[i].path;
      bar.low = draws_.quantile(i, k_low_point);
      bar.high = draws_.quantile(i, k_high_point);
      std::fill_n(rows.data() + i * k_block, 2 * inputs, draws_.quantile(i, 0.5));
      rows[i * k_block + 2 * i] = bar.low;
      rows[i * k_block + 2 * i + 1] = bar.high;
    }
    std::vector<double> values(2 * inputs);
    evaluate(static_cast<int>(2 * inputs), rows.data(), nullptr, values.data());
    for (std::size_t i = 0; i < inputs; ++i) {
      bars[i].at_low = values[2 * i];
      bars[i].at_high = values[2 * i + 1];
    }
    std::stable_sort(bars.begin(), bars.end(), [](const TornadoBar& a, const TornadoBar& b) {
      return std::abs(a.at_high - a.at_low) > std::abs(b.at_high - b.at_low);
    });
    return bars;
  }

  bool sobol(Sensitivity& result) {
    analysis::SobolDesign design;
    design.inputs = static_cast<int>(draws_.inputs());
    design.base_samples = request_.base_samples;
    design.seed = uncertainty_.seed;
    design.sampler = uncertainty_.sampler;
    design.noise = draws_.noisy();
    const auto of_rows = [&](const analysis::SobolRows& rows, double* values) {
      for (std::size_t i = 0; i < draws_.inputs(); ++i) {
        const std::span<double> column(rows.columns + i * rows.stride,
                                       static_cast<std::size_t>(rows.count));
        draws_.quantiles(i, column, column);
      }
      std::vector<double> noise;
      if (design.noise) {
        noise.resize(months_ * k_block);
        // Two series that do not meet: futures from the start, and from behind the last base sample.
        draws_.draw_noise(rows.first + (rows.second_noise ? analysis::k_noise_series_gap : 0),
                          rows.count, static_cast<int>(months_), noise.data(), k_block);
      }
      evaluate(rows.count, rows.columns, design.noise ? noise.data() : nullptr, values);
    };
    const auto estimates = analysis::sobol_indices(design, of_rows, execution_);
    if (!estimates) return false;
    result.exists = result.exists && estimates->exists;
    result.mean = estimates->mean;
    result.variance = estimates->variance;
    for (std::size_t i = 0; i < estimates->indices.size(); ++i) {
      const auto& index = estimates->indices[i];
      result.sobol.push_back({i < draws_.inputs() ? uncertainty_.inputs[i].path
                                                  : std::string("uncertainty.traffic_volatility"),
                              index.first, index.first_error, index.total, index.total_error});
    }
    std::stable_sort(result.sobol.begin(), result.sobol.end(),
                     [](const SobolIndices& a, const SobolIndices& b) {
                       return a.total.value_or(0) > b.total.value_or(0);
                     });
    return true;
  }

  const Uncertainty& uncertainty_;
  const SensitivityRequest& request_;
  const Execution& execution_;
  std::size_t metric_;
  std::size_t months_;
  model::CompiledIncentives incentives_;
  Draws draws_;
  Runner runner_;
};

}  // namespace

std::optional<Sensitivity> sensitivity(const Scenario<double>& scenario, const PolicyPack* pack,
                                       const Uncertainty& uncertainty,
                                       const SensitivityRequest& request, const Execution& execution) {
  return Analyst(scenario, pack, uncertainty, request, execution).run();
}

}  // namespace growth
