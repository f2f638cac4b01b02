#include "calibrate/repeat_decay.hpp"

namespace growth::calibrate {
namespace {

/// Mean age, in months from 1 to the window, of a repeat order whose number decays so.
double mean_age_at(double decay, int window) {
  double weight = 1;
  double weights = 0;
  double ages = 0;
  for (int age = 1; age <= window; ++age) {
    weights += weight;
    ages += age * weight;
    weight *= decay;
  }
  return ages / weights;
}

}  // namespace

double decay_of_mean_age(double mean_age, int window, double least) {
  // The mean age rises with the decay, to (window + 1)/2 where nothing decays.
  double low = least;
  double high = 1;
  if (mean_age >= mean_age_at(high, window)) return high;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (mean_age_at(middle, window) < mean_age ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace growth::calibrate
