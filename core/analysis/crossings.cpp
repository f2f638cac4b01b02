#include "analysis/crossings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "number/elementary.hpp"

namespace growth::analysis {
namespace {

/// Ranges that span a wider factor are scanned in equal steps of the logarithm.
constexpr double k_widest_linear_factor = 1e4;
/// Where the logarithmic steps begin in a range that starts at 0, as a share of the range.
constexpr double k_first_step = 1e-6;
/// A position at 0 is known when its bracket is this narrow, relative to the interval of the scan.
constexpr double k_absolute_width = 1e-16;
/// Positions closer than this are one crossing; closest approaches closer than this are ties.
constexpr double k_same = 1e-9;
constexpr int k_most_rounds = 200;
/// Of the golden section: the width of its interval shrinks by 0.618 each time.
constexpr int k_golden_rounds = 45;
/// Dips of the distance to the target that are looked into where nothing crosses it.
constexpr std::size_t k_most_dips = 8;

std::vector<double> scan_positions(double low, double high, std::size_t last) {
  std::vector<double> positions(last + 1);
  const bool from_zero = low == 0;
  const bool logarithmic = is_scanned_by_factors(low, high);
  const double first = from_zero ? k_first_step * high : low;
  const std::size_t begin = from_zero ? 1 : 0;
  for (std::size_t i = begin; i <= last; ++i) {
    const double share = static_cast<double>(i - begin) / static_cast<double>(last - begin);
    positions[i] =
        logarithmic ? first * num::exp(share * num::log(high / first)) : low + share * (high - low);
  }
  positions.front() = low;
  positions.back() = high;
  return positions;
}

/// How close two positions around `x` must be for the place between them to be known.
double width_at(double x, double relative_width, double scan_interval) {
  return relative_width * std::fabs(x) + k_absolute_width * scan_interval;
}

class Search {
 public:
  Search(const MetricAt& metric, const Goal& goal) : metric_(metric), goal_(goal) {}

  std::optional<SeekResult> run() {
    SeekResult result;
    if (!scan(result.current) || !find_ends_of_existence() || !find_all()) return {};
    if (crossings_.empty()) {
      if (!look_into_dips() || !find_all()) return {};
    }
    result.met_now = result.current.reached && *result.current.reached >= goal_.target;
    result.found = !crossings_.empty();
    result.nearest = nearest_crossing(crossings_, goal_.current);
    result.best = best(result);
    result.crossings = std::move(crossings_);
    return result;
  }

 private:
  /// Signs of metric - target.
  [[nodiscard]] int side(const SeekPoint& point) const {
    if (*point.reached == goal_.target) return 0;
    return *point.reached > goal_.target ? 1 : -1;
  }
  [[nodiscard]] double distance(const SeekPoint& point) const {
    return std::fabs(*point.reached - goal_.target);
  }

  /// The metric at the positions that are already in `points`.
  bool measure(std::span<SeekPoint> points) {
    inputs_.clear();
    for (const SeekPoint& point : points) inputs_.push_back(point.value);
    outputs_.assign(points.size(), {});
    if (points.empty()) return true;
    if (!metric_(inputs_, outputs_)) return false;
    for (std::size_t i = 0; i < points.size(); ++i) points[i].reached = outputs_[i];
    return true;
  }

  bool scan(SeekPoint& current) {
    std::vector<double> positions = scan_positions(goal_.low, goal_.high, goal_.intervals);
    // The current input is a position of the scan, so that "it is there already" is seen exactly.
    positions.push_back(goal_.current);
    for (const double position : positions) points_.push_back({position, {}});
    if (!measure(points_)) return false;
    current = points_.back();
    const bool inside = current.value >= goal_.low && current.value <= goal_.high;
    if (!inside) points_.pop_back();
    sort_points();
    return true;
  }

  void sort_points() {
    std::sort(points_.begin(), points_.end(),
              [](const SeekPoint& a, const SeekPoint& b) { return a.value < b.value; });
    points_.erase(
        std::unique(points_.begin(), points_.end(),
                    [](const SeekPoint& a, const SeekPoint& b) { return a.value == b.value; }),
        points_.end());
  }

