#include "analysis/statistic_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "analysis/crossings.hpp"
#include "analysis/search_progress.hpp"
#include "sampling/order_statistics.hpp"

namespace growth::analysis {
namespace {

/// Rounds a search takes, about.
constexpr int k_rounds = 8;
/// The scan is of the first futures of the sample, which are futures of the whole sample too.
constexpr int k_few_futures = 256;
constexpr std::size_t k_rough_intervals = 48;
/// Each crossing of the few is followed with more of them.
constexpr int k_more_futures = 1024;
constexpr int k_share_of_more = 8;
/// A position is known when its bracket is this narrow, relative to it or to the range searched.
constexpr double k_width = 1e-9;
constexpr double k_absolute_width = 1e-16;
/// The same among the futures that are kept, whose crossing must lie within the other's bracket.
constexpr double k_narrowed_width = 1e-11;

double quantile_of(Statistic statistic) {
  switch (statistic) {
    case Statistic::p5: return 0.05;
    case Statistic::p10: return 0.1;
    case Statistic::p25: return 0.25;
    case Statistic::p75: return 0.75;
    case Statistic::p90: return 0.9;
    case Statistic::p95: return 0.95;
    default: return 0.5;
  }
}

/// The p whose quantile of `values` is nearest to `value`.
double level_of(std::vector<double> values, double value) {
  std::sort(values.begin(), values.end());
  const auto above = std::upper_bound(values.begin(), values.end(), value);
  if (above == values.begin()) return 0;
  if (above == values.end()) return 1;
  const double below = *(above - 1);
  const double rank =
      static_cast<double>(above - 1 - values.begin()) + (value - below) / (*above - below);
  return rank / static_cast<double>(values.size() - 1);
}

class StatisticSearch {
 public:
  StatisticSearch(FuturesMetric& futures, const SeekRequest& request, double current,
                  const std::function<bool(double)>& is_legal, const Execution& execution)
      : futures_(futures),
        request_(request),
        current_(current),
        is_legal_(is_legal),
        progress_(execution, k_rounds),
        level_(quantile_of(request.statistic)) {}

  std::optional<SeekResult> run() {
    SeekResult result;
    if (!measure(result.current, current_)) return {};
    result.met_now = is_met(result.current);
    few_ = part(k_few_futures, result.current);
    more_ = part(std::max(k_more_futures, futures_.trials() / k_share_of_more), result.current);
    const auto rough = search([this](double input) { return of_few(input).like_all; }, request_.low,
                              request_.high, k_rough_intervals);
    if (!rough) return {};
    std::vector<SeekPoint>& found = result.crossings;
    for (std::size_t i = 0; i < rough->crossings.size(); ++i) {
      // Up to half-way to its neighbours.
      const auto value = [&](std::size_t k) { return rough->crossings[k].value; };
      const double low = i == 0 ? request_.low : value(i - 1) + (value(i) - value(i - 1)) / 2;
      const double high =
          i + 1 == rough->crossings.size() ? request_.high : value(i) + (value(i + 1) - value(i)) / 2;
      if (!close_in({value(i), low, high}, found)) return {};
    }
    for (const double near : untried_changes(rough->crossings, found.size())) {
      if (!widen({near, request_.low, request_.high}, k_narrowest, found)) return {};
    }
    if (found.empty()) {
      if (!measure(result.best, rough->best.value)) return {};
      const bool inside = current_ >= request_.low && current_ <= request_.high;
      if (inside && are_apart(result.current, result.best)) {
        const auto [low, high] = std::minmax(current_, result.best.value);
        if (!search_all(low, high, found)) return {};
      }
    }
    std::sort(found.begin(), found.end(),
              [](const SeekPoint& a, const SeekPoint& b) { return a.value < b.value; });
    result.found = !found.empty();
    result.nearest = nearest_crossing(found, current_);
    if (result.nearest) result.best = *result.nearest;
    return result;
  }

 private:
  // Of the ranges that all futures are asked at the ends of, in shares of the place.
  static constexpr double k_narrowest = 0.05;
  static constexpr double k_widest = 5;
  static constexpr double k_widening = 3;

