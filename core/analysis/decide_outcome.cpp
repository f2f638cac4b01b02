// The state of the room, the cash a plan ties up, and whether to go on.
#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/crossings.hpp"
#include "analysis/decide.hpp"
#include "analysis/room_ladder.hpp"

namespace growth::analysis {

RoomAnswer room(const Question& question) {
  constexpr std::string_view k_of_quality = "quality.";
  RoomAnswer answer;
  if (!(question.scenario().live.sessions_per_month > 0)) {
    answer.no_answer = {
        "no_sessions",
        {"一场都不播，就没有直播间可看。先填每月直播场次。",
         "Without sessions there is no room to judge. Enter the sessions a month first."}};
    return answer;
  }
  answer.diagnosis = question.plan().diagnosis;
  const Diagnosis& diagnosis = answer.diagnosis;
  if (const Rung* rung = rung_above(diagnosis.stage)) {
    answer.next_stage = rung->stage;
    answer.next_stage_views = rung->from;
  }
  answer.verdict = "none";
  constexpr double k_tenth_in_percent = 10;
  for (const IndicatorReading& indicator : diagnosis.indicators) {
    if (diagnosis.best_lever != std::string(k_of_quality) + std::string(indicator.id)) continue;
    answer.verdict = "indicator";
    answer.lever_gain = k_tenth_in_percent * indicator.profit_per_percent;
  }
  for (const Lever& lever : diagnosis.levers) {
    if (diagnosis.best_lever != lever.path) continue;
    answer.verdict = "decision";
    answer.lever_gain = std::fabs(lever.profit_per_step);
  }
  return answer;
}

namespace {

struct Lowest {
  double value{};
  int month{};  ///< 1-based; 0: none below 0
};

Lowest lowest_cash(const std::vector<Month<double>>& months) {
  Lowest lowest;
  for (std::size_t t = 0; t < months.size(); ++t) {
    if (months[t].cumulative_cash < lowest.value) {
      lowest = {months[t].cumulative_cash, static_cast<int>(t) + 1};
    }
  }
  return lowest;
}

}  // namespace

CashAnswer cash(const Question& question) {
  constexpr std::array<double, 6> k_days{0, 7, 15, 30, 45, 60};
  CashAnswer answer;
  const std::vector<Month<double>>& months = question.plan().months;
  const Lowest now = lowest_cash(months);
  answer.low = now.value;
  answer.low_month = now.month;
  answer.settlement_days = question.scenario().costs.settlement_days;
  // Long plans are drawn at every so many months, and at the last.
  const std::size_t every = (months.size() + k_most_curve_points - 2) / (k_most_curve_points - 1);
  answer.curve = {"month", "cumulative_cash", {{0, 0}}};
  for (std::size_t t = 0; t < months.size(); ++t) {
    const double unsettled = months[t].cumulative_profit - months[t].cumulative_cash;
    if (unsettled > answer.unsettled) {
      answer.unsettled = unsettled;
      answer.unsettled_month = static_cast<int>(t) + 1;
    }
    if ((t + 1) % every == 0 && answer.curve.points.size() < k_most_curve_points) {
      answer.curve.points.push_back({static_cast<double>(t + 1), months[t].cumulative_cash});
    }
  }
  for (const double days : k_days) {
    std::vector<Month<double>> other;
    (void)model::run(question.with("costs.settlement_days", days), question.compiled(),
                     [&](int, const Month<double>& month, const auto&) { other.push_back(month); });
    const Lowest low = lowest_cash(other);
    answer.settlements.push_back({days, low.value, low.month});
  }
  if (answer.low >= 0) {
    answer.verdict = "no_need";
  } else {
    answer.verdict = answer.settlements.front().low >= 0 ? "settlement_only" : "loss_first";
  }
  return answer;
}

namespace {

/// Beliefs about the merchant's own trade. Weights and benchmarks only scale the room's quality, and
/// the reference purity only says at which purity a conversion was read.
bool is_own_belief(std::string_view path) {
  for (const std::string_view scale :
       {"quality.weight.", "quality.benchmark.", "audience.reference_purity"}) {
    if (path.substr(0, scale.size()) == scale) return false;
  }
  return true;
}

class FlipSearch {
 public:
  explicit FlipSearch(const Question& question) : question_(question) {}

