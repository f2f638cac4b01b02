#include "analysis/futures_metric.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace growth::analysis {
namespace {

/// What stays uncertain when some inputs are moved by hand; the inputs of a copula keep to themselves.
Uncertainty without(Uncertainty uncertainty, const std::vector<std::string>& moved) {
  const auto is_moved = [&](const std::string& path) {
    return std::find(moved.begin(), moved.end(), path) != moved.end();
  };
  auto& inputs = uncertainty.inputs;
  inputs.erase(std::remove_if(inputs.begin(), inputs.end(),
                              [&](const UncertainInput& input) { return is_moved(input.path); }),
               inputs.end());
  Correlation kept;
  const Correlation& all = uncertainty.correlation;
  const std::size_t n = all.paths.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (is_moved(all.paths[i])) continue;
    kept.paths.push_back(all.paths[i]);
    for (std::size_t j = 0; j < n; ++j) {
      if (!is_moved(all.paths[j])) kept.matrix.push_back(all.matrix[i * n + j]);
    }
  }
  uncertainty.correlation = std::move(kept);
  return uncertainty;
}

std::vector<std::string> joined(std::vector<std::string> paths, const std::vector<std::string>& more) {
  paths.insert(paths.end(), more.begin(), more.end());
  return paths;
}

bool any_missing(std::span<const double> values) {
  return std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); });
}

/// Futures on either side of the ranks between quantile and target that are kept: so many times their
/// number, and some at least. While the quantile moves to the target, those that move faster or slower
/// than it does change places with others.
constexpr std::size_t k_room_factor = 2;
constexpr std::size_t k_least_room = 48;
/// More futures than this that have the quantile's value are no chance: the metric comes in steps.
constexpr std::ptrdiff_t k_most_equal = 8;

}  // namespace

FuturesMetric::FuturesMetric(const Scenario<double>& scenario,
                             const model::CompiledIncentives& incentives,
                             const Uncertainty& uncertainty, std::string_view metric,
                             const std::vector<std::string>& moved, const Execution& execution)
    : uncertainty_(without(uncertainty, moved)),
      execution_(execution),
      metric_(summary_metric(metric)),
      months_(scenario.horizon_months),
      moved_(moved.size()),
      draws_(scenario, uncertainty_),
      runner_(scenario, incentives, joined(paths_of(uncertainty_), moved)),
      values_(static_cast<std::size_t>(uncertainty.trials)) {}

std::span<const double> FuturesMetric::values(std::span<const double> at, int futures) {
  const int blocks = (futures + k_block - 1) / k_block;
  for_each_part(execution_, blocks, [&](int block) {
    const int first = block * k_block;
    const int count = std::min(k_block, futures - first);
    const FutureInputs drawn(draws_, first, count, at, months_);
    run(count, drawn.inputs(), drawn.noise(), k_block, values_.data() + first);
  });
  return std::span<const double>(values_).first(static_cast<std::size_t>(futures));
}

void FuturesMetric::run(int count, const double* inputs, const double* noise, std::size_t stride,
                        double* found) {
  std::vector<double*> totals(summary_metric_count(), nullptr);
  totals[metric_] = found;
  runner_.run(count, inputs, noise, stride, {&totals});
}

double FuturesMetric::quantile(std::span<const double> at, int futures, double p) {
  return quantile_of(values(at, futures), p);
}

double FuturesMetric::quantile_of(std::span<const double> found, double p) {
  if (any_missing(found)) return std::numeric_limits<double>::quiet_NaN();
  double quantile = 0;
  selector_.quantiles(found, std::span(&p, 1), std::span(&quantile, 1));
  return quantile;
}

double FuturesMetric::mean(std::span<const double> at, int futures) {
  return sampling::mean(values(at, futures));
}

double FuturesMetric::share_positive(std::span<const double> at, int futures) {
  const std::span<const double> found = values(at, futures);
  const auto hits = std::count_if(found.begin(), found.end(), [](double x) { return x > 0; });
  return static_cast<double>(hits) / static_cast<double>(found.size());
}

