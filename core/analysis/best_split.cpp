#include "analysis/best_split.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace growth::analysis {
namespace {

using Spend = std::vector<double>;

/// Spends per channel that are tabulated; their distances grow with the cube of the spend, because
/// small channels saturate within a small part of a budget.
constexpr int k_table_steps = 32;
/// Entries between two tabulated spends, by straight lines.
constexpr int k_fill = 3;
/// Steps of the budget in the dynamic programme.
constexpr std::size_t k_budget_steps = 256;
/// Splits of the lattice, at most.
constexpr std::size_t k_lattice_size = 170;
/// … and where the objective may jump anywhere.
constexpr std::size_t k_rough_lattice_size = 1200;
/// Splits of the lattice that are followed up, and that are swept from where the objective may jump.
constexpr std::size_t k_lattice_kept = 4;
constexpr std::size_t k_swept = 4;
constexpr std::size_t k_swept_of_many = 2;  ///< with many channels, whose sweeps are long
/// Splits that are climbed from.
constexpr std::size_t k_most_climbs = 6;
/// Channels for which every choice of on and off is tried; with more, one flip at a time.
constexpr std::size_t k_all_choices = 3;
constexpr int k_most_steps = 40;       ///< of a climb
constexpr int k_most_curve_steps = 6;  ///< of a climb for the curve, which starts close
constexpr int k_most_sweeps = 6;       ///< of shifting money without slopes
/// A climb for the curve ends when a step promises less than this share of the objective's range.
constexpr double k_curve_gain = 1e-7;
constexpr int k_golden_rounds = 42;
constexpr int k_shift_points = 16;  ///< along a channel or between two
constexpr int k_curve_half = 12;    ///< budgets of the curve below and above the budget
constexpr int k_halvings = 200;
/// Gains below this share of the objective are rounding.
constexpr double k_rounding = 1e-13;

double sum(const Spend& spend) {
  double total = 0;
  for (const double s : spend) total += s;
  return total;
}

class Search {
 public:
  explicit Search(const SplitProblem& problem) : problem_(problem), channels_(problem.bounds.size()) {
    for (const SpendBounds& bound : problem.bounds) lows_.push_back(bound.low);
    least_ = sum(lows_);
  }

  std::optional<Allocation> run() {
    Allocation result;
    result.current = measured(problem_.current);
    result.equal = measured(equal_spend());
    Split best = solve();
    std::vector<Allocation::Point> curve;
    trace_curve(best, curve);
    result.curve = std::move(curve);
    result.marginal = slopes_at(best.spend);
    find_flat(best, result.flat);
    const double unspent = problem_.budget - sum(best.spend);
    result.unspent = unspent > 1e-9 * problem_.budget ? unspent : 0;
    result.best = std::move(best);
    if (stopped_) return {};
    return result;
  }

 private:
  // ------------------------------------------------------------------ the objective

  /// After a stop nothing is asked any more; what is still under way ends on zeros.
  void measure(std::span<Split> splits) {
    flat_.clear();
    for (const Split& split : splits) flat_.insert(flat_.end(), split.spend.begin(), split.spend.end());
    values_.assign(splits.size(), 0);
    if (!stopped_ && !splits.empty()) stopped_ = !problem_.objective(flat_, values_);
    for (std::size_t i = 0; i < splits.size(); ++i) {
      splits[i].objective = values_[i];
      lowest_ = std::min(lowest_, values_[i]);
      highest_ = std::max(highest_, values_[i]);
    }
  }
  Split measured(Spend spend) {
    Split split{std::move(spend), 0};
    measure({&split, 1});
    return split;
  }
  /// Of everything that was seen so far.
  [[nodiscard]] double range() const { return std::max(highest_ - lowest_, 0.0); }
  [[nodiscard]] double rounding(const Split& split) const {
    return k_rounding * std::max(std::fabs(split.objective), range());
  }

  [[nodiscard]] double high(std::size_t c, double budget) const {
    const double left = budget - (least_ - lows_[c]);
    return std::max(lows_[c], std::min(problem_.bounds[c].high, left));
  }

  /// A small change of a channel's spend that stays legal; 0 where the spend is fixed.
  [[nodiscard]] double small_change(const Spend& spend, std::size_t c, double share) const {
    const SpendBounds& bound = problem_.bounds[c];
    const double typical =
        std::max(spend[c] - bound.low, 1e-3 * (high(c, problem_.budget) - bound.low));
    const double change = share * typical;
    if (spend[c] + change <= bound.high) return change;
    return spend[c] - change >= bound.low ? -change : 0;
  }

