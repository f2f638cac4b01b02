// The room: attendance of the pool, quality, the reproduction number and the waves of public viewers
// (steps 1, 4, 5 and 6 of the model).
#pragma once

#include "growth/scenario.hpp"
#include "number/half_exponent.hpp"
#include "number/number.hpp"
#include "number/whole_count.hpp"

namespace growth::model {

/// Ratio of an indicator to its benchmark, held where the room's quality still reacts to it.
inline constexpr double k_lowest_ratio = 0.25;
inline constexpr double k_highest_ratio = 4;
/// Session length at which private.attend_rate is stated.
inline constexpr double k_attendance_reference_hours = 3;
/// The reading that the published stages of a room refer to.
inline constexpr double k_reading_minutes = 120;

/// Share of the pool that is in the room, per session: reach · attendance · fatigue · session length.
template <class Number>
[[nodiscard]] Number attendance(const Live<Number>& live, const PrivateDomain<Number>& pool) {
  const Number fatigue = num::saturation_ratio(live.sessions_per_month / pool.fatigue_sessions);
  const Number length = num::expm1((-live.hours_per_session) / live.attendance_hours) /
                        num::expm1(-k_attendance_reference_hours / live.attendance_hours);
  return num::min(Number(1), pool.reach_rate * pool.attend_rate * fatigue * length);
}

/// Buyers per viewer and session: a rate observed at ordinary demand and with the audience at hand,
/// scaled to demand; never above 1.
template <class Number>
[[nodiscard]] Number conversion_rate(const Number& rate, const Number& demand) {
  return num::min(Number(1), rate * demand);
}

/// Q, the weighted geometric mean of the five indicators over their benchmarks. What no month
/// changes is computed once.
template <class Number>
class RoomQuality {
 public:
  explicit RoomQuality(const Quality<Number>& quality)
      : per_private_viewer_(1.0 / quality.benchmark.private_viewers),
        per_gpm_(1.0 / quality.benchmark.gpm) {
    const Indicators<Number>& benchmark = quality.benchmark;
    const Indicators<Number>& weight = quality.weight;
    const Number sum = weight.private_viewers + weight.square_ctr + weight.dwell_minutes + weight.gpm +
                       weight.interaction_rate;
    // Where the square of the reciprocal, which a derivative needs, would have no value, the weights
    // are taken times a power of two, which changes none of their digits. Without any weight, which
    // only a future can have, nothing matters.
    const Number lift = num::select(sum < Number(k_small_sum), Number(0x1p600), Number(1));
    const Number per_weight = 1.0 / num::max(sum * lift, Number(k_no_sum));
    const auto share = [&](const Number& of) { return of * lift * per_weight; };
    const Number private_viewers_weight = share(weight.private_viewers);
    const Number gpm_weight = share(weight.gpm);
    common_weight_ = num::min(private_viewers_weight, gpm_weight);
    private_viewers_rest_ = private_viewers_weight - common_weight_;
    gpm_rest_ = gpm_weight - common_weight_;
    weights_differ_ = !num::is_constant(private_viewers_rest_, 0) || !num::is_constant(gpm_rest_, 0);
    constant_ =
        share(weight.square_ctr) * log_ratio(quality.square_ctr / benchmark.square_ctr) +
        share(weight.dwell_minutes) * log_ratio(quality.dwell_minutes / benchmark.dwell_minutes) +
        share(weight.interaction_rate) *
            log_ratio(quality.interaction_rate / benchmark.interaction_rate);
  }

  /// ln Q of a month with `private_viewers` per session and strangers ordering `gpm` ¥ per thousand.
  [[nodiscard]] Number log_quality(const Number& private_viewers, const Number& gpm) const {
    const Number viewers_ratio = clamped(private_viewers * per_private_viewer_);
    const Number gpm_ratio = clamped(gpm * per_gpm_);
    // Weights are equal as a rule; then one logarithm does for both.
    Number log_quality = constant_ + common_weight_ * num::log_normal_number(viewers_ratio * gpm_ratio);
    if (weights_differ_) {
      log_quality = log_quality + (private_viewers_rest_ * num::log_normal_number(viewers_ratio) +
                                   gpm_rest_ * num::log_normal_number(gpm_ratio));
    }
    return log_quality;
  }

