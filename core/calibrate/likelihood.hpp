// The logarithm of the likelihood of a customer-base model with its exact first and second derivatives
// in the logarithms of the parameters: what Newton's method climbs. Every time enters as a share of
// alpha or beta, and gamma and beta functions as sums of logarithms of their ratios, so that nothing
// large cancels and a change of the unit of time changes no digit.
#pragma once

#include <functional>

#include "calibrate/customer_base.hpp"
#include "calibrate/newton.hpp"

namespace growth::calibrate {

/// What the models need of the histories besides the groups themselves, taken once.
class RepeatSummary {
 public:
  explicit RepeatSummary(const Histories& histories);

  [[nodiscard]] const Histories& histories() const { return *histories_; }
  /// Customers with more than k repeat orders, for k = 0, 1, …
  [[nodiscard]] const std::vector<double>& more_than() const { return more_than_; }
  /// By place in `times`: customers of that age, and their repeat orders.
  [[nodiscard]] const std::vector<double>& customers_of_age() const { return customers_of_age_; }
  [[nodiscard]] const std::vector<double>& repeats_of_age() const { return repeats_of_age_; }
  [[nodiscard]] double customers() const { return customers_; }
  [[nodiscard]] double repeats() const { return repeats_; }
  [[nodiscard]] double mean_age() const { return mean_age_; }
  /// Repeat orders per week of all customers together.
  [[nodiscard]] double rate() const { return repeats_ / (mean_age_ * customers_); }

 private:
  const Histories* histories_;
  std::vector<double> more_than_;
  std::vector<double> customers_of_age_;
  std::vector<double> repeats_of_age_;
  double customers_{};
  double repeats_{};
  double mean_age_{};
};

/// Called now and then while a likelihood is summed up, with the share that is done; false stops it
/// and leaves the sum unfinished.
using Pulse = std::function<bool(double share)>;

/// log1p(t/scale) and t/(scale + t) for each of the times.
struct ScaledTimes {
  ScaledTimes(const std::vector<double>& times, double scale);
  std::vector<double> logarithm;
  std::vector<double> share;
};

/// Of purchases at gamma-distributed rates by customers who all stay: the NBD, and what the other
/// models have in common with it. Adds to `sum`.
void add_purchases(const RepeatSummary& summary, double r, double alpha, const ScaledTimes& scaled,
                   Curve& sum);

/// The models; `sum` starts at zero. False when it was stopped.
[[nodiscard]] bool add_dropout_after_orders(const RepeatSummary& summary, const Parameters& parameters,
                                            bool may_leave_at_once, const Pulse& pulse, Curve& sum);
[[nodiscard]] bool add_dropout_in_time(const RepeatSummary& summary, const Parameters& parameters,
                                       const Pulse& pulse, Curve& sum);

/// ln of the odds that the customer has left by the end of the record; minus infinity where the model
/// excludes it.
[[nodiscard]] double log_odds_gone_after_orders(const Parameters& parameters, bool may_leave_at_once,
                                                const History& history);
[[nodiscard]] double log_odds_gone_in_time(const Parameters& parameters, const History& history);

}  // namespace growth::calibrate