  /// A crossing of the few, and how far around it that of all is looked for at first.
  struct Lead {
    double near;
    double low;
    double high;
  };

  /// The first futures of the sample.
  struct Part {
    int futures;
    /// The level and the shift of their statistic that are those of all at the current input: what the
    /// few have in common, good luck or bad, is left out of the comparison.
    double level;
    double shift;
  };

  struct OfFew {
    double input;
    std::optional<double> like_all;  ///< as Part has it
    std::optional<double> plain;
  };

  [[nodiscard]] Part part(int futures, const SeekPoint& current) const {
    Part part{std::min(futures, futures_.trials()), level_, 0};
    if (part.futures == futures_.trials() || !current.reached) return part;
    const auto values = of_all_.first(static_cast<std::size_t>(part.futures));
    if (request_.statistic == Statistic::mean) {
      part.shift = *current.reached - sampling::mean(values);
    } else {
      part.level = level_of({values.begin(), values.end()}, *current.reached);
    }
    return part;
  }

  [[nodiscard]] bool is_met(const SeekPoint& point) const {
    return point.reached && *point.reached >= request_.target;
  }
  [[nodiscard]] bool are_apart(const SeekPoint& a, const SeekPoint& b) const {
    return a.reached && b.reached && is_met(a) != is_met(b);
  }
  [[nodiscard]] bool is_off(const SeekPoint& point) const { return *point.reached != request_.target; }

  /// What a place is measured by: 1 % of it is a small step.
  [[nodiscard]] double scale_of(double near) const {
    constexpr double k_least_linear = 0.01;
    constexpr double k_least_by_factors = 1e-6;
    const double least =
        is_scanned_by_factors(request_.low, request_.high) ? k_least_by_factors : k_least_linear;
    return std::max(std::fabs(near), least * (request_.high - request_.low));
  }

  /// The metric of the first futures; none where the input is not legal.
  std::span<const double> values(double input, int futures) {
    if (!is_legal_(input)) return {};
    of_all_at_ = std::numeric_limits<double>::quiet_NaN();
    return futures_.values(std::span(&input, 1), futures);
  }
  std::optional<double> statistic_of(std::span<const double> values, double level, double shift) {
    if (values.empty()) return {};
    const double value = request_.statistic == Statistic::mean ? sampling::mean(values) + shift
                                                               : futures_.quantile_of(values, level);
    if (!std::isfinite(value)) return {};
    return value;
  }
  std::optional<double> of_part(double input, const Part& part) {
    return statistic_of(values(input, part.futures), part.level, part.shift);
  }

  const OfFew& of_few(double input) {
    const auto values = this->values(input, few_.futures);
    known_few_.push_back(
        {input, statistic_of(values, few_.level, few_.shift), statistic_of(values, level_, 0)});
    return known_few_.back();
  }

  static const SeekPoint* find(const std::vector<SeekPoint>& points, double input) {
    for (const SeekPoint& point : points) {
      if (point.value == input) return &point;
    }
    return nullptr;
  }

  /// By all futures, which take as long for one input as the whole rough search: no input is asked
  /// twice.
  std::optional<double> of_all(double input) {
    if (const SeekPoint* known = find(known_, input)) return known->reached;
    of_all_ = values(input, futures_.trials());
    of_all_at_ = input;
    known_.push_back({input, statistic_of(of_all_, level_, 0)});
    return known_.back().reached;
  }

  /// False: stop.
  bool measure(SeekPoint& point, double input) {
    point = {input, of_all(input)};
    return progress_.step();
  }

  template <class Ask>
  std::optional<SeekResult> search(Ask&& ask, double low, double high, std::size_t intervals,
                                   double relative_width = k_width) {
    const MetricAt ask_each = [&](std::span<const double> inputs,
                                  std::span<std::optional<double>> reached) {
      for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = ask(inputs[i]);
      return progress_.step();
    };
    const double current = std::clamp(current_, low, high);
    return find_crossings(ask_each, {request_.target, low, high, current, intervals, relative_width});
  }

