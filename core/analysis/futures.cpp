#include "analysis/futures.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "model/run.hpp"
#include "sampling/copula.hpp"
#include "sampling/distributions.hpp"
#include "sampling/philox.hpp"
#include "sampling/sobol_points.hpp"

namespace growth::analysis {
namespace {

// Two doubles are one 128-bit register, here and in WebAssembly. Four registers side by side: while one
// waits for a division or the end of a polynomial, the processor works on the others.
constexpr int k_width = 8;
using Pack = num::Lanes<k_width>;

/// Third word of a Philox counter: what the number is for.
enum class Stream : std::uint32_t { inputs, noise };

/// Draws that are kept from one run to the next: moving one slider redraws one input at most.
constexpr std::size_t k_kept_bytes = 24u << 20;

using Column = std::vector<double>;

/// What a kept column depends on.
struct ColumnKey {
  Stream stream{};
  Sampler sampler{};
  std::uint32_t seed{};
  int trials{};
  int position{};  // of an input; months of the noise
  DistributionOfInput distribution{};
  double low{};
  double high{};  // of an input's range; the volatility of the noise

  friend bool operator==(const ColumnKey& a, const ColumnKey& b) {
    return a.stream == b.stream && a.sampler == b.sampler && a.seed == b.seed && a.trials == b.trials &&
           a.position == b.position && a.distribution.kind == b.distribution.kind &&
           a.distribution.parameters == b.distribution.parameters && a.low == b.low && a.high == b.high;
  }
};

/// The columns of the last runs on this thread, the newest last.
class KeptColumns {
 public:
  template <class Make>
  std::shared_ptr<const Column> get(const ColumnKey& key, std::size_t length, Make&& make) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!(entries_[i].key == key)) continue;
      std::rotate(entries_.begin() + static_cast<std::ptrdiff_t>(i),
                  entries_.begin() + static_cast<std::ptrdiff_t>(i) + 1, entries_.end());
      return entries_.back().column;
    }
    auto column = std::make_shared<Column>(length);
    make(column->data());
    entries_.push_back({key, column});
    bytes_ += length * sizeof(double);
    while (bytes_ > k_kept_bytes && entries_.size() > 1) {
      bytes_ -= entries_.front().column->size() * sizeof(double);
      entries_.erase(entries_.begin());
    }
    return column;
  }

 private:
  struct Entry {
    ColumnKey key;
    std::shared_ptr<const Column> column;
  };
  std::vector<Entry> entries_;
  std::size_t bytes_{};
};

KeptColumns& kept_columns() {
  thread_local KeptColumns kept;
  return kept;
}

}  // namespace

std::string_view fan_column_name(FanColumnId column) {
  switch (column) {
    case FanColumnId::viewers: return "viewers";
    case FanColumnId::private_users: return "private_users";
    case FanColumnId::gmv: return "gmv";
    case FanColumnId::profit: return "profit";
    case FanColumnId::cumulative_profit: return "cumulative_profit";
    case FanColumnId::cumulative_cash: return "cumulative_cash";
  }
  return "";
}

Fan::Fan(int first_month, int end_month, int futures)
    : first_month_(first_month),
      end_month_(end_month),
      futures_(static_cast<std::size_t>(futures)),
      values_(new double[(futures_ + k_tile - 1) / k_tile * tile_length()]) {}

void Fan::gather(int month, double* columns, std::size_t stride) const {
  const double* tile = values_.get() + offset(month, 0);
  for (std::size_t first = 0; first < futures_; first += k_tile, tile += tile_length()) {
    const std::size_t count = std::min<std::size_t>(k_tile, futures_ - first);
    for (std::size_t column = 0; column < k_fan_columns; ++column) {
      const double* from = tile + column * k_tile;
      double* to = columns + column * stride + first;
      if (count < k_tile) {
        std::copy_n(from, count, to);
        continue;
      }
      // In pieces that compilers copy in registers: WebAssembly's memcpy() goes word by word.
      constexpr int k_piece = 8;
      for (int i = 0; i < k_tile; i += k_piece) {
        std::memcpy(to + i, num::detail::from_memory(from + i), k_piece * sizeof(double));
      }
    }
  }
}

std::size_t summary_metric_count() { return summary_quantities().size(); }

std::size_t summary_metric(std::string_view name) {
  const auto entries = summary_quantities();
  std::size_t i = 0;
  while (i < entries.size() && entries[i].quantity.id != name) ++i;
  return i;
}