  struct Shape {
    Spend slope;
    Spend curvature;
  };

  Spend slopes_at(const Spend& spend) {
    if (!problem_.slopes) return shape_at(measured(spend), false).slope;
    Spend slopes(channels_);
    if (!stopped_) problem_.slopes(spend, slopes);
    return slopes;
  }

  /// Slopes and curvatures, the latter of each channel by itself: interactions are weak.
  Shape shape_at(const Split& at, bool by_slopes) {
    constexpr double k_slope_change = 1e-4;
    constexpr double k_objective_change = 1e-3;
    Shape shape{Spend(channels_), Spend(channels_)};
    if (by_slopes) {
      shape.slope = slopes_at(at.spend);
      Spend beside = at.spend;
      for (std::size_t c = 0; c < channels_; ++c)
        beside[c] += small_change(at.spend, c, k_slope_change);
      const Spend slopes = slopes_at(beside);
      for (std::size_t c = 0; c < channels_; ++c) {
        const double change = beside[c] - at.spend[c];
        if (change != 0) shape.curvature[c] = (slopes[c] - shape.slope[c]) / change;
      }
      return shape;
    }
    std::vector<Split> beside;
    for (std::size_t c = 0; c < channels_; ++c) {
      // At a bound the two neighbours lie on one side.
      const double change = small_change(at.spend, c, k_objective_change);
      const bool inside = at.spend[c] - std::fabs(change) >= problem_.bounds[c].low && change > 0;
      for (const double factor : {1.0, inside ? -1.0 : 2.0}) {
        beside.push_back(at);
        beside.back().spend[c] += factor * change;
      }
    }
    measure(beside);
    for (std::size_t c = 0; c < channels_; ++c) {
      const double first_step = beside[2 * c].spend[c] - at.spend[c];
      const double second_step = beside[2 * c + 1].spend[c] - at.spend[c];
      if (first_step == 0 || second_step == 0) continue;
      // The parabola through the three points.
      const double first = (beside[2 * c].objective - at.objective) / first_step;
      const double second = (beside[2 * c + 1].objective - at.objective) / second_step;
      const double bend = (first - second) / (first_step - second_step);
      shape.slope[c] = first - bend * first_step;
      shape.curvature[c] = 2 * bend;
    }
    return shape;
  }

  // ------------------------------------------------------------------ starts

  [[nodiscard]] Spend equal_spend() const {
    const double budget = problem_.budget;
    const double share = budget / static_cast<double>(channels_);
    const auto at_level = [&](double level) {
      Spend spend(channels_);
      for (std::size_t c = 0; c < channels_; ++c) {
        spend[c] = std::clamp(level, lows_[c], std::max(lows_[c], problem_.bounds[c].high));
      }
      return spend;
    };
    Spend equal = at_level(share);
    bool within = true;
    for (const double s : equal) within = within && s == share;
    if (within) return equal;
    // Bounds hold some: the level that uses up the budget, if any does.
    double below = 0;
    double above = budget;
    for (int i = 0; i < k_halvings; ++i) {
      const double level = below + (above - below) / 2;
      (sum(at_level(level)) <= budget ? below : above) = level;
    }
    return at_level(below);
  }

  /// `spend` moved into bounds and budget, above the lower bounds in proportion.
  [[nodiscard]] Spend fitted(Spend spend, double budget) const {
    double above = 0;
    for (std::size_t c = 0; c < channels_; ++c) {
      spend[c] = std::clamp(spend[c], lows_[c], high(c, budget));
      above += spend[c] - lows_[c];
    }
    const double free = std::max(0.0, budget - least_);
    if (above > free) {
      for (std::size_t c = 0; c < channels_; ++c) {
        spend[c] = lows_[c] + (spend[c] - lows_[c]) * (free / above);
      }
    }
    return spend;
  }

  std::vector<Split> simple_starts(double budget) const {
    std::vector<Split> starts;
    starts.push_back({lows_, 0});  // first: where nothing gains, nothing is spent
    starts.push_back({fitted(problem_.current, budget), 0});
    starts.push_back({fitted(equal_spend(), budget), 0});
    for (std::size_t c = 0; c < channels_; ++c) {
      starts.push_back({lows_, 0});
      starts.back().spend[c] = high(c, budget);
    }
    return starts;
  }