  /// Halves each bracket (first inside, second outside) until the end of the set that `inside` tells
  /// is known; the firsts are then its last members.
  template <class Inside>
  bool halve(std::vector<std::pair<SeekPoint, SeekPoint>>& brackets, Inside&& inside) {
    std::vector<double> intervals;
    for (const auto& [in, out] : brackets) {
      intervals.push_back(std::max(std::fabs(in.value), std::fabs(out.value)));
    }
    for (int round = 0; round < k_most_rounds; ++round) {
      std::vector<SeekPoint> middles;
      std::vector<std::size_t> owners;
      for (std::size_t i = 0; i < brackets.size(); ++i) {
        const double a = brackets[i].first.value;
        const double b = brackets[i].second.value;
        const double middle = a + (b - a) / 2;
        if (std::fabs(b - a) <= width_at(middle, goal_.relative_width, intervals[i]) || middle == a ||
            middle == b)
          continue;
        middles.push_back({middle, {}});
        owners.push_back(i);
      }
      if (middles.empty()) return true;
      if (!measure(middles)) return false;
      for (std::size_t k = 0; k < middles.size(); ++k) {
        auto& bracket = brackets[owners[k]];
        (inside(middles[k]) ? bracket.first : bracket.second) = middles[k];
      }
    }
    return true;
  }

  /// A metric may exist only in a part of the range (ROAS with spend). The last inputs at which it does
  /// become points of the scan, so that a crossing right beside them is not lost.
  bool find_ends_of_existence() {
    std::vector<std::pair<SeekPoint, SeekPoint>> brackets;
    for (std::size_t i = 1; i < points_.size(); ++i) {
      const SeekPoint& a = points_[i - 1];
      const SeekPoint& b = points_[i];
      if (a.reached.has_value() == b.reached.has_value()) continue;
      brackets.emplace_back(a.reached ? a : b, a.reached ? b : a);
    }
    if (!halve(brackets, [](const SeekPoint& point) { return point.reached.has_value(); })) {
      return false;
    }
    for (const auto& bracket : brackets) points_.push_back(bracket.first);
    sort_points();
    return true;
  }

  /// All crossings between the points there are.
  bool find_all() {
    crossings_.clear();
    std::vector<std::pair<SeekPoint, SeekPoint>> roots;     // met, not met
    std::vector<std::pair<SeekPoint, SeekPoint>> plateaus;  // on the target, beside it
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const SeekPoint& here = points_[i];
      if (!here.reached) continue;
      const int side_here = side(here);
      const SeekPoint* before = i > 0 && points_[i - 1].reached ? &points_[i - 1] : nullptr;
      const SeekPoint* after =
          i + 1 < points_.size() && points_[i + 1].reached ? &points_[i + 1] : nullptr;
      if (side_here == 0) {
        for (const SeekPoint* beside : {before, after}) {
          if (beside == nullptr) {
            crossings_.push_back(here);  // where the range or the metric ends
          } else if (side(*beside) != 0) {
            plateaus.emplace_back(here, *beside);
          }
        }
        if (here.value == goal_.current) crossings_.push_back(here);
      } else if (after != nullptr && side(*after) == -side_here) {
        roots.emplace_back(side_here > 0 ? here : *after, side_here > 0 ? *after : here);
      }
    }
    if (!halve(plateaus, [&](const SeekPoint& p) { return p.reached && *p.reached == goal_.target; })) {
      return false;
    }
    for (const auto& [on, beside] : plateaus) crossings_.push_back(on);
    if (!close_in(roots)) return false;
    std::sort(crossings_.begin(), crossings_.end(),
              [](const SeekPoint& a, const SeekPoint& b) { return a.value < b.value; });
    merge();
    return true;
  }