  bool search_all(double low, double high, std::vector<SeekPoint>& crossings) {
    const auto found = search([this](double input) { return of_all(input); }, low, high, 1);
    if (!found) return false;
    for (const SeekPoint& point : found->crossings) add(point, crossings);
    return true;
  }

  /// Where the few, as they are, cross the target more often than what was found, what lies between
  /// their places on either side of it, where nothing was tried yet.
  std::vector<double> untried_changes(const std::vector<SeekPoint>& tried, std::size_t found) {
    std::sort(known_few_.begin(), known_few_.end(),
              [](const OfFew& a, const OfFew& b) { return a.input < b.input; });
    std::vector<double> untried;
    std::size_t changes = 0;
    const OfFew* before = nullptr;
    for (const OfFew& here : known_few_) {
      if (before != nullptr && before->plain && here.plain &&
          (*before->plain >= request_.target) != (*here.plain >= request_.target)) {
        ++changes;
        const auto is_between = [&](const SeekPoint& point) {
          return point.value >= before->input && point.value <= here.input;
        };
        if (std::none_of(tried.begin(), tried.end(), is_between)) {
          untried.push_back(before->input + (here.input - before->input) / 2);
        }
      }
      before = &here;
    }
    if (changes <= found) untried.clear();
    return untried;
  }

  /// The crossing of all futures near that of the first ones.
  bool close_in(const Lead& lead, std::vector<SeekPoint>& crossings) {
    const auto tangent = approach(lead);
    if (!tangent) return widen(lead, k_narrowest, crossings);
    if (request_.statistic == Statistic::mean) {
      constexpr double k_near = 0.005;
      return widen({tangent->value, lead.low, lead.high}, k_near, crossings);
    }
    std::optional<SeekPoint> found;
    if (!follow(lead, *tangent, found)) return false;
    if (!found) return widen(lead, k_narrowest, crossings);
    add(*found, crossings);
    return true;
  }

  /// About where all futures reach the target, and how steeply.
  struct Tangent {
    double value;
    double slope;
  };

  /// From the slope of the few, by secants through more of them.
  std::optional<Tangent> approach(const Lead& lead) {
    constexpr double k_slope_step = 0.02;
    constexpr double k_close = 1e-3;
    constexpr int k_secants = 2;
    const double scale = scale_of(lead.near);
    const double low = std::max(lead.low, lead.near - k_slope_step * scale);
    const double high = std::min(lead.high, lead.near + k_slope_step * scale);
    const auto at_low = of_few(low).like_all;
    const auto at_high = of_few(high).like_all;
    if (!at_low || !at_high || *at_low == *at_high) return {};
    Tangent tangent{lead.near, (*at_high - *at_low) / (high - low)};
    auto reached = of_part(tangent.value, more_);
    for (int i = 0; reached; ++i) {
      const double next =
          std::clamp(tangent.value - (*reached - request_.target) / tangent.slope, lead.low, lead.high);
      const double step = next - tangent.value;
      tangent.value = next;
      if (i == k_secants || std::fabs(step) <= k_close * scale) return tangent;
      const auto there = of_part(next, more_);
      if (!there) return {};
      const double slope = (*there - *reached) / step;
      if (slope * tangent.slope > 0) tangent.slope = slope;
      reached = there;
    }
    return {};
  }