  /// All ways to hand out the budget in equal portions, some of them to nobody.
  std::vector<Split> lattice(double budget) const {
    const std::size_t most = problem_.rough ? k_rough_lattice_size : k_lattice_size;
    // Portions p: C(p + n, n) splits.
    std::size_t portions = 1;
    const auto size = [&](std::size_t p) {
      std::size_t count = 1;
      for (std::size_t i = 1; i <= channels_; ++i) count = count * (p + i) / i;
      return count;
    };
    while (portions < 64 && size(portions + 1) <= most) ++portions;
    const double portion = (budget - least_) / static_cast<double>(portions);
    std::vector<Split> splits;
    std::vector<std::size_t> held(channels_, 0);
    for (;;) {
      Spend spend = lows_;
      bool legal = true;
      for (std::size_t c = 0; c < channels_; ++c) {
        spend[c] += portion * static_cast<double>(held[c]);
        legal = legal && spend[c] <= problem_.bounds[c].high;
      }
      if (legal) splits.push_back({std::move(spend), 0});
      // The next one: an odometer whose digits sum to at most `portions`.
      std::size_t c = 0;
      std::size_t used = 0;
      for (const std::size_t h : held) used += h;
      while (c < channels_) {
        if (used < portions) {
          ++held[c];
          break;
        }
        used -= held[c];
        held[c] = 0;
        ++c;
      }
      if (c == channels_) return splits;
    }
  }

  // ------------------------------------------------------------------ tables and their best sum

  /// What a channel adds at each spend, the others held.
  struct Table {
    Spend spend;
    Spend gain;        ///< over the lowest spend
    std::size_t on{};  ///< first entry of "on": where the average gain is largest
  };

  std::vector<Table> tabulate(const Spend& base, double budget) {
    std::vector<Split> splits;
    for (std::size_t c = 0; c < channels_; ++c) {
      for (int k = 0; k <= k_table_steps; ++k) {
        const double share = static_cast<double>(k) / k_table_steps;
        splits.push_back({base, 0});
        splits.back().spend[c] = lows_[c] + (high(c, budget) - lows_[c]) * share * share * share;
      }
    }
    measure(splits);
    std::vector<Table> tables(channels_);
    for (std::size_t c = 0; c < channels_; ++c) {
      Table& table = tables[c];
      const Split* known = &splits[c * (k_table_steps + 1)];
      for (int k = 0; k <= k_table_steps; ++k) {
        for (int i = k == 0 ? k_fill - 1 : 0; i < k_fill; ++i) {
          const double share = static_cast<double>(i + 1) / k_fill;
          const Split& from = known[std::max(0, k - 1)];
          const Split& to = known[k];
          table.spend.push_back(from.spend[c] + share * (to.spend[c] - from.spend[c]));
          table.gain.push_back(from.objective + share * (to.objective - from.objective) -
                               known[0].objective);
        }
      }
      double best_average = -std::numeric_limits<double>::infinity();
      table.on = table.spend.size() - 1;
      for (std::size_t k = 1; k < table.spend.size(); ++k) {
        const double more = table.spend[k] - table.spend[0];
        if (more > 0 && table.gain[k] / more > best_average) {
          best_average = table.gain[k] / more;
          table.on = k;
        }
      }
    }
    return tables;
  }

  enum class Choice : std::uint8_t { free, on, off };

  /// The best sums of table entries within any budget, by dynamic programming: the state is the money
  /// handed out so far, in steps of the whole, each with its best exact total. One channel comes last
  /// and takes what is left to the last ¥, so that a budget is not judged by what the grid of the
  /// tables cannot spend; that makes the error of the grid one of second order.
  class Programme {
   public:
    Programme(const std::vector<Table>& tables, std::vector<Choice> choices, double free,
              std::size_t steps, std::size_t last)
        : tables_(tables), choices_(std::move(choices)), last_(last) {
      for (std::size_t c = 0; c < tables.size(); ++c) {
        if (c != last) order_.push_back(c);
      }
      stages_.assign(order_.size() + 1, std::vector<State>(steps + 1));
      const double per_width = free > 0 ? static_cast<double>(steps) / free : 0;
      const double most = free * (1 + 1e-12);
      stages_[0][0].value = 0;
      for (std::size_t i = 0; i < order_.size(); ++i) {
        const Table& table = tables[order_[i]];
        const Choice choice = choices_[order_[i]];
        const std::size_t first = choice == Choice::on ? table.on : 0;
        const std::size_t end = choice == Choice::off ? 1 : table.spend.size();
        for (std::size_t b = 0; b <= steps; ++b) {
          const State& from = stages_[i][b];
          if (from.value == k_none) continue;
          for (std::size_t k = first; k < end; ++k) {
            const double total = from.total + (table.spend[k] - table.spend[0]);
            if (total > most) break;
            const double value = from.value + table.gain[k];
            State& to = stages_[i + 1][std::min(steps, static_cast<std::size_t>(total * per_width))];
            if (value > to.value) {
              to = {value, total, static_cast<std::uint16_t>(k), static_cast<std::uint16_t>(b)};
            }
          }
        }
      }
      best_so_far_.assign(tables[last].gain.size(), 0);
      for (std::size_t k = 1; k < best_so_far_.size(); ++k) {
        const bool higher = tables[last].gain[k] > tables[last].gain[best_so_far_[k - 1]];
        best_so_far_[k] = higher ? k : best_so_far_[k - 1];
      }
    }

