// First-order and total Sobol' indices of any function of independent uniform inputs: Saltelli's design
// (A, B and A with one column of B), Jansen's estimators.
//   Saltelli et al., "Variance based sensitivity analysis of model output", CPC 181 (2010) 259-270;
//   Jansen, "Analysis of variance designs for model output", CPC 117 (1999) 35-43.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "growth/uncertainty.hpp"

namespace growth::analysis {

struct SobolDesign {
  int inputs{};        ///< at most k_most_uncertain_inputs
  int base_samples{};  ///< rows of A; the function is run base_samples · (inputs + 2) times
  std::uint32_t seed{};
  Sampler sampler{};
  /// One more factor behind the inputs that is no number between 0 and 1: which of two independent
  /// series of noise a row is given.
  bool noise{};
};

/// A block of rows: input i of row r is columns[i · stride + r].
struct SobolRows {
  int first{};  ///< index of the first row in A and B
  int count{};
  double* columns{};  ///< may be overwritten
  std::size_t stride{};
  bool second_noise{};  ///< of the two series of noise
};

/// Shares of the variance, with standard errors from replicates. Nothing where there is no variance.
struct SobolEstimates {
  struct Index {
    std::optional<double> first;
    std::optional<double> first_error;
    std::optional<double> total;
    std::optional<double> total_error;
  };
  std::vector<Index> indices;  ///< of the inputs, then of the noise
  double mean{};
  double variance{};
  bool exists{true};  ///< false: the function had no value (NaN) somewhere
};

/// `evaluate` writes one value per row; it may be called from several threads at once. Nothing when it
/// was stopped.
[[nodiscard]] std::optional<SobolEstimates> sobol_indices(
    const SobolDesign& design,
    const std::function<void(const SobolRows& rows, double* values)>& evaluate,
    const Execution& execution);

}  // namespace growth::analysis