  std::vector<Flip> run() {
    std::vector<Flip> flips;
    for (const std::string& path : question_.inputs(Role::belief)) {
      if (!is_own_belief(path)) continue;
      if (const auto flip = nearest(path)) flips.push_back(*flip);
    }
    std::stable_sort(flips.begin(), flips.end(),
                     [](const Flip& a, const Flip& b) { return a.distance < b.distance; });
    if (flips.size() > k_most_flips) flips.resize(k_most_flips);
    return flips;
  }

 private:
  /// Distances that are tried outwards on both sides, relative to the value.
  static constexpr std::array k_distances{0.0,  0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4,
                                          0.55, 0.7,  0.85, 1.0, 1.5,  2.5, 4.0, 7.0};

  [[nodiscard]] std::optional<double> profit(std::string_view path, double value) const {
    const auto changed = question_.moved(path, value);
    if (!changed) return {};
    return model::run(*changed, question_.compiled()).profit;
  }

  [[nodiscard]] std::optional<Flip> nearest(const std::string& path) const {
    const Question::Input input = question_.input(path);
    const bool in_profit = question_.plan().summary.profit >= 0;
    const double span = input.field.typical.high - input.field.typical.low;
    const double scale = input.value != 0 ? std::fabs(input.value) : span;
    std::optional<Flip> found;
    std::array<bool, 2> open{true, true};
    for (std::size_t i = 1; i < k_distances.size() && !found; ++i) {
      for (std::size_t side = 0; side < 2; ++side) {
        if (!open[side]) continue;
        const auto at = [&](double distance) {
          const double value = input.value + (side == 0 ? -1 : 1) * distance * scale;
          return std::clamp(value, input.field.range.low, input.field.range.high);
        };
        const double inner = at(k_distances[i - 1]);
        const double outer = at(k_distances[i]);
        const auto there = inner == outer ? std::nullopt : profit(path, outer);
        if (!there) open[side] = false;
        if (!there || (*there >= 0) == in_profit) continue;
        const double value = closed_in(path, std::min(inner, outer), std::max(inner, outer));
        const double distance = std::fabs(value - input.value) / scale;
        if (!found || distance < found->distance) found = {path, input.value, value, distance};
      }
    }
    return found;
  }

  /// The place between two values with profits of different sign.
  [[nodiscard]] double closed_in(const std::string& path, double low, double high) const {
    const MetricAt measure = [&](std::span<const double> inputs,
                                 std::span<std::optional<double>> reached) {
      for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = profit(path, inputs[i]);
      return true;
    };
    const auto result = find_crossings(measure, {0, low, high, low, 1, 1e-12});
    return result && result->nearest ? result->nearest->value : high;
  }

  const Question& question_;
};

DecisionCurve flip_curve(const Question& question, const Flip& flip) {
  constexpr int k_points = 21;
  constexpr double k_beyond = 0.6;
  const Range range = question.input(flip.path).field.range;
  const double way = flip.value - flip.now;
  const double from = std::clamp(flip.now - k_beyond * way, range.low, range.high);
  const double to = std::clamp(flip.value + k_beyond * way, range.low, range.high);
  DecisionCurve curve{"belief", "profit", {}};
  for (const double value :
       evenly_with(std::min(from, to), std::max(from, to), k_points, {flip.now, flip.value})) {
    if (!question.moved(flip.path, value)) continue;
    curve.points.push_back({value, question.totals(flip.path, value).profit});
  }
  return curve;
}

}  // namespace

GoOrStopAnswer go_or_stop(const Question& question) {
  GoOrStopAnswer answer;
  const Plan& plan = question.plan();
  answer.profit = plan.summary.profit;
  answer.payback_month = payback_month(plan.summary, question.scenario().horizon_months);
  const auto& channels = plan.attribution.channels;
  const auto best =
      std::max_element(channels.begin(), channels.end(), [](const auto& a, const auto& b) {
        return a.marginal_profit_per_yuan < b.marginal_profit_per_yuan;
      });
  if (best != channels.end()) answer.marginal_profit_per_yuan = best->marginal_profit_per_yuan;
  const std::vector<MoneyUse> uses = money_uses(question);
  answer.next_thousand_gain = uses.front().gain;
  answer.next_thousand_path = uses.front().path;
  answer.flips = FlipSearch(question).run();
  if (!answer.flips.empty()) answer.curve = flip_curve(question, answer.flips.front());
  if (answer.profit >= 0) {
    answer.verdict = answer.next_thousand_gain > 0 ? "scale" : "go";
  } else {
    const bool near = !answer.flips.empty() && answer.flips.front().distance <= k_near_flip;
    answer.verdict = near ? "fix" : "stop";
  }
  return answer;
}

}  // namespace growth::analysis
