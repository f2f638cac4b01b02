// What a room makes of its first viewers: the reproduction number and how it follows the room's
// quality, from the public viewers that sessions of different quality ended with (steps 4 to 6 of the
// model).
#pragma once

#include <optional>
#include <vector>

#include "growth/scenario.hpp"

namespace growth::calibrate {

/// What a session shows of the room.
struct RoomSession {
  double log_quality{};     ///< ln Q
  double first_push{};      ///< u₀, viewers of the first wave; above 0
  double waves{};           ///< K; above 0
  double public_viewers{};  ///< natural ones, of the whole session
};

struct RoomLeverage {
  double log_benchmark{};  ///< ln of the reproduction number at benchmark quality
  double elasticity{};
  double log_benchmark_error{};  ///< standard errors
  double elasticity_error{};     ///< 0 where the elasticity was given
  double scatter{};              ///< relative standard deviation of a session's public viewers
};

/// Both numbers from the sessions, by a quasi-likelihood with scatter in proportion to the mean. The
/// ceilings are those of `live` and `quality`. Nothing where the sessions do not tell: quality alike
/// in all of them, all at the ceiling, none with a second wave.
[[nodiscard]] std::optional<RoomLeverage> fit_room_leverage(const std::vector<RoomSession>& sessions,
                                                            const Live<double>& live,
                                                            const Quality<double>& quality);
/// The benchmark number alone, at the elasticity of `quality`.
[[nodiscard]] std::optional<RoomLeverage> fit_benchmark_reproduction(
    const std::vector<RoomSession>& sessions, const Live<double>& live, const Quality<double>& quality);

}  // namespace growth::calibrate
