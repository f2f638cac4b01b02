// How repeat orders thin out with age, read off their mean age.
#pragma once

namespace growth::calibrate {

/// The decay per month, from `least` (0 <= least < 1) to 1, at which repeat orders of age 1 to `window`
/// months have this mean age; the end of the range that is nearest where none has.
[[nodiscard]] double decay_of_mean_age(double mean_age, int window, double least = 0);

}  // namespace growth::calibrate