bool FuturesMetric::narrow(std::span<const double> found, double p, double target) {
  if (any_missing(found)) return false;
  // Ranks as in QuantileSelector::quantiles().
  const double h = static_cast<double>(found.size() - 1) * p;
  const auto rank = static_cast<std::size_t>(h);
  const auto below_target = static_cast<std::size_t>(
      std::count_if(found.begin(), found.end(), [target](double x) { return x < target; }));
  const std::size_t low = std::min(rank, below_target);
  const std::size_t high = std::max(rank + 2, below_target);
  const std::size_t room = k_room_factor * (high - low) + k_least_room;
  const std::size_t first = low - std::min(low, room);
  const std::size_t end = std::min(high + room, found.size());
  if (end - first > found.size() / 2) return false;

  kept_.resize(found.size());
  std::iota(kept_.begin(), kept_.end(), 0);
  // Equal values by their place, so that the same ones are kept everywhere.
  const auto by_value = [found](int i, int j) {
    const double a = found[static_cast<std::size_t>(i)];
    const double b = found[static_cast<std::size_t>(j)];
    return a != b ? a < b : i < j;
  };
  const auto at = [this](std::size_t i) { return kept_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(kept_.begin(), at(first), kept_.end(), by_value);
  if (end < kept_.size()) std::nth_element(at(first), at(end), kept_.end(), by_value);
  std::nth_element(at(first), at(rank), at(end), by_value);
  // Among equal values ranks mean nothing: any of them may be the next to change sides.
  const double quantile = found[static_cast<std::size_t>(kept_[rank])];
  if (std::count(found.begin(), found.end(), quantile) > k_most_equal) return false;
  kept_.erase(at(end), kept_.end());
  kept_.erase(kept_.begin(), at(first));
  std::sort(kept_.begin(), kept_.end());
  rank_ = rank - first;
  share_ = h - static_cast<double>(rank);
  draw_kept();
  return true;
}

void FuturesMetric::draw_kept() {
  const std::size_t count = kept_.size();
  const std::size_t months = draws_.noisy() ? static_cast<std::size_t>(months_) : 0;
  drawn_.resize((draws_.inputs() + moved_ + months) * count);
  const std::vector<double> moved(moved_);
  const int trials = uncertainty_.trials;
  for_each_part(execution_, (trials + k_block - 1) / k_block, [&](int block) {
    const int first = block * k_block;
    const auto begin = std::lower_bound(kept_.begin(), kept_.end(), first);
    const auto end = std::lower_bound(begin, kept_.end(), first + k_block);
    if (begin == end) return;
    const FutureInputs all(draws_, first, std::min(k_block, trials - first), moved, months_);
    const auto gather = [&](const double* from, std::size_t columns, double* to) {
      for (std::size_t column = 0; column < columns; ++column, from += k_block, to += count) {
        for (auto i = begin; i != end; ++i) to[i - kept_.begin()] = from[*i - first];
      }
    };
    gather(all.inputs(), draws_.inputs() + moved_, drawn_.data());
    if (months > 0) gather(all.noise(), months, drawn_.data() + (draws_.inputs() + moved_) * count);
  });
}

double FuturesMetric::narrowed_quantile(std::span<const double> at) {
  const std::size_t count = kept_.size();
  double* column = drawn_.data() + draws_.inputs() * count;
  for (const double value : at) {
    std::fill_n(column, count, value);
    column += count;
  }
  of_kept_.resize(count);
  const int futures = static_cast<int>(count);
  const double* noise = draws_.noisy() ? column : nullptr;
  for_each_part(execution_, (futures + k_block - 1) / k_block, [&](int block) {
    const int first = block * k_block;
    run(std::min(k_block, futures - first), drawn_.data() + first,
        noise == nullptr ? nullptr : noise + first, count, of_kept_.data() + first);
  });
  if (any_missing(of_kept_)) return std::numeric_limits<double>::quiet_NaN();
  return sampling::between_ranks(of_kept_, rank_, share_);
}

}  // namespace growth::analysis
