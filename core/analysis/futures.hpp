// The engine below simulate, sensitivity and the statistics of seek and allocate: draws the inputs of
// futures by their index, and steps the model through many of them at once.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"
#include "model/incentives.hpp"
#include "sampling/sobol_points.hpp"

namespace growth::analysis {

/// Independent replicates a sample consists of: future i is point i / k_replicates of replicate
/// i % k_replicates, so a sample is a part of every larger one, and the spread over the replicates
/// gives honest standard errors.
inline constexpr int k_replicates = 8;
/// Futures that are drawn and stepped through together; a multiple of k_replicates and of every width.
inline constexpr int k_block = 512;

/// The columns of the fan, in the order of the answer.
enum class FanColumnId { viewers, private_users, gmv, profit, cumulative_profit, cumulative_cash };
inline constexpr int k_fan_columns = 6;
[[nodiscard]] std::string_view fan_column_name(FanColumnId column);

/// The fan's columns of some months, for every future, in tiles: within a tile of futures month by
/// month and column by column, so that what is written together lies together. With whole columns each
/// future would touch a page for every month of every column, and wait for memory.
class Fan {
 public:
  /// Futures of a tile; a multiple of every width, and blocks consist of whole tiles.
  static constexpr int k_tile = 32;

  Fan(int first_month, int end_month, int futures);

  /// Where a future's values are: column c of month t, first_month ≤ t < end_month, stands
  /// offset(t, c) further on.
  [[nodiscard]] double* future(int i) {
    const auto at = static_cast<std::size_t>(i);
    return values_.get() + at / k_tile * tile_length() + at % k_tile;
  }
  [[nodiscard]] bool has(int month) const { return month >= first_month_ && month < end_month_; }
  [[nodiscard]] std::size_t offset(int month, int column) const {
    return static_cast<std::size_t>((month - first_month_) * k_fan_columns + column) * k_tile;
  }
  /// All columns of a month, future by future: column c begins at columns + c · stride. Together,
  /// because they lie together: column by column each tile's page would be looked up as often as there
  /// are columns.
  void gather(int month, double* columns, std::size_t stride) const;

 private:
  [[nodiscard]] std::size_t tile_length() const { return offset(end_month_, 0); }

  int first_month_;
  int end_month_;
  std::size_t futures_;
  std::unique_ptr<double[]> values_;  // every one is written by a future
};

/// Metrics of the summary by position, in the order of summary_quantities().
[[nodiscard]] std::size_t summary_metric_count();
/// Position of a summary metric, summary_metric_count() where there is none of that name.
[[nodiscard]] std::size_t summary_metric(std::string_view name);

/// Calls work(part) for each part, as the execution has it.
void for_each_part(const Execution& execution, int parts, const std::function<void(int part)>& work);

[[nodiscard]] std::vector<std::string> paths_of(const Uncertainty& uncertainty);

/// Points in the unit cube by index, of either sampler.
class UniformPoints {
 public:
  UniformPoints(int dimensions, Sampler sampler, std::uint32_t seed);
  /// Coordinate `dimension` of points [first, first + count); `first` is a multiple of k_replicates.
  void fill(int dimension, int first, int count, double* out) const;

 private:
  std::uint32_t seed_;
  std::vector<sampling::SobolPoints> replicates_;  // none: Philox
};

/// Between two series of noise of one seed.
inline constexpr int k_noise_series_gap = 1 << 24;

/// Draws of the uncertain inputs. Immutable; may be read from any thread.
class Draws {
 public:
  Draws(const Scenario<double>& scenario, const Uncertainty& uncertainty);
  ~Draws();
  Draws(const Draws&) = delete;
  Draws& operator=(const Draws&) = delete;

  [[nodiscard]] std::size_t inputs() const;
  /// Whether the months have any luck.
  [[nodiscard]] bool noisy() const;
  /// Values of the inputs for futures [first, first + count), one column of `stride` per input in the
  /// order of the uncertainty's inputs. `first` is a multiple of k_block, `count` at most k_block.
  void fill(int first, int count, double* columns, std::size_t stride) const;
  /// The factor on the natural traffic of each month for the same futures, one column per month.
  void fill_noise(int first, int count, int months, double* columns, std::size_t stride) const;
  /// The same for any future, whether or not the sample has it.
  void draw_noise(int first, int count, int months, double* columns, std::size_t stride) const;
  /// Quantile of one input, truncated to its field's range.
  [[nodiscard]] double quantile(std::size_t input, double u) const;
  /// The same for many u.
  void quantiles(std::size_t input, std::span<const double> u, std::span<double> values) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What Runner::run takes of the futures [first, first + count), with a stride of k_block: the inputs
/// that are drawn, then those that are moved, the same in each of them, and the luck of the months.
class FutureInputs {
 public:
  /// `first` and `count` as for Draws::fill.
  FutureInputs(const Draws& draws, int first, int count, std::span<const double> moved, int months);

  [[nodiscard]] const double* inputs() const { return columns_.get(); }
  /// Null where the months have no luck.
  [[nodiscard]] const double* noise() const { return noise_; }

 private:
  std::unique_ptr<double[]> columns_;  // what no future has is without a value
  const double* noise_{};
};

/// Runs a scenario with some numeric inputs replaced, for many rows of values.
class Runner {
 public:
  /// `paths` are the inputs that change from row to row.
  Runner(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
         const std::vector<std::string>& paths);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Where the results of a block of rows go: null pointers are left out.
  struct Outputs {
    /// [metric]: summary metrics of the rows; what does not exist is a quiet NaN.
    const std::vector<double*>* totals{};
    Fan* fan{};
    int first{};  ///< future of the fan that the first row is; a multiple of Fan::k_tile
  };
  /// Row i has inputs[p · stride + i] at paths[p] and noise[month · stride + i] (null: none).
  void run(int count, const double* inputs, const double* noise, std::size_t stride,
           const Outputs& outputs) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The scenario with every uncertain input at its median.
[[nodiscard]] Scenario<double> central_scenario(const Scenario<double>& scenario,
                                                const Uncertainty& uncertainty, const Draws& draws);

}  // namespace growth::analysis