    /// The best spends that hand out at most `money` above the lower bounds; empty where there are
    /// none.
    [[nodiscard]] Spend best_within(double money) const {
      double best = k_none;
      double best_last = 0;
      std::size_t bucket = 0;
      const std::vector<State>& states = stages_.back();
      for (std::size_t b = 0; b < states.size(); ++b) {
        if (states[b].value == k_none || states[b].total > money) continue;
        const auto [spend, gain] = last_with(money - states[b].total);
        if (gain == k_none || !(states[b].value + gain > best)) continue;
        best = states[b].value + gain;
        best_last = spend;
        bucket = b;
      }
      if (best == k_none) return {};
      Spend spend(tables_.size());
      spend[last_] = best_last;
      for (std::size_t i = order_.size(); i-- > 0;) {
        const State& state = stages_[i + 1][bucket];
        spend[order_[i]] = tables_[order_[i]].spend[state.entry];
        bucket = state.before;
      }
      return spend;
    }

   private:
    static constexpr double k_none = -std::numeric_limits<double>::infinity();
    struct State {
      double value{k_none};
      double total{0};
      std::uint16_t entry{0};
      std::uint16_t before{0};
    };

    /// Spend and gain of the last channel where `money` is left for it.
    [[nodiscard]] std::pair<double, double> last_with(double money) const {
      const Table& table = tables_[last_];
      const double top = table.spend.front() + money;
      if (choices_[last_] == Choice::off) return {table.spend.front(), 0};
      if (choices_[last_] == Choice::on && top < table.spend[table.on]) return {0, k_none};
      const auto above = std::upper_bound(table.spend.begin(), table.spend.end(), top);
      const auto k = static_cast<std::size_t>(above - table.spend.begin()) - 1;
      std::pair<double, double> best{table.spend[best_so_far_[k]], table.gain[best_so_far_[k]]};
      if (k + 1 < table.spend.size()) {
        const double share = (top - table.spend[k]) / (table.spend[k + 1] - table.spend[k]);
        const double gain = table.gain[k] + share * (table.gain[k + 1] - table.gain[k]);
        if (gain > best.second) best = {top, gain};
      }
      return best;
    }

    const std::vector<Table>& tables_;
    std::vector<Choice> choices_;
    std::size_t last_;
    std::vector<std::size_t> order_;
    std::vector<std::vector<State>> stages_;
    std::vector<std::size_t> best_so_far_;  ///< entry of the last channel's table, up to each entry
  };

  /// The channels that come last in turn: those with the largest spends.
  [[nodiscard]] std::vector<std::size_t> last_ones(const Spend& spend) const {
    std::vector<std::size_t> channels(channels_);
    for (std::size_t c = 0; c < channels_; ++c) channels[c] = c;
    std::stable_sort(channels.begin(), channels.end(),
                     [&](std::size_t a, std::size_t b) { return spend[a] > spend[b]; });
    if (channels.size() > k_all_choices) channels.resize(k_all_choices);
    return channels;
  }

