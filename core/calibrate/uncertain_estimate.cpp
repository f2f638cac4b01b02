#include "calibrate/uncertain_estimate.hpp"

namespace growth::calibrate {

std::optional<DistributionOfInput> normal_around(const Estimate& estimate) {
  if (!(estimate.standard_error > 0)) return {};
  return DistributionOfInput{DistributionKind::normal, {estimate.value, estimate.standard_error}};
}

std::optional<DistributionOfInput> lognormal_around(const Estimate& estimate) {
  if (!(estimate.standard_error > 0) || !(estimate.value > 0)) return {};
  return DistributionOfInput{DistributionKind::lognormal,
                             {estimate.value, estimate.standard_error / estimate.value}};
}

std::optional<DistributionOfInput> beta_around(const Estimate& estimate) {
  if (!(estimate.standard_error > 0)) return {};
  const double variance = estimate.standard_error * estimate.standard_error;
  const double spread = estimate.value * (1 - estimate.value);
  // The uniform distribution's variance is a twelfth.
  if (!(spread > variance) || variance > 1.0 / 12) {
    return DistributionOfInput{DistributionKind::uniform, {0, 1}};
  }
  return DistributionOfInput{DistributionKind::beta, {estimate.value, spread / variance - 1}};
}

}  // namespace growth::calibrate
