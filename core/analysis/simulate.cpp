#include "growth/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "analysis/futures.hpp"
#include "growth/quantities.hpp"
#include "model/run.hpp"
#include "sampling/order_statistics.hpp"

namespace growth {

std::string_view distribution_name(DistributionKind kind) {
  switch (kind) {
    case DistributionKind::uniform: return "uniform";
    case DistributionKind::triangular: return "triangular";
    case DistributionKind::pert: return "pert";
    case DistributionKind::normal: return "normal";
    case DistributionKind::lognormal: return "lognormal";
    case DistributionKind::beta: return "beta";
    case DistributionKind::p10_p90: return "p10_p90";
  }
  return "";
}

std::string_view sampler_name(Sampler sampler) {
  return sampler == Sampler::sobol ? "sobol" : "philox";
}

namespace {

using analysis::Draws;
using analysis::Fan;
using analysis::FanColumnId;
using analysis::k_block;
using analysis::k_fan_columns;
using analysis::k_replicates;
using analysis::Runner;

/// Results that are kept at once; beyond it the same futures are run again for the next months.
constexpr std::size_t k_kept_bytes = 256u << 20;
/// Futures between two reports of progress.
constexpr int k_round = 64 * k_block;
constexpr std::array<double, 5> k_probabilities{0.05, 0.25, 0.5, 0.75, 0.95};

/// A column of results by future. Columns are a little apart, so that they do not compete for the same
/// lines of the cache.
class Columns {
 public:
  Columns(std::size_t count, int trials)
      : stride_(static_cast<std::size_t>(trials) + 8),
        trials_(static_cast<std::size_t>(trials)),
        values_(new double[count * stride_]) {}

  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] double* column(std::size_t i) { return values_.get() + i * stride_; }
  [[nodiscard]] std::span<const double> operator[](std::size_t i) const {
    return {values_.get() + i * stride_, trials_};
  }

 private:
  std::size_t stride_;
  std::size_t trials_;
  std::unique_ptr<double[]> values_;  // every one is written by a future
};

Spread spread_of(const std::array<double, 5>& quantiles, double mean) {
  return {quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4], mean};
}

