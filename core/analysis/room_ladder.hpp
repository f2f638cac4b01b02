// The published ladder of a live room: what every stage begins at. room_stage() of diagnosis.hpp climbs
// it.
#pragma once

#include <array>

#include "analysis/figures.hpp"
#include "growth/breakdown.hpp"

namespace growth::analysis {

inline constexpr std::string_view k_views_at_two_hours = "viewers_2h";
inline constexpr std::string_view k_views_of_session = "viewers_per_session";

/// From the lowest, in the order of RoomStage.
inline constexpr std::array k_room_ladder{
    Rung{RoomStage::cold_start, k_views_at_two_hours, 0, false, {}},
    Rung{RoomStage::warming, k_views_at_two_hours, k_cold_start_views, true, "F28"},
    Rung{RoomStage::launched, k_views_at_two_hours, k_launched_views, false, "F29"},
    Rung{RoomStage::established, k_views_of_session, k_established_views, false, "F30"},
    Rung{RoomStage::head, k_views_of_session, k_head_views, false, "F31"},
};

/// The rung above a stage; null above the highest.
[[nodiscard]] constexpr const Rung* rung_above(RoomStage stage) {
  const auto above = static_cast<std::size_t>(stage) + 1;
  return above < k_room_ladder.size() ? &k_room_ladder[above] : nullptr;
}

}  // namespace growth::analysis