  /// Near the crossing only the futures around the quantile's rank change sides. They alone are closed
  /// in on; what they give counts when the whole sample, on either side of it, confirms it. Where it
  /// does not, once more from there; then nothing is found. False: stopped.
  bool follow(const Lead& lead, const Tangent& tangent, std::optional<SeekPoint>& found) {
    constexpr int k_passes = 2;
    double from = tangent.value;
    for (int pass = 0; pass < k_passes; ++pass) {
      SeekPoint here;
      if (!measure(here, from)) return false;
      if (!here.reached || of_all_at_ != from || !futures_.narrow(of_all_, level_, request_.target)) {
        return true;
      }
      known_kept_.assign(1, here);
      SeekPoint far;
      if (!cross(lead, here, tangent.slope, far)) return true;
      const auto [low, high] = std::minmax(here.value, far.value);
      const auto near =
          search([this](double input) { return of_kept(input); }, low, high, 1, k_narrowed_width);
      if (!near) return false;
      if (near->crossings.empty()) return true;

      const double value = near->crossings.front().value;
      const double width = k_width * std::fabs(value) + k_absolute_width * (high - low);
      const bool falls = is_met(here) == (here.value < far.value);
      const double beyond = falls ? value + width : value - width;
      if (beyond == value || beyond < request_.low || beyond > request_.high) return true;
      SeekPoint met;
      if (!measure(met, value)) return false;
      from = value;
      if (!is_met(met)) continue;
      SeekPoint unmet;
      if (!measure(unmet, beyond)) return false;
      if (are_apart(met, unmet)) {
        found = met;
        return true;
      }
      from = beyond;
    }
    return true;
  }

  std::optional<double> of_kept(double input) {
    if (const SeekPoint* known = find(known_kept_, input)) return known->reached;
    if (!is_legal_(input)) return {};
    const double value = futures_.narrowed_quantile(std::span(&input, 1));
    if (!std::isfinite(value)) return {};
    known_kept_.push_back({input, value});
    return value;
  }

  /// A place at which those that are kept are on the other side of the target than `here`.
  bool cross(const Lead& lead, const SeekPoint& here, double slope, SeekPoint& far) {
    constexpr int k_steps = 5;
    constexpr double k_overshoot = 1.5;
    constexpr double k_growth = 3;
    double step = k_overshoot * (request_.target - *here.reached) / slope;
    for (int i = 0; i < k_steps; ++i, step *= k_growth) {
      const double there = std::clamp(here.value + step, lead.low, lead.high);
      if (there == here.value) return false;
      far = {there, of_kept(there)};
      if (are_apart(here, far)) return true;
    }
    return false;
  }

  /// The plain way, by all futures: the range around a place is widened until the target lies between
  /// its ends; in the end, as far as the lead goes.
  bool widen(const Lead& lead, double narrowest, std::vector<SeekPoint>& crossings) {
    const double scale = scale_of(lead.near);
    bool last = false;
    for (double reach = narrowest * scale; !last; reach *= k_widening) {
      last = reach > k_widest * scale;
      const double low = last ? lead.low : std::max(request_.low, lead.near - reach);
      const double high = last ? lead.high : std::min(request_.high, lead.near + reach);
      SeekPoint left;
      SeekPoint right;
      if (!measure(left, low) || !measure(right, high)) return false;
      // An end that is on the target is taken for one of its stretch only where the lead ends.
      if (are_apart(left, right) && (last || (is_off(left) && is_off(right)))) {
        return search_all(low, high, crossings);
      }
    }
    return true;
  }

  /// Two brackets that were widened may find the same crossing.
  static void add(const SeekPoint& point, std::vector<SeekPoint>& crossings) {
    for (const SeekPoint& known : crossings) {
      if (std::fabs(known.value - point.value) <= 1e-6 * std::fabs(point.value)) return;
    }
    crossings.push_back(point);
  }

  FuturesMetric& futures_;
  const SeekRequest& request_;
  double current_;
  const std::function<bool(double)>& is_legal_;
  SearchProgress progress_;
  double level_;
  Part few_{};
  Part more_{};
  std::vector<OfFew> known_few_;
  std::vector<SeekPoint> known_;       // by all futures
  std::vector<SeekPoint> known_kept_;  // by those that are kept
  std::span<const double> of_all_;     // their values at of_all_at_, until fewer are asked
  double of_all_at_{};
};

}  // namespace

std::optional<SeekResult> search_statistic(FuturesMetric& futures, const SeekRequest& request,
                                           double current, const std::function<bool(double)>& is_legal,
                                           const Execution& execution) {
  return StatisticSearch(futures, request, current, is_legal, execution).run();
}

}  // namespace growth::analysis
