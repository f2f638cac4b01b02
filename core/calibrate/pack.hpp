// The pack of doubles that likelihoods are summed up in.
#pragma once

#include "number/lanes.hpp"

namespace growth::calibrate {

inline constexpr int k_lanes = 4;
using Pack = num::Lanes<k_lanes>;

/// The sum of its lanes.
[[nodiscard]] inline double total(const Pack& pack) {
  return (pack.lane(0) + pack.lane(2)) + (pack.lane(1) + pack.lane(3));
}

}  // namespace growth::calibrate