void for_each_part(const Execution& execution, int parts, const std::function<void(int)>& work) {
  if (execution.parallel) {
    execution.parallel(parts, work);
  } else {
    for (int part = 0; part < parts; ++part) work(part);
  }
}

std::vector<std::string> paths_of(const Uncertainty& uncertainty) {
  std::vector<std::string> paths;
  for (const UncertainInput& input : uncertainty.inputs) paths.push_back(input.path);
  return paths;
}

// ---------------------------------------------------------------- draws

UniformPoints::UniformPoints(int dimensions, Sampler sampler, std::uint32_t seed) : seed_(seed) {
  if (sampler != Sampler::sobol || dimensions == 0) return;
  for (int r = 0; r < k_replicates; ++r) {
    replicates_.emplace_back(dimensions, seed, static_cast<std::uint32_t>(r));
  }
}

void UniformPoints::fill(int dimension, int first, int count, double* out) const {
  if (replicates_.empty()) {
    for (int i = 0; i < count; ++i) {
      const auto words = sampling::philox4x32_10(
          {static_cast<std::uint32_t>(first + i), static_cast<std::uint32_t>(dimension),
           static_cast<std::uint32_t>(Stream::inputs), 0},
          {seed_, 0});
      out[i] = sampling::to_unit(words[0], words[1]);
    }
    return;
  }
  std::array<double, k_block / k_replicates> of_replicate;
  for (int r = 0; r < k_replicates && r < count; ++r) {
    const int points = (count - r + k_replicates - 1) / k_replicates;
    replicates_[static_cast<std::size_t>(r)].fill(
        dimension, static_cast<std::uint32_t>(first / k_replicates),
        std::span(of_replicate).first(static_cast<std::size_t>(points)));
    for (int k = 0; k < points; ++k) {
      out[k * k_replicates + r] = of_replicate[static_cast<std::size_t>(k)];
    }
  }
}

struct Draws::State {
  explicit State(const Uncertainty& from)
      : uncertainty(from), points(static_cast<int>(from.inputs.size()), from.sampler, from.seed) {}

  Uncertainty uncertainty;
  std::vector<Range> ranges;
  std::vector<sampling::TruncatedDistribution> distributions;
  UniformPoints points;
  std::vector<std::size_t> correlated;  // inputs of the copula, in its order
  std::vector<double> factor;           // Cholesky factor of their correlation
  std::vector<std::shared_ptr<const Column>> columns;
  std::shared_ptr<const Column> noise;

  [[nodiscard]] bool is_correlated(std::size_t input) const {
    return std::find(correlated.begin(), correlated.end(), input) != correlated.end();
  }

  void draw(std::size_t input, int first, int count, double* out) const {
    points.fill(static_cast<int>(input), first, count, out);
    const auto length = static_cast<std::size_t>(count);
    distributions[input].quantiles(std::span<const double>(out, length), std::span(out, length));
  }

  void draw_noise(int first, int count, int months, double* out, std::size_t stride) const {
    const double v = uncertainty.traffic_volatility;
    const double shift = 0.5 * v * v;
    for (int i = 0; i < count; ++i) {
      for (int t = 0; t < months; t += 2) {
        const auto words = sampling::philox4x32_10(
            {static_cast<std::uint32_t>(first + i), static_cast<std::uint32_t>(t / 2),
             static_cast<std::uint32_t>(Stream::noise), 0},
            {uncertainty.seed, 0});
        for (int k = 0; k < 2 && t + k < months; ++k) {
          const auto at = static_cast<std::size_t>(2 * k);
          const double z = sampling::normal_quantile(sampling::to_unit(words[at], words[at + 1]));
          out[static_cast<std::size_t>(t + k) * stride + static_cast<std::size_t>(i)] =
              num::exp(v * z - shift);
        }
      }
    }
  }
};

