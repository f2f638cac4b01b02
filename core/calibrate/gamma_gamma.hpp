// What orders are worth: the gamma-gamma model of Colombo and Jiang (1999) and Fader and Hardie (note
// 025, 2013). A customer's order values are gamma distributed with shape p and a scale of their own;
// the rates of these scales are gamma distributed with shape q and rate v over customers. The number
// of orders must tell nothing about their value: see orders_and_spend_correlation.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "growth/uncertainty.hpp"

namespace growth::calibrate {

/// Orders of a customer (at least one) and their mean value (above 0, in any currency).
struct SpendHistory {
  double orders{};
  double mean{};
};

struct GammaGamma {
  double p{};
  double q{};
  double v{};  ///< in the currency
};

struct GammaGammaFit {
  GammaGamma parameters;
  /// Covariance of the logarithms of p, q and v, row by row; 0 where the optimum lies at the boundary.
  std::array<double, 9> log_covariance{};
  double log_likelihood{};
  int evaluations{};
  /// A parameter runs away while the likelihood no longer gains: all customers spend alike, or all
  /// orders of a customer are worth the same.
  bool at_boundary{};
};

/// Maximum likelihood by Newton's method. Nothing when it was stopped. Needs at least one customer;
/// `start` warms a refit up.
[[nodiscard]] std::optional<GammaGammaFit> fit_gamma_gamma(const std::vector<SpendHistory>& customers,
                                                           const GammaGamma* start = nullptr,
                                                           const Progress& progress = {});

/// ln of the density of one customer's mean order value, given the number of orders.
[[nodiscard]] double log_likelihood(const GammaGamma& parameters, const SpendHistory& customer);
/// Expected mean order value of a customer with this history: between the customer's own mean and that
/// of all. Nothing where it does not exist, p·orders + q ≤ 1.
[[nodiscard]] std::optional<double> expected_spend(const GammaGamma& parameters,
                                                   const SpendHistory& customer);
/// Mean over customers of the mean order value, p v/(q - 1); nothing where q ≤ 1, when it is infinite.
[[nodiscard]] std::optional<double> mean_spend(const GammaGamma& parameters);
/// Median over customers of the mean order value, which exists for every q: p v over the median of a
/// gamma distribution of shape q. Nothing where it is beyond a double.
[[nodiscard]] std::optional<double> median_spend(const GammaGamma& parameters);

/// Pearson correlation of the number of orders and their mean value; 0 where one of them is constant.
[[nodiscard]] double orders_and_spend_correlation(const std::vector<SpendHistory>& customers);

}  // namespace growth::calibrate