 private:
  static constexpr double k_small_sum = 1e-100;
  static constexpr double k_no_sum = 1e-150;  // less than any sum above 0, lifted

  [[nodiscard]] static Number clamped(const Number& ratio) {
    return num::clamp(ratio, k_lowest_ratio, k_highest_ratio);
  }
  [[nodiscard]] static Number log_ratio(const Number& ratio) {
    return num::log_normal_number(clamped(ratio));
  }

  Number per_private_viewer_;
  Number per_gpm_;
  Number common_weight_;  // of both indicators that change with the month
  Number private_viewers_rest_;
  Number gpm_rest_;
  bool weights_differ_;
  Number constant_;
};

/// ln of the reproduction number, min(benchmark · Q^elasticity, ceiling): the wave sum needs no other
/// form of it.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number log_reproduction(const Number& log_benchmark,
                                                                 const Number& elasticity,
                                                                 const Number& log_ceiling,
                                                                 const Number& log_quality) {
  return num::min(log_benchmark + elasticity * log_quality, log_ceiling);
}

/// The same from the inputs of a scenario.
template <class Number>
class Reproduction {
 public:
  explicit Reproduction(const Quality<Number>& quality)
      : benchmark_(quality.benchmark_reproduction),
        ceiling_(quality.reproduction_ceiling),
        elasticity_(quality.reproduction_elasticity),
        log_benchmark_(num::log(benchmark_)),
        log_ceiling_(num::log(ceiling_)),
        half_(elasticity_) {}

  [[nodiscard]] Number log_at(const Number& log_quality) const {
    return log_reproduction(log_benchmark_, elasticity_, log_ceiling_, log_quality);
  }
  /// The number itself, from what is known of it already.
  [[nodiscard, gnu::always_inline]] Number at(const Number& log_reproduction,
                                              const Number& quality) const {
    return half_.apply([&] { return num::min(benchmark_ * num::sqrt(quality), ceiling_); },
                       // Below e^-700, and at 0, every further wave is lost in rounding the first.
                       [&] { return num::exp_moderate(num::max(log_reproduction, Number(-700))); });
  }
  /// Waves that may be multiplied one by one: the last stays below wave_sum()'s largest exponent.
  [[nodiscard]] Number most_waves() const {
    return num::k_largest_wave_exponent / num::max(log_ceiling_, Number(1));
  }

 private:
  Number benchmark_;
  Number ceiling_;
  Number elasticity_;
  Number log_benchmark_;
  Number log_ceiling_;
  num::HalfExponent<Number> half_;
};

/// Public viewers of the first wave, u₀: what the account is trusted with, and one for each private
/// viewer. `slope` is first_wave_max - first_wave_min.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number first_push(const Number& first_wave_min,
                                                           const Number& slope, const Number& weight,
                                                           const Number& private_viewers) {
  return first_wave_min + slope * weight + private_viewers;
}

/// Waves in a session, as a factor on the first: 1 + g + g² + … for `waves` waves; with one wave or
/// less there is no next one to earn, so it is `waves` whatever g.
template <class Number>
[[nodiscard]] Number wave_sum(const Number& log_reproduction, const Number& waves) {
  const auto single = waves <= Number(1);
  const Number several = num::select(single, Number(2), waves);
  return num::select(single, waves, num::geometric_sum_of_log(log_reproduction, several));
}

/// The same with the count looked at beforehand. `reproduction`, the number behind the logarithm, is
/// only looked at where a count is whole.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number wave_sum(const Number& log_reproduction,
                                                         const Number& reproduction,
                                                         const Number& waves,
                                                         const num::WholeCount<Number>& count) {
  return count.apply(
      reproduction,
      []<class Real>(const Real& g, int terms) { return num::geometric_sum_of_whole(g, terms); },
      [&] { return wave_sum(log_reproduction, waves); });
}

}  // namespace growth::model