  std::vector<Split> table_starts(const Spend& base, double budget) {
    const std::vector<Table> tables = tabulate(base, budget);
    const double free = budget - least_;
    std::vector<Choice> choices(channels_, Choice::free);
    std::vector<Split> starts;
    const auto add = [&](std::size_t last) {
      Spend spend = Programme(tables, choices, free, k_budget_steps, last).best_within(free);
      if (!spend.empty()) starts.push_back({std::move(spend), 0});
    };
    for (const std::size_t last : last_ones(base)) add(last);
    if (channels_ <= k_all_choices) {
      for (std::size_t set = 0; set < (std::size_t{1} << channels_); ++set) {
        for (std::size_t c = 0; c < channels_; ++c) {
          choices[c] = (set >> c & 1) != 0 ? Choice::on : Choice::off;
        }
        for (std::size_t last = 0; last < channels_; ++last) {
          if (choices[last] == Choice::on) add(last);
        }
      }
    } else {
      const Spend freely = starts.front().spend;
      for (std::size_t c = 0; c < channels_; ++c) {
        choices.assign(channels_, Choice::free);
        choices[c] = freely[c] > lows_[c] ? Choice::off : Choice::on;
        // The largest of the others comes last.
        std::size_t last = c == 0 ? 1 : 0;
        for (std::size_t o = 0; o < channels_; ++o) {
          if (o != c && freely[o] > freely[last]) last = o;
        }
        add(last);
      }
    }
    measure(starts);
    return starts;
  }

  // ------------------------------------------------------------------ climbing

  /// The step d that maximises Σ slope·d + curvature·d²/2 within a box, with Σ d ≤ slack (= slack if
  /// `exact`): the channels' marginal returns meet at one multiplier, found by halving.
  [[nodiscard]] Spend quadratic_step(const Shape& shape, const Spend& down, const Spend& up,
                                     double slack, bool exact) const {
    const auto step_at = [&](double multiplier) {
      Spend step(channels_);
      for (std::size_t c = 0; c < channels_; ++c) {
        step[c] = std::clamp((shape.slope[c] - multiplier) / -shape.curvature[c], down[c], up[c]);
      }
      return step;
    };
    if (!exact) {
      Spend free = step_at(0);
      if (sum(free) <= slack) return free;
    }
    // Beyond these multipliers every channel is at its box.
    double lowest = 0;
    double highest = 0;
    for (std::size_t c = 0; c < channels_; ++c) {
      lowest = std::min(lowest, shape.slope[c] + shape.curvature[c] * up[c]);
      highest = std::max(highest, shape.slope[c] + shape.curvature[c] * down[c]);
    }
    if (!exact) lowest = 0;
    for (int i = 0; i < k_halvings; ++i) {
      const double middle = lowest + (highest - lowest) / 2;
      if (middle == lowest || middle == highest) break;
      (sum(step_at(middle)) > slack ? lowest : highest) = middle;
    }
    Spend step = step_at(highest);
    // What rounding left over goes to the channel that is farthest from the ends of its box: none that
    // rests on a bound leaves it for a rounding error.
    std::size_t widest = 0;
    const auto margin = [&](std::size_t c) { return std::min(up[c] - step[c], step[c] - down[c]); };
    for (std::size_t c = 1; c < channels_; ++c) {
      if (margin(c) > margin(widest)) widest = c;
    }
    step[widest] = std::clamp(step[widest] + slack - sum(step), down[widest], up[widest]);
    return step;
  }

  /// Up from `at` to a local top within the budget (or, `exact`, on it). For the curve, differences and
  /// fewer digits are enough, and several times as fast.
  Split climb(Split at, double budget, bool exact, bool for_curve = false) {
    const int most_steps = for_curve ? k_most_curve_steps : k_most_steps;
    const bool by_slopes = problem_.slopes && !for_curve;
    double reach = 1;  // of a step, in units of the present spend
    int refinements = 0;
    Shape shape;
    bool moved = true;
    for (int step_count = 0; step_count < most_steps && !stopped_; ++step_count) {
      if (moved) shape = shape_at(at, by_slopes);
      const double slack = budget - sum(at.spend);
      Spend down(channels_);
      Spend up(channels_);
      Shape model = shape;
      double steepest = 0;
      for (const double slope : shape.slope) steepest = std::max(steepest, std::fabs(slope));
      for (std::size_t c = 0; c < channels_; ++c) {
        const double top = high(c, budget);
        const double width = reach * std::max(at.spend[c] - lows_[c], 0.02 * (top - lows_[c]));
        down[c] = -std::min(width, at.spend[c] - lows_[c]);
        up[c] = std::max(0.0, std::min(width, top - at.spend[c]));
        // Where the response still steepens the slope alone leads, to the end of the box.
        const double least_bend = 1e-9 * std::max(steepest, 1e-300) / std::max(width, 1e-300);
        model.curvature[c] = std::min(shape.curvature[c], -least_bend);
      }
      const Spend step = quadratic_step(model, down, up, slack, exact);
      Split trial = at;
      double promised = 0;
      for (std::size_t c = 0; c < channels_; ++c) {
        trial.spend[c] = std::clamp(at.spend[c] + step[c], lows_[c], problem_.bounds[c].high);
        promised += step[c] * (shape.slope[c] + shape.curvature[c] * step[c] / 2);
      }
      measure({&trial, 1});
      const double small = rounding(at);
      if (trial.objective > at.objective + small) {
        at = std::move(trial);
        reach = std::min(2 * reach, 4.0);
        moved = true;
        if (for_curve && promised <= k_curve_gain * range()) break;
      } else if (promised <= 100 * small && trial.objective >= at.objective - small) {
        // At the top to rounding; the slopes still tell the last digits of the split.
        at = std::move(trial);
        moved = true;
        if (++refinements == 3) break;
      } else {
        reach /= 4;
        moved = false;
        if (reach < 1e-7) break;
      }
    }
    return at;
  }

