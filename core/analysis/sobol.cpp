#include "analysis/sobol.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/futures.hpp"
#include "number/number.hpp"
#include "sampling/order_statistics.hpp"

namespace growth::analysis {
namespace {

/// Values of A, B and each A with one factor of B, one column of base_samples each.
class Design {
 public:
  Design(const SobolDesign& design, const std::function<void(const SobolRows&, double*)>& evaluate)
      : design_(design),
        evaluate_(evaluate),
        rows_(static_cast<std::size_t>(design.base_samples)),
        factors_(static_cast<std::size_t>(design.inputs) + (design.noise ? 1 : 0)),
        points_(2 * design.inputs, design.sampler, design.seed),
        values_((factors_ + 2) * rows_) {}

  [[nodiscard]] std::size_t factors() const { return factors_; }
  [[nodiscard]] const double* a() const { return values_.data(); }
  [[nodiscard]] const double* b() const { return values_.data() + rows_; }
  [[nodiscard]] const double* mixed(std::size_t factor) const {
    return values_.data() + (factor + 2) * rows_;
  }

  void run_block(int first) {
    const int count = std::min(k_block, design_.base_samples - first);
    const auto inputs = static_cast<std::size_t>(design_.inputs);
    std::vector<double> a(inputs * k_block);
    std::vector<double> b(inputs * k_block);
    for (std::size_t i = 0; i < inputs; ++i) {
      points_.fill(static_cast<int>(i), first, count, a.data() + i * k_block);
      points_.fill(static_cast<int>(inputs + i), first, count, b.data() + i * k_block);
    }
    // The columns are overwritten by what evaluates them, so each run gets a copy.
    std::vector<double> columns(inputs * k_block);
    const auto run = [&](std::size_t column_of_values, const std::vector<double>& base,
                         std::size_t replaced, bool second_noise) {
      columns = base;
      if (replaced < inputs) {
        std::copy_n(b.data() + replaced * k_block, count, columns.data() + replaced * k_block);
      }
      evaluate_({first, count, columns.data(), k_block, second_noise},
                values_.data() + column_of_values * rows_ + first);
    };
    run(0, a, inputs, false);
    run(1, b, inputs, true);
    for (std::size_t factor = 0; factor < factors_; ++factor) {
      run(factor + 2, a, factor, factor == inputs);
    }
  }

 private:
  const SobolDesign& design_;
  const std::function<void(const SobolRows&, double*)>& evaluate_;
  std::size_t rows_;
  std::size_t factors_;
  UniformPoints points_;
  std::vector<double> values_;
};

struct Moments {
  double mean{};
  double variance{};
};

/// Of the values of A and B together; rows first, first + step, …
Moments moments_of(const Design& design, std::size_t rows, std::size_t first, std::size_t step) {
  num::CompensatedSum<double> sum;
  std::size_t count = 0;
  for (std::size_t i = first; i < rows; i += step) {
    sum.add(design.a()[i]);
    sum.add(design.b()[i]);
    count += 2;
  }
  const double mean = sum.total() / static_cast<double>(count);
  num::CompensatedSum<double> squares;
  for (std::size_t i = first; i < rows; i += step) {
    const double a = design.a()[i] - mean;
    const double b = design.b()[i] - mean;
    squares.add(a * a);
    squares.add(b * b);
  }
  return {mean, squares.total() / static_cast<double>(count)};
}

/// Half the mean squared difference of two columns.
double half_mean_square(const double* x, const double* y, std::size_t rows, std::size_t first,
                        std::size_t step) {
  num::CompensatedSum<double> squares;
  std::size_t count = 0;
  for (std::size_t i = first; i < rows; i += step) {
    const double difference = x[i] - y[i];
    squares.add(difference * difference);
    ++count;
  }
  return 0.5 * squares.total() / static_cast<double>(count);
}

}  // namespace

std::optional<SobolEstimates> sobol_indices(
    const SobolDesign& request, const std::function<void(const SobolRows&, double*)>& evaluate,
    const Execution& execution) {
  Design design(request, evaluate);
  const int blocks = (request.base_samples + k_block - 1) / k_block;
  constexpr int k_blocks_per_round = 8;
  for (int begin = 0; begin < blocks; begin += k_blocks_per_round) {
    const int end = std::min(blocks, begin + k_blocks_per_round);
    for_each_part(execution, end - begin,
                  [&](int part) { design.run_block((begin + part) * k_block); });
    if (execution.progress && !execution.progress(static_cast<double>(end) / blocks)) return {};
  }

  const auto rows = static_cast<std::size_t>(request.base_samples);
  SobolEstimates estimates;
  const Moments whole = moments_of(design, rows, 0, 1);
  estimates.exists = std::isfinite(whole.mean) && std::isfinite(whole.variance);
  estimates.mean = whole.mean;
  estimates.variance = whole.variance;
  estimates.indices.resize(design.factors());
  // Rounding of equal values is no variance.
  const double rounding = 1e-12 * whole.mean;
  if (!estimates.exists || !(whole.variance > rounding * rounding)) {
    if (estimates.exists) estimates.variance = 0;
    return estimates;
  }
  std::vector<Moments> of_replicates;
  const std::size_t replicates = std::min<std::size_t>(k_replicates, rows);
  for (std::size_t r = 0; r < replicates; ++r) {
    of_replicates.push_back(moments_of(design, rows, r, k_replicates));
  }
  for (std::size_t factor = 0; factor < design.factors(); ++factor) {
    const double* mixed = design.mixed(factor);
    const auto first = [&](double variance, std::size_t from, std::size_t step) {
      return 1 - half_mean_square(design.b(), mixed, rows, from, step) / variance;
    };
    const auto total = [&](double variance, std::size_t from, std::size_t step) {
      return half_mean_square(design.a(), mixed, rows, from, step) / variance;
    };
    SobolEstimates::Index& index = estimates.indices[factor];
    index.first = first(whole.variance, 0, 1);
    index.total = total(whole.variance, 0, 1);
    std::vector<double> firsts;
    std::vector<double> totals;
    for (std::size_t r = 0; r < replicates; ++r) {
      const double variance = of_replicates[r].variance;
      if (!(variance > 0)) continue;
      firsts.push_back(first(variance, r, k_replicates));
      totals.push_back(total(variance, r, k_replicates));
    }
    if (firsts.size() > 1) {
      index.first_error = sampling::standard_error(firsts);
      index.total_error = sampling::standard_error(totals);
    }
  }
  return estimates;
}

}  // namespace growth::analysis
