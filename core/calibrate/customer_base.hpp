// Models of a customer base that buys when it likes: who is still a customer, and how much will they
// buy? NBD (Ehrenberg 1959), Pareto/NBD (Schmittlein, Morrison & Colombo 1987), BG/NBD (Fader, Hardie &
// Lee 2005) and MBG/NBD (Batislam, Denizel & Filiztekin 2007), by maximum likelihood with exact
// gradient and Hessian in the logarithms of the parameters.
//
// Time is in weeks. Parameters, in this order: r and alpha of the gamma mixture of purchase rates
// (alpha in weeks), then a and b of the beta mixture of drop-out probabilities, or s and beta (weeks)
// of the gamma mixture of drop-out rates.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "growth/calibrate.hpp"
#include "growth/uncertainty.hpp"

namespace growth::calibrate {

/// One customer's history, seen from the first order: repeat orders x, weeks to the last one t_x (0
/// where there is none), weeks to the end of the record T.
struct History {
  double repeats{};
  double last{};
  double age{};
};

/// Customers of equal history counted once. `last` and `age` are places in `times`, so that a logarithm
/// of a time is taken once and not once per customer.
struct Histories {
  struct Group {
    std::uint32_t repeats{};
    std::uint32_t last{};
    std::uint32_t age{};
    double customers{};
  };
  std::vector<double> times;  ///< weeks, rising
  std::vector<Group> groups;

  [[nodiscard]] History history(const Group& group) const {
    return {static_cast<double>(group.repeats), times[group.last], times[group.age]};
  }
  [[nodiscard]] double customers() const;
};

/// A history in whole days (fewer than 2^22, which is 11,000 years), as an order log gives it.
struct DayHistory {
  std::uint32_t repeats{};
  std::uint32_t last{};
  std::uint32_t age{};
};

/// Sorts and counts; weeks are days / 7 (`days_per_unit` is another unit for tests).
[[nodiscard]] Histories grouped(std::vector<DayHistory> customers, double days_per_unit = 7);
/// For times that are no whole days (a season's operational time): one group per customer.
[[nodiscard]] Histories ungrouped(const std::vector<History>& customers);

using Parameters = std::array<double, 4>;  ///< the last two are 0 for the NBD

struct CustomerBaseFit {
  CustomerBaseModel model{};
  Parameters parameters{};
  /// Covariance of the logarithms of the parameters, row by row, from the exact Hessian; 0 where the
  /// optimum lies at the boundary and it does not exist.
  std::array<double, 16> log_covariance{};
  double log_likelihood{};
  int evaluations{};  ///< of the likelihood of all customers
  /// A parameter runs away while the likelihood no longer gains: the data cannot tell it (no churn, or
  /// no difference between customers).
  bool at_boundary{};
};

/// Number of parameters: 2 or 4.
[[nodiscard]] int parameter_count(CustomerBaseModel model);

/// Nothing when it was stopped. Needs at least one customer with age above 0 and one repeat order in
/// all; `start` (of a fit that is not at the boundary) warms a refit up.
[[nodiscard]] std::optional<CustomerBaseFit> fit_customer_base(CustomerBaseModel model,
                                                               const Histories& histories,
                                                               const Parameters* start = nullptr,
                                                               const Progress& progress = {});

/// ln of the probability (density) of one history.
[[nodiscard]] double log_likelihood(CustomerBaseModel model, const Parameters& parameters,
                                    const History& history);
/// Probability that the customer still is one at the end of the record; 1 for the NBD.
[[nodiscard]] double alive(CustomerBaseModel model, const Parameters& parameters,
                           const History& history);
/// Orders expected in the next `horizon` weeks after the record.
[[nodiscard]] double expected_orders(CustomerBaseModel model, const Parameters& parameters,
                                     const History& history, double horizon);
/// Repeat orders expected of a new customer within `horizon` weeks of the first order.
[[nodiscard]] double expected_orders(CustomerBaseModel model, const Parameters& parameters,
                                     double horizon);
/// Discounted expected residual orders over all time: each order at s weeks counts e^(-rate·s).
/// `rate` > 0 per week.
[[nodiscard]] double residual_orders(CustomerBaseModel model, const Parameters& parameters,
                                     const History& history, double rate);

/// Probability that a new customer still is one some weeks after the first order.
[[nodiscard]] double alive(CustomerBaseModel model, const Parameters& parameters, double weeks);
/// Probability that a new customer places exactly this many repeat orders within some weeks of the
/// first one; `orders` at least 0.
[[nodiscard]] double order_count_probability(CustomerBaseModel model, const Parameters& parameters,
                                             int orders, double weeks);

}  // namespace growth::calibrate