Draws::Draws(const Scenario<double>& scenario, const Uncertainty& uncertainty)
    : state_(std::make_unique<State>(uncertainty)) {
  State& state = *state_;
  Scenario<double> looked_up = scenario;
  for (const UncertainInput& input : uncertainty.inputs) {
    state.ranges.push_back(find_number(looked_up, input.path).field->range);
    state.distributions.emplace_back(input.distribution, state.ranges.back());
  }
  const Correlation& correlation = uncertainty.correlation;
  for (const std::string& path : correlation.paths) {
    for (std::size_t i = 0; i < uncertainty.inputs.size(); ++i) {
      if (uncertainty.inputs[i].path == path) state.correlated.push_back(i);
    }
  }
  if (!state.correlated.empty()) {
    state.factor = *sampling::cholesky(correlation.matrix, correlation.paths.size());
  }
  // Columns of a moderate sample are drawn once and kept.
  const auto trials = static_cast<std::size_t>(uncertainty.trials);
  const std::size_t wanted =
      trials * sizeof(double) *
      (uncertainty.inputs.size() + static_cast<std::size_t>(scenario.horizon_months));
  state.columns.resize(uncertainty.inputs.size());
  if (wanted > k_kept_bytes) return;
  const auto blockwise = [&](auto&& draw) {
    for (int first = 0; first < uncertainty.trials; first += k_block) {
      draw(first, std::min(k_block, uncertainty.trials - first));
    }
  };
  for (std::size_t i = 0; i < uncertainty.inputs.size(); ++i) {
    if (state.is_correlated(i)) continue;
    const ColumnKey key{Stream::inputs,      uncertainty.sampler, uncertainty.seed,
                        uncertainty.trials,  static_cast<int>(i), uncertainty.inputs[i].distribution,
                        state.ranges[i].low, state.ranges[i].high};
    state.columns[i] = kept_columns().get(key, trials, [&](double* column) {
      blockwise([&](int first, int count) { state.draw(i, first, count, column + first); });
    });
  }
  if (uncertainty.traffic_volatility > 0) {
    const int months = scenario.horizon_months;
    const ColumnKey key{Stream::noise,
                        Sampler::philox,
                        uncertainty.seed,
                        uncertainty.trials,
                        months,
                        {},
                        0,
                        uncertainty.traffic_volatility};
    state.noise =
        kept_columns().get(key, trials * static_cast<std::size_t>(months), [&](double* column) {
          blockwise([&](int first, int count) {
            state.draw_noise(first, count, months, column + first, trials);
          });
        });
  }
}

Draws::~Draws() = default;

std::size_t Draws::inputs() const { return state_->distributions.size(); }

bool Draws::noisy() const { return state_->uncertainty.traffic_volatility > 0; }

void Draws::fill(int first, int count, double* columns, std::size_t stride) const {
  const State& state = *state_;
  for (std::size_t i = 0; i < inputs(); ++i) {
    double* column = columns + i * stride;
    if (state.columns[i]) {
      std::copy_n(state.columns[i]->data() + first, count, column);
    } else if (!state.is_correlated(i)) {
      state.draw(i, first, count, column);
    } else {
      state.points.fill(static_cast<int>(i), first, count, column);
    }
  }
  if (state.correlated.empty()) return;
  const auto length = static_cast<std::size_t>(count);
  std::vector<std::span<double>> together;
  for (const std::size_t i : state.correlated) together.emplace_back(columns + i * stride, length);
  sampling::apply_gaussian_copula(state.factor, together);
  for (std::size_t k = 0; k < together.size(); ++k) {
    state.distributions[state.correlated[k]].quantiles(together[k], together[k]);
  }
}

void Draws::fill_noise(int first, int count, int months, double* columns, std::size_t stride) const {
  const State& state = *state_;
  if (!state.noise) {
    state.draw_noise(first, count, months, columns, stride);
    return;
  }
  const auto trials = static_cast<std::size_t>(state.uncertainty.trials);
  for (int t = 0; t < months; ++t) {
    const auto month = static_cast<std::size_t>(t);
    std::copy_n(state.noise->data() + month * trials + static_cast<std::size_t>(first), count,
                columns + month * stride);
  }
}

void Draws::draw_noise(int first, int count, int months, double* columns, std::size_t stride) const {
  state_->draw_noise(first, count, months, columns, stride);
}

double Draws::quantile(std::size_t input, double u) const {
  return state_->distributions[input].quantile(u);
}

void Draws::quantiles(std::size_t input, std::span<const double> u, std::span<double> values) const {
  state_->distributions[input].quantiles(u, values);
}

Scenario<double> central_scenario(const Scenario<double>& scenario, const Uncertainty& uncertainty,
                                  const Draws& draws) {
  Scenario<double> central = scenario;
  for (std::size_t i = 0; i < uncertainty.inputs.size(); ++i) {
    *find_number(central, uncertainty.inputs[i].path).value = draws.quantile(i, 0.5);
  }
  return central;
}

FutureInputs::FutureInputs(const Draws& draws, int first, int count, std::span<const double> moved,
                           int months)
    : columns_(new double[(draws.inputs() + moved.size() +
                           (draws.noisy() ? static_cast<std::size_t>(months) : 0)) *
                          k_block]) {
  draws.fill(first, count, columns_.get(), k_block);
  double* column = columns_.get() + draws.inputs() * k_block;
  for (const double value : moved) {
    std::fill_n(column, count, value);
    column += k_block;
  }
  if (!draws.noisy()) return;
  draws.fill_noise(first, count, months, column, k_block);
  noise_ = column;
}