/// A column, replicate by replicate.
std::vector<std::vector<double>> by_replicate(std::span<const double> values) {
  std::vector<std::vector<double>> replicates(std::min<std::size_t>(k_replicates, values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) replicates[i % k_replicates].push_back(values[i]);
  return replicates;
}

Probability probability_of(std::span<const double> values, double at_least, bool or_equal) {
  const auto share = [&](std::span<const double> of) {
    std::size_t hits = 0;
    for (const double value : of) hits += (or_equal ? value >= at_least : value > at_least) ? 1 : 0;
    return static_cast<double>(hits) / static_cast<double>(of.size());
  };
  std::vector<double> shares;
  for (const auto& replicate : by_replicate(values)) shares.push_back(share(replicate));
  return {share(values), sampling::standard_error(shares)};
}

TotalSpread total_spread(std::string_view metric, std::span<const double> values,
                         sampling::QuantileSelector& selector) {
  TotalSpread total;
  total.metric = metric;
  std::array<double, 5> quantiles;
  selector.quantiles(values, k_probabilities, quantiles);
  const auto [mean, sd] = sampling::mean_and_sd(values);
  total.spread = spread_of(quantiles, mean);
  total.sd = sd;
  total.histogram = selector.histogram(values);
  std::array<std::vector<double>, 6> of_replicates;
  for (const auto& replicate : by_replicate(values)) {
    selector.quantiles(replicate, k_probabilities, quantiles);
    for (std::size_t q = 0; q < 5; ++q) of_replicates[q].push_back(quantiles[q]);
    of_replicates[5].push_back(sampling::mean(replicate));
  }
  std::array<double, 5> errors;
  for (std::size_t q = 0; q < 5; ++q) errors[q] = sampling::standard_error(of_replicates[q]);
  total.standard_error = spread_of(errors, sampling::standard_error(of_replicates[5]));
  return total;
}

/// One simulation: the same futures, run as often as the kept columns need it.
class Simulator {
 public:
  Simulator(const Scenario<double>& scenario, const PolicyPack* pack, const Uncertainty& uncertainty,
            const Execution& execution)
      : scenario_(scenario),
        uncertainty_(uncertainty),
        execution_(execution),
        months_(scenario.horizon_months),
        incentives_(model::compile(model::incentives_of(scenario, pack), scenario.business.tags)),
        draws_(scenario, uncertainty),
        runner_(scenario, incentives_, analysis::paths_of(uncertainty)) {}

  std::optional<Futures> run() {
    Futures futures;
    futures.uncertainty = uncertainty_;
    futures.central =
        model::run(analysis::central_scenario(scenario_, uncertainty_, draws_), incentives_);
    for (int c = 0; c < k_fan_columns; ++c) {
      futures.columns.push_back({analysis::fan_column_name(static_cast<FanColumnId>(c)),
                                 std::vector<Spread>(static_cast<std::size_t>(months_))});
    }
    // The totals come first: they are wanted whole by what follows from them.
    const std::size_t metrics = analysis::summary_metric_count();
    const std::size_t column_bytes = static_cast<std::size_t>(uncertainty_.trials) * sizeof(double);
    const auto at_once = static_cast<int>(k_kept_bytes / (column_bytes * k_fan_columns));
    const auto beside_totals =
        static_cast<int>((k_kept_bytes - metrics * column_bytes) / (column_bytes * k_fan_columns));
    const int passes = 1 + std::max(0, months_ - beside_totals + at_once - 1) / at_once;
    int first = 0;
    for (int pass = 0; pass < passes; ++pass) {
      const int end = std::min(months_, first + (pass == 0 ? beside_totals : at_once));
      if (!run_pass(first, end, pass == 0 ? metrics : 0, futures, pass, passes)) return {};
      first = end;
    }
    return futures;
  }

 private:
  /// Keeps the fan's months [first, end) and the totals; false when it was stopped.
  bool run_pass(int first, int end, std::size_t metrics, Futures& futures, int pass, int passes) {
    Fan fan(first, end, uncertainty_.trials);
    Columns totals(metrics, uncertainty_.trials);
    const int trials = uncertainty_.trials;
    const int blocks = (trials + k_block - 1) / k_block;
    const int blocks_per_round = k_round / k_block;
    for (int begin = 0; begin < blocks; begin += blocks_per_round) {
      const int count = std::min(blocks_per_round, blocks - begin);
      analysis::for_each_part(execution_, count, [&](int part) {
        run_block((begin + part) * k_block, fan, totals, metrics);
      });
      if (execution_.progress &&
          !execution_.progress((pass + static_cast<double>(begin + count) / blocks) / passes)) {
        return false;
      }
    }
    summarise_fan(fan, first, end, futures);
    if (metrics > 0) summarise_totals(totals, metrics, futures);
    return true;
  }

  void run_block(int begin, Fan& fan, Columns& kept, std::size_t metrics) const {
    const int count = std::min(k_block, uncertainty_.trials - begin);
    const analysis::FutureInputs drawn(draws_, begin, count, {}, months_);
    std::vector<double*> totals;
    for (std::size_t i = 0; i < metrics; ++i) totals.push_back(kept.column(i) + begin);
    runner_.run(count, drawn.inputs(), drawn.noise(), k_block,
                {metrics > 0 ? &totals : nullptr, &fan, begin});
  }

  void summarise_fan(const Fan& fan, int first, int end, Futures& futures) const {
    analysis::for_each_part(execution_, end - first, [&](int part) {
      sampling::QuantileSelector selector;
      std::array<double, 5> quantiles;
      Columns columns(k_fan_columns, uncertainty_.trials);
      const int month = first + part;
      fan.gather(month, columns.column(0), columns.stride());
      for (std::size_t column = 0; column < k_fan_columns; ++column) {
        const std::span<const double> values = columns[column];
        selector.quantiles(values, k_probabilities, quantiles);
        futures.columns[column].months[static_cast<std::size_t>(month)] =
            spread_of(quantiles, sampling::mean(values));
      }
    });
  }

  void summarise_totals(const Columns& kept, std::size_t metrics, Futures& futures) const {
    const auto entries = summary_quantities();
    sampling::QuantileSelector selector;
    for (std::size_t i = 0; i < metrics; ++i) {
      const std::span<const double> values = kept[i];
      const std::string_view metric = entries[i].quantity.id;
      if (metric == "payback_month") {
        summarise_payback(values, selector, futures);
      } else if (std::none_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
        futures.totals.push_back(total_spread(metric, values, selector));
      }
      if (metric == "profit") futures.profit_positive = probability_of(values, 0, false);
    }
    for (const Target& target : uncertainty_.targets) {
      futures.targets.push_back(
          probability_of(kept[analysis::summary_metric(target.metric)], target.at_least, true));
    }
  }

  void summarise_payback(std::span<const double> months, sampling::QuantileSelector& selector,
                         Futures& futures) const {
    const auto horizon = static_cast<double>(months_);
    std::array<double, 5> quantiles;
    selector.quantiles(months, k_probabilities, quantiles);
    for (std::size_t q = 0; q < quantiles.size(); ++q) {
      if (quantiles[q] <= horizon) futures.payback_month[q] = quantiles[q];
    }
    std::vector<double> paid;
    for (const double month : months) paid.push_back(month <= horizon ? 1 : 0);
    futures.payback = probability_of(paid, 0, false);
  }

  const Scenario<double>& scenario_;
  const Uncertainty& uncertainty_;
  const Execution& execution_;
  int months_;
  model::CompiledIncentives incentives_;
  Draws draws_;
  Runner runner_;
};

}  // namespace

std::optional<Futures> simulate(const Scenario<double>& scenario, const PolicyPack* pack,
                                const Uncertainty& uncertainty, const Execution& execution) {
  return Simulator(scenario, pack, uncertainty, execution).run();
}

}  // namespace growth