  /// One bracket on its way to a crossing, by Chandrupatla (1997): inverse quadratic interpolation
  /// where three points promise that it helps, else halving; so a jump costs no more than halving does.
  struct Root {
    double a, fa;  ///< the latest point
    double b, fb;  ///< the end on the other side
    double c, fc;  ///< the point before
    double step{0.5};
    double interval;
    bool exists_below{true};  ///< the metric exists on the side on which the goal is not met

    void take(double x, std::optional<double> metric, double target) {
      // A gap in the middle of a bracket counts as "not met".
      const double below = -(std::fabs(fa) + std::fabs(fb));
      const double fx = metric ? *metric - target : below;
      if (fx < 0) exists_below = metric.has_value();
      if ((fx >= 0) == (fa >= 0)) {
        c = a;
        fc = fa;
      } else {
        c = b;
        fc = fb;
        b = a;
        fb = fa;
      }
      a = x;
      fa = fx;
    }
    /// False when the place is known.
    bool plan_step(double relative_width) {
      const double width = std::fabs(b - a);
      const double nearest = std::fabs(fa) < std::fabs(fb) ? a : b;
      const double least = width_at(nearest, relative_width, interval);
      if (width <= 2 * least || fa == 0) return false;
      const double xi = (a - b) / (c - b);
      const double phi = (fa - fb) / (fc - fb);
      step = 0.5;
      if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
        step =
            fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb));
      }
      step = std::clamp(step, least / width, 1 - least / width);
      return true;
    }
    [[nodiscard]] double next() const { return a + step * (b - a); }
  };

  bool close_in(const std::vector<std::pair<SeekPoint, SeekPoint>>& brackets) {
    std::vector<Root> roots;
    for (const auto& [met, unmet] : brackets) {
      const double fa = *met.reached - goal_.target;
      const double fb = *unmet.reached - goal_.target;
      roots.push_back({met.value, fa, unmet.value, fb, unmet.value, fb, 0.5,
                       std::max(std::fabs(met.value), std::fabs(unmet.value))});
    }
    std::vector<std::size_t> open(roots.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
    for (int round = 0; round < k_most_rounds && !open.empty(); ++round) {
      std::vector<SeekPoint> trials;
      for (const std::size_t i : open) trials.push_back({roots[i].next(), {}});
      if (!measure(trials)) return false;
      std::vector<std::size_t> still_open;
      for (std::size_t k = 0; k < open.size(); ++k) {
        Root& root = roots[open[k]];
        root.take(trials[k].value, trials[k].reached, goal_.target);
        if (root.plan_step(goal_.relative_width)) still_open.push_back(open[k]);
      }
      open = std::move(still_open);
    }
    // Known to rounding on both sides: the one on which the goal is met is the answer.
    std::vector<SeekPoint> met;
    for (const Root& root : roots) {
      if (root.exists_below) met.push_back({root.fa >= 0 ? root.a : root.b, {}});
    }
    if (!measure(met)) return false;
    crossings_.insert(crossings_.end(), met.begin(), met.end());
    return true;
  }

  /// A place that was found from both of its sides is one crossing.
  void merge() {
    std::vector<SeekPoint> merged;
    for (const SeekPoint& point : crossings_) {
      const bool same = !merged.empty() &&
                        std::fabs(point.value - merged.back().value) <= k_same * std::fabs(point.value);
      if (!same) {
        merged.push_back(point);
      } else if (distance(point) < distance(merged.back()) || point.value == goal_.current) {
        merged.back() = point;
      }
    }
    crossings_ = std::move(merged);
  }

  /// Golden section (Kiefer 1953) around the points that come closest: the best approach, or a crossing
  /// between two points of the scan. What it finds become points.
  bool look_into_dips() {
    struct Dip {
      double low, high;
      SeekPoint left, right;
      bool left_is_new;
    };
    std::vector<std::size_t> closest;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (!points_[i].reached) continue;
      const auto no_closer = [&](std::size_t j) {
        return !points_[j].reached || distance(points_[j]) >= distance(points_[i]);
      };
      if ((i == 0 || no_closer(i - 1)) && (i + 1 == points_.size() || no_closer(i + 1))) {
        closest.push_back(i);
      }
    }
    const auto by_distance = [&](std::size_t i, std::size_t j) {
      const double a = distance(points_[i]);
      const double b = distance(points_[j]);
      return a != b ? a < b : i < j;
    };
    std::sort(closest.begin(), closest.end(), by_distance);
    if (closest.size() > k_most_dips) closest.resize(k_most_dips);

    const double inner = (3 - std::sqrt(5.0)) / 2;
    const auto left_of = [&](const Dip& dip) { return dip.low + inner * (dip.high - dip.low); };
    const auto right_of = [&](const Dip& dip) { return dip.high - inner * (dip.high - dip.low); };
    std::vector<Dip> dips;
    std::vector<SeekPoint> trials;
    for (const std::size_t i : closest) {
      const std::size_t first = i > 0 && points_[i - 1].reached ? i - 1 : i;
      const std::size_t last = i + 1 < points_.size() && points_[i + 1].reached ? i + 1 : i;
      if (first == last) continue;
      dips.push_back({points_[first].value, points_[last].value, {}, {}, false});
      trials.push_back({left_of(dips.back()), {}});
    }
    if (!measure(trials)) return false;
    for (std::size_t d = 0; d < dips.size(); ++d) {
      dips[d].left = trials[d];
      trials[d] = {right_of(dips[d]), {}};
    }
    const auto distance_of = [&](const SeekPoint& point) {
      return point.reached ? distance(point) : std::numeric_limits<double>::infinity();
    };
    std::vector<SeekPoint> found;
    for (int round = 0; round < k_golden_rounds; ++round) {
      if (!measure(trials)) return false;
      for (std::size_t d = 0; d < dips.size(); ++d) {
        Dip& dip = dips[d];
        (dip.left_is_new ? dip.left : dip.right) = trials[d];
        found.push_back(trials[d]);
        dip.left_is_new = distance_of(dip.left) <= distance_of(dip.right);
        if (dip.left_is_new) {
          dip.high = dip.right.value;
          dip.right = dip.left;
          trials[d] = {left_of(dip), {}};
        } else {
          dip.low = dip.left.value;
          dip.left = dip.right;
          trials[d] = {right_of(dip), {}};
        }
      }
    }
    points_.insert(points_.end(), found.begin(), found.end());
    sort_points();
    return true;
  }

  [[nodiscard]] SeekPoint best(const SeekResult& result) const {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const SeekPoint& point : points_) {
      if (!point.reached) continue;
      lowest = std::min(lowest, *point.reached);
      highest = std::max(highest, *point.reached);
    }
    if (lowest > highest) return result.current;  // it exists nowhere
    const double tie = k_same * (highest - lowest);
    std::optional<SeekPoint> closest = result.nearest;
    for (const std::vector<SeekPoint>* list : {&crossings_, &points_}) {
      for (const SeekPoint& point : *list) {
        if (!point.reached) continue;
        if (!closest || distance(point) < distance(*closest) - (result.found ? tie : 0)) {
          closest = point;
        }
      }
    }
    return *closest;
  }

  const MetricAt& metric_;
  const Goal& goal_;
  std::vector<SeekPoint> points_;  ///< in order of their value
  std::vector<SeekPoint> crossings_;
  std::vector<double> inputs_;
  std::vector<std::optional<double>> outputs_;
};

}  // namespace

bool is_scanned_by_factors(double low, double high) {
  return low == 0 || (low > 0 && high / low > k_widest_linear_factor);
}

std::optional<SeekPoint> nearest_crossing(const std::vector<SeekPoint>& crossings, double current) {
  std::optional<SeekPoint> nearest;
  for (const SeekPoint& point : crossings) {
    if (!nearest || std::fabs(point.value - current) < std::fabs(nearest->value - current)) {
      nearest = point;
    }
  }
  return nearest;
}

std::optional<SeekResult> find_crossings(const MetricAt& metric, const Goal& goal) {
  return Search(metric, goal).run();
}

}  // namespace growth::analysis