  // ------------------------------------------------------------------ shifting without slopes

  /// A direction in which money moves: +1 to one channel, -1 from another or from what is unspent.
  struct Shift {
    std::size_t to;
    std::optional<std::size_t> from;
  };

  [[nodiscard]] Spend shifted(const Spend& spend, const Shift& shift, double amount) const {
    Spend moved = spend;
    moved[shift.to] += amount;
    if (shift.from) moved[*shift.from] -= amount;
    return moved;
  }

  /// The best of what shifting along one direction reaches; `at` itself where nothing is better.
  Split sweep(const Split& at, double budget) {
    std::vector<Shift> shifts;
    for (std::size_t c = 0; c < channels_; ++c) {
      shifts.push_back({c, {}});
      for (std::size_t other = 0; other < c; ++other) shifts.push_back({c, other});
    }
    const double slack = std::max(0.0, budget - sum(at.spend));
    struct Line {
      Shift shift;
      std::vector<double> amounts;
      std::size_t first;  ///< its trials
    };
    std::vector<Line> lines;
    std::vector<Split> trials;
    for (const Shift& shift : shifts) {
      double least = lows_[shift.to] - at.spend[shift.to];
      double most = problem_.bounds[shift.to].high - at.spend[shift.to];
      if (shift.from) {
        most = std::min(most, at.spend[*shift.from] - lows_[*shift.from]);
        least = std::max(least, at.spend[*shift.from] - problem_.bounds[*shift.from].high);
      } else {
        most = std::min(most, slack);
      }
      const double length = most - least;
      if (!(length > 0)) continue;
      std::vector<double> amounts{0};
      for (int k = 0; k <= k_shift_points; ++k) {
        amounts.push_back(least + length * k / k_shift_points);
      }
      // An edge may lie right beside the split.
      for (const double share : {1e-6, 1e-4, 1e-2}) {
        amounts.push_back(share * length);
        amounts.push_back(-share * length);
      }
      std::sort(amounts.begin(), amounts.end());
      std::erase_if(amounts, [&](double amount) { return amount < least || amount > most; });
      lines.push_back({shift, amounts, trials.size()});
      for (const double amount : amounts) trials.push_back({shifted(at.spend, shift, amount), 0});
    }
    measure(trials);
    Split best = at;
    const Line* best_line = nullptr;
    std::size_t best_amount = 0;
    for (const Line& line : lines) {
      for (std::size_t k = 0; k < line.amounts.size(); ++k) {
        const Split& trial = trials[line.first + k];
        if (trial.objective > best.objective + rounding(at)) {
          best = trial;
          best_line = &line;
          best_amount = k;
        }
      }
    }
    if (best_line == nullptr) return best;
    // Golden section (Kiefer 1953) between the neighbours of the best one.
    const std::vector<double>& amounts = best_line->amounts;
    double low = amounts[best_amount > 0 ? best_amount - 1 : 0];
    double high = amounts[std::min(best_amount + 1, amounts.size() - 1)];
    const double inner = (3 - std::sqrt(5.0)) / 2;
    const auto at_amount = [&](double amount) {
      Split split = measured(shifted(at.spend, best_line->shift, amount));
      if (split.objective > best.objective) best = split;
      return split.objective;
    };
    double left = low + inner * (high - low);
    double right = high - inner * (high - low);
    double value_left = at_amount(left);
    double value_right = at_amount(right);
    for (int round = 0; round < k_golden_rounds && !stopped_; ++round) {
      if (value_left >= value_right) {
        high = right;
        right = left;
        value_right = value_left;
        left = low + inner * (high - low);
        value_left = at_amount(left);
      } else {
        low = left;
        left = right;
        value_left = value_right;
        right = high - inner * (high - low);
        value_right = at_amount(right);
      }
    }
    return best;
  }

