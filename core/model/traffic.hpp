// The room: attendance of the pool, quality, the reproduction number and the waves of public viewers
// (steps 1, 4, 5 and 6 of the model).
#pragma once

#include "growth/scenario.hpp"
#include "number/number.hpp"

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

/// Buyers per viewer and session: a rate observed at the reference purity, scaled to the audience at
/// hand and to demand; never above 1.
template <class Number>
[[nodiscard]] Number conversion_rate(const Number& rate, const Number& relative_purity,
                                     const Number& demand) {
  return num::min(Number(1), rate * relative_purity * demand);
}

/// Q, the weighted geometric mean of the five indicators over their benchmarks. What no month
/// changes is computed once.
template <class Number>
class RoomQuality {
 public:
  explicit RoomQuality(const Quality<Number>& quality)
      : benchmark_(quality.benchmark), weight_(quality.weight) {
    const Number sum = weight_.private_viewers + weight_.square_ctr + weight_.dwell_minutes +
                       weight_.gpm + weight_.interaction_rate;
    weight_.private_viewers = weight_.private_viewers / sum;
    weight_.gpm = weight_.gpm / sum;
    constant_ =
        weight_.square_ctr / sum * log_ratio(quality.square_ctr, benchmark_.square_ctr) +
        weight_.dwell_minutes / sum * log_ratio(quality.dwell_minutes, benchmark_.dwell_minutes) +
        weight_.interaction_rate / sum *
            log_ratio(quality.interaction_rate, benchmark_.interaction_rate);
  }

  /// ln Q of a month with `private_viewers` per session and strangers ordering `gpm` ¥ per thousand.
  [[nodiscard]] Number log_quality(const Number& private_viewers, const Number& gpm) const {
    return constant_ +
           weight_.private_viewers * log_ratio(private_viewers, benchmark_.private_viewers) +
           weight_.gpm * log_ratio(gpm, benchmark_.gpm);
  }

 private:
  [[nodiscard]] static Number log_ratio(const Number& value, const Number& benchmark) {
    return num::log(num::clamp(value / benchmark, k_lowest_ratio, k_highest_ratio));
  }

  Indicators<Number> benchmark_;
  Indicators<Number> weight_;
  Number constant_{0};
};

/// Waves in a session, as a factor on the first: 1 + g + g² + … for `waves` waves; with one wave or
/// less there is no next one to earn, so it is `waves` whatever g.
template <class Number>
[[nodiscard]] Number wave_sum(const Number& reproduction, const Number& waves) {
  const auto single = waves <= Number(1);
  const Number several = num::select(single, Number(2), waves);
  return num::select(single, waves, num::geometric_sum(reproduction, several));
}

}  // namespace growth::model