// ---------------------------------------------------------------- runs

namespace {

/// What a future leaves of one month.
std::array<Pack, k_fan_columns> fan_values(const Month<Pack>& m) {
  return {m.viewers, m.private_users, m.gmv, m.profit, m.cumulative_profit, m.cumulative_cash};
}

Pack value_of(const Pack& plain) { return plain; }
/// A quotient, NaN where it does not exist.
Pack value_of(const Quotient<Pack>& quotient) {
  const auto none = quotient.denominator < Pack(k_no_denominator);
  return num::select(none, Pack(std::numeric_limits<double>::quiet_NaN()),
                     quotient.numerator / num::select(none, Pack(1), quotient.denominator));
}

/// The values of some futures; lanes beyond them repeat the last.
Pack load(const double* from, int lanes) {
  Pack values;
  if (lanes == k_width) {
    std::memcpy(&values, from, sizeof values);
  } else {
    for (int i = 0; i < k_width; ++i) values.set_lane(i, from[std::min(i, lanes - 1)]);
  }
  return values;
}

void store(double* to, const Pack& values, int lanes) {
  std::memcpy(to, &values, static_cast<std::size_t>(lanes) * sizeof(double));
}

/// The futures of one pack: its first lane stands at row `first` of the noise and the outputs. A
/// function of its own, which is called often: engines of WebAssembly make code of what is called
/// again, and let what is entered once run to its end in their quick translation.
template <model::Extras extras>
[[gnu::noinline]] void run_pack(const Scenario<Pack>& scenario,
                                const model::CompiledIncentives& incentives, const double* noise,
                                std::size_t stride, const Runner::Outputs& outputs, int first,
                                int lanes) {
  const auto row = static_cast<std::size_t>(first);
  const auto noise_of = [&](int t) {
    return noise == nullptr ? Pack(1) : load(noise + static_cast<std::size_t>(t) * stride + row, lanes);
  };
  double* const kept = outputs.fan == nullptr ? nullptr : outputs.fan->future(outputs.first + first);
  const auto see = [&](int t, const Month<Pack>& month, const model::Simulation<Pack>&) {
    if (kept == nullptr || !outputs.fan->has(t)) return;
    const auto values = fan_values(month);
    for (int column = 0; column < k_fan_columns; ++column) {
      // Tiles have room for a whole pack, also behind the last future.
      std::memcpy(kept + outputs.fan->offset(t, column), &values[static_cast<std::size_t>(column)],
                  sizeof(Pack));
    }
  };
  const Summary<Pack> summary =
      model::run<model::Detail::totals, extras>(scenario, incentives, noise_of, see);
  if (outputs.totals == nullptr) return;
  std::size_t metric = 0;
  visit_summary([&](const Quantity&, auto member) {
    double* to = (*outputs.totals)[metric++];
    if (to != nullptr) store(to + row, value_of(member(summary)), lanes);
  });
}

}  // namespace

struct Runner::State {
  State(const Scenario<double>& from, const model::CompiledIncentives& compiled)
      : scenario(convert<Pack>(from)), incentives(compiled) {}

  Scenario<Pack> scenario;
  const model::CompiledIncentives& incentives;
  std::vector<std::string> paths;
};

Runner::Runner(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
               const std::vector<std::string>& paths)
    : state_(std::make_unique<State>(scenario, incentives)) {
  state_->paths = paths;
}

Runner::~Runner() = default;

void Runner::run(int count, const double* inputs, const double* noise, std::size_t stride,
                 const Outputs& outputs) const {
  // A scenario of its own for each call, so that calls may run side by side.
  Scenario<Pack> scenario = state_->scenario;
  std::vector<Pack*> members;
  for (const std::string& path : state_->paths) members.push_back(find_number(scenario, path).value);

  for (int first = 0; first < count; first += k_width) {
    const int lanes = std::min(k_width, count - first);
    for (std::size_t p = 0; p < members.size(); ++p) {
      *members[p] = load(inputs + p * stride + static_cast<std::size_t>(first), lanes);
    }
    const auto run_it = model::extras_of(scenario, state_->incentives) == model::Extras::none
                            ? run_pack<model::Extras::none>
                            : run_pack<model::Extras::any>;
    run_it(scenario, state_->incentives, noise, stride, outputs, first, lanes);
  }
}

}  // namespace growth::analysis