  Split sweep_and_climb(Split best, double budget) {
    for (int i = 0; i < k_most_sweeps && !stopped_; ++i) {
      Split better = sweep(best, budget);
      if (!(better.objective > best.objective + rounding(best))) break;
      best = std::move(better);
      keep_better(best, climb(best, budget, false));
      keep_better(best, climb(best, sum(best.spend), true));
    }
    return best;
  }

  static void keep_better(Split& best, Split other) {
    if (other.objective > best.objective) best = std::move(other);
  }

  // ------------------------------------------------------------------ the whole

  [[nodiscard]] bool close(const Spend& a, const Spend& b) const {
    double apart = 0;
    for (std::size_t c = 0; c < channels_; ++c) apart += std::fabs(a[c] - b[c]);
    return apart <= 1e-3 * (problem_.budget - least_);
  }

  Split solve() {
    const double budget = problem_.budget;
    std::vector<Split> starts = simple_starts(budget);
    measure(starts);
    Split best = starts.front();
    for (const Split& start : starts) keep_better(best, start);
    if (!(budget > least_)) return best;

    std::vector<Split> whole = lattice(budget);
    measure(whole);
    std::stable_sort(whole.begin(), whole.end(),
                     [](const Split& a, const Split& b) { return a.objective > b.objective; });
    if (whole.size() > k_lattice_kept) whole.resize(k_lattice_kept);

    // Tables around the best start, then around what they lead to.
    for (const Split& start : whole) keep_better(best, start);
    std::vector<Split> first = table_starts(best.spend, budget);
    for (const Split& start : first) keep_better(best, start);
    best = climb(best, budget, false);
    std::vector<Split> second = table_starts(best.spend, budget);

    std::vector<Split> candidates = std::move(second);
    candidates.insert(candidates.end(), whole.begin(), whole.end());
    candidates.insert(candidates.end(), first.begin(), first.end());
    candidates.insert(candidates.end(), starts.begin(), starts.end());
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Split& a, const Split& b) { return a.objective > b.objective; });
    std::vector<Spend> climbed{best.spend};
    for (const Split& candidate : candidates) {
      if (climbed.size() > k_most_climbs) break;
      const bool known = std::any_of(climbed.begin(), climbed.end(),
                                     [&](const Spend& spend) { return close(spend, candidate.spend); });
      if (known) continue;
      climbed.push_back(candidate.spend);
      Split top = climb(candidate, budget, false);
      climbed.push_back(top.spend);
      keep_better(best, std::move(top));
    }
    best = sweep_and_climb(std::move(best), budget);
    if (problem_.rough) {
      const std::size_t most = channels_ <= k_all_choices ? k_swept : k_swept_of_many;
      for (std::size_t i = 0; i < std::min(most, whole.size()); ++i) {
        if (!close(whole[i].spend, best.spend)) {
          keep_better(best, sweep_and_climb(sweep(whole[i], budget), budget));
        }
      }
    }
    for (const double total : problem_.jumps) {
      if (!(total > least_ && total <= budget)) continue;
      Split at = measured(stretched(best.spend, total));
      at = climb(at, total, true);
      if (at.objective > best.objective) best = sweep_and_climb(std::move(at), budget);
    }
    return best;
  }

  /// `spend` scaled above its lower bounds so that it sums to `total`, as far as bounds allow.
  [[nodiscard]] Spend stretched(const Spend& spend, double total) const {
    Spend moved = fitted(spend, total);
    for (std::size_t round = 0; round <= channels_; ++round) {
      const double rest = total - sum(moved);
      double room = 0;
      for (std::size_t c = 0; c < channels_; ++c) room += high(c, total) - moved[c];
      if (!(rest > 0) || !(room > 0)) break;
      const double share = std::min(1.0, rest / room);
      for (std::size_t c = 0; c < channels_; ++c) moved[c] += share * (high(c, total) - moved[c]);
    }
    return moved;
  }

  /// The best objective over budgets; improves `best` should a smaller budget have led further.
  void trace_curve(Split& best, std::vector<Allocation::Point>& curve) {
    const double budget = problem_.budget;
    std::vector<double> budgets;
    for (int i = 0; i < k_curve_half; ++i) {
      budgets.push_back(least_ + (budget - least_) * i / k_curve_half);
    }
    for (int i = 0; i <= k_curve_half; ++i) budgets.push_back(budget + budget * i / k_curve_half);
    budgets.erase(std::unique(budgets.begin(), budgets.end()), budgets.end());
    const double most = budgets.back();
    const double free = most - least_;
    const std::vector<Table> tables = tabulate(best.spend, most);
    std::vector<Programme> programmes;
    for (const std::size_t last : last_ones(best.spend)) {
      if (!(free > 0)) break;
      programmes.emplace_back(tables, std::vector<Choice>(channels_, Choice::free), free,
                              2 * k_budget_steps, last);
    }

    Split previous = measured(lows_);
    for (const double b : budgets) {
      if (b == budget) {
        keep_better(previous, best);
        best = previous;
      } else if (b > least_) {
        std::vector<Split> starts{{stretched(previous.spend, b), 0}, {fitted(best.spend, b), 0}};
        for (const Programme& programme : programmes) {
          starts.push_back({programme.best_within(b - least_), 0});
        }
        measure(starts);
        std::stable_sort(starts.begin(), starts.end(),
                         [](const Split& x, const Split& y) { return x.objective > y.objective; });
        Split top = climb(starts[0], b, false, true);
        for (const Split& start : starts) {
          if (close(start.spend, starts[0].spend)) continue;
          keep_better(top, climb(start, b, false, true));
          break;
        }
        keep_better(previous, std::move(top));
      }
      curve.push_back({b, previous.objective});
    }
  }

  /// How far each channel may move: more for it is taken from what is unspent, then from the others in
  /// proportion to what they have above their lower bounds; less for it goes to the others in
  /// proportion to their spend where the budget is used up, and stays unspent where it is not.
  [[nodiscard]] Spend moved_against_others(const Spend& spend, std::size_t c, double to) const {
    Spend moved = spend;
    moved[c] = to;
    const double unspent = std::max(0.0, problem_.budget - sum(spend));
    double more = to - spend[c];
    if (more > 0) {
      more = std::max(0.0, more - unspent);
    } else if (unspent > 1e-9 * problem_.budget) {
      return moved;
    }
    double weight = 0;
    for (std::size_t o = 0; o < channels_; ++o) {
      if (o != c) weight += spend[o] - lows_[o];
    }
    for (std::size_t o = 0; o < channels_; ++o) {
      if (o == c || !(weight > 0)) continue;
      moved[o] = std::clamp(spend[o] - more * ((spend[o] - lows_[o]) / weight), lows_[o],
                            problem_.bounds[o].high);
    }
    return moved;
  }

  void find_flat(const Split& best, std::vector<SpendBounds>& flat) {
    constexpr int k_flat_points = 8;
    constexpr int k_flat_halvings = 20;
    const double least = best.objective - problem_.flat_loss;
    const auto within = [&](const Split& split) { return split.objective >= least; };
    for (std::size_t c = 0; c < channels_; ++c) {
      const auto end_towards = [&](double end) {
        const double start = best.spend[c];
        std::vector<Split> splits;
        for (int k = 1; k <= k_flat_points; ++k) {
          const double to = start + (end - start) * k / k_flat_points;
          splits.push_back({moved_against_others(best.spend, c, to), 0});
        }
        measure(splits);
        double inside = start;
        double outside = end;
        bool all = true;
        for (const Split& split : splits) {
          if (!within(split)) {
            outside = split.spend[c];
            all = false;
            break;
          }
          inside = split.spend[c];
        }
        if (all) return end;
        for (int i = 0; i < k_flat_halvings && !stopped_; ++i) {
          const double middle = inside + (outside - inside) / 2;
          (within(measured(moved_against_others(best.spend, c, middle))) ? inside : outside) = middle;
        }
        return inside;
      };
      flat.push_back({end_towards(lows_[c]), end_towards(high(c, problem_.budget))});
    }
  }

  const SplitProblem& problem_;
  std::size_t channels_;
  Spend lows_;
  double least_{};  ///< total of the lower bounds
  double lowest_{std::numeric_limits<double>::infinity()};
  double highest_{-std::numeric_limits<double>::infinity()};
  bool stopped_{false};
  std::vector<double> flat_;
  std::vector<double> values_;
};

}  // namespace

std::optional<Allocation> best_split(const SplitProblem& problem) { return Search(problem).run(); }

}  // namespace growth::analysis
