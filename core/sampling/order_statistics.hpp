// Quantiles, mean, spread and histogram of a column of results, without sorting it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "growth/simulate.hpp"

namespace growth::sampling {

/// Exact quantiles of columns: the values are counted into equal intervals over the reach of a
/// sample of them, and only the few intervals that hold a wanted rank are looked into. Keeps its memory
/// from column to column.
class QuantileSelector {
 public:
  /// Hyndman-Fan type 7 (R, NumPy, PERCENTILE.INC): with h = (n-1)p, the value of rank ⌊h⌋ and the
  /// share h - ⌊h⌋ of the way to the next one. The same as from the sorted column; a zero is +0.
  /// `values`: at least one, finite, in any order. `probabilities`: within [0, 1], in any order, as
  /// many as `out`.
  void quantiles(std::span<const double> values, std::span<const double> probabilities,
                 std::span<double> out);

  /// Equal intervals between the 0.5 % and the 99.5 % quantile, as wide as Freedman and Diaconis advise
  /// (Z. Wahrscheinlichkeitstheorie 57, 1981) but 8 … 64 of them; the first and the last are stretched
  /// to the smallest and the largest value. Counts sum to values.size(). One interval [v, v] when all
  /// values are v. `values` as for quantiles().
  [[nodiscard]] Histogram histogram(std::span<const double> values);

 private:
  void find_ranks(std::span<const double> values, std::span<const std::size_t> ranks,
                  std::span<double> found, std::size_t depth);

  // An interval that holds wanted ranks, and where its values are gathered.
  struct Group {
    std::uint16_t name;      // the interval's number
    std::size_t first_rank;  // among the ranks asked for
    std::size_t end_rank;
    std::size_t before;  // values in lower intervals
    std::size_t begin;
    std::size_t end;
  };
  struct Level {
    std::vector<std::uint16_t> intervals;  // of each value
    std::vector<std::uint32_t> counts;     // several tables side by side
    std::vector<Group> groups;
    std::vector<std::size_t> ranks;
    std::vector<double> gathered;
  };
  // Each level cuts off the tails that made the intervals too wide; where that does not help, selection
  // by comparison takes over.
  std::array<Level, 4> levels_;
  std::vector<std::size_t> ranks_;
  std::vector<double> found_;
};

/// The value of a rank (from 0), and `share` (0 ≤ share < 1) of the way from it to the next one: the
/// quantile above where h = rank + share. `values`: more than `rank`, finite; their order is changed.
[[nodiscard]] double between_ranks(std::span<double> values, std::size_t rank, double share);

/// Mean of at least one value; a column of equal values has exactly that mean.
[[nodiscard]] double mean(std::span<const double> values);

/// Standard deviation with n - 1 degrees of freedom, 0 of a single value. Both are sums in a fixed
/// order, pairwise, so that thousands of values lose no more than a digit.
struct MeanAndSd {
  double mean;
  double sd;
};
[[nodiscard]] MeanAndSd mean_and_sd(std::span<const double> values);

/// Of the mean of independent replicates: their standard deviation over the root of their number; 0 of
/// fewer than two.
[[nodiscard]] double standard_error(std::span<const double> of_replicates);

}  // namespace growth::sampling
