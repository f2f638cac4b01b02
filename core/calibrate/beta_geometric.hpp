// Contracts that are renewed or not, period by period: the shifted beta-geometric model. Each customer
// ends with a probability of their own at every renewal; those probabilities follow a beta(alpha, beta)
// distribution (Fader & Hardie, "How to project customer retention", J. Interactive Marketing 21,
// 2007).
//
// Seen over all customers the share that ends at renewal t, of those still there, is
// alpha/(alpha+beta+t-1): everything below follows from this one ratio, without a gamma function.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "growth/contracts.hpp"
#include "number/number.hpp"

namespace growth::calibrate {

/// Renewals met by contracts of any age and cohort: entry t-1 is the t-th renewal.
struct Renewals {
  std::vector<double> lost;  ///< ended there
  std::vector<double> kept;  ///< renewed there; whoever is not observed at a renewal is in neither

  [[nodiscard]] std::size_t periods() const { return lost.size(); }
  /// At renewal `renewal` (from 1) some ended and some renewed.
  void add(std::size_t renewal, double ended, double renewed);
  /// `contracts` ended at renewal `renewal`, having met all before it.
  void add_ended(std::size_t renewal, double contracts);
  /// `contracts` still running after `renewals` of them; 0 tells nothing.
  void add_running(std::size_t renewals, double contracts);
};

struct BetaGeometricFit {
  RenewalBoundary boundary{};
  double alpha{};  ///< of a boundary: 0
  double beta{};
  /// Covariance of ln alpha and ln beta (variance, covariance, variance), from the exact Hessian; at a
  /// boundary with a rate the first entry is the variance of `rate`, the others 0.
  std::array<double, 3> log_covariance{};
  /// Share that ends at the first renewal; at all_alike at every renewal.
  double rate{};
  double log_likelihood{};  ///< without the binomial coefficients
  int evaluations{};
};

/// Maximum likelihood by Newton's method in ln alpha and ln beta. Counts must be finite and not
/// negative; both lists of one length.
[[nodiscard]] BetaGeometricFit fit_beta_geometric(const Renewals& renewals);

/// ln of the probability of the renewals seen.
[[nodiscard]] double log_likelihood(const Renewals& renewals, double alpha, double beta);

/// Share of those who meet renewal `t` (from 1) that renew: (beta+t-1)/(alpha+beta+t-1).
template <class Number>
[[nodiscard]] Number retention(const Number& alpha, const Number& beta, double t) {
  const Number kept = beta + (t - 1);
  return kept / (alpha + kept);
}

/// Share still there after 0, 1, … `periods` renewals.
template <class Number>
[[nodiscard]] std::vector<Number> survival(const Number& alpha, const Number& beta,
                                           std::size_t periods) {
  std::vector<Number> shares{Number(1)};
  for (std::size_t t = 1; t <= periods; ++t) {
    shares.push_back(shares.back() * retention(alpha, beta, static_cast<double>(t)));
  }
  return shares;
}

/// Renewals still expected of a contract that has made `renewals` of them, the next one due now:
/// E[(1-p)/p] = (beta+renewals)/(alpha-1). Infinite for alpha ≤ 1, where it must not be called: some
/// of the customers would never end.
template <class Number>
[[nodiscard]] Number residual_renewals(const Number& alpha, const Number& beta, double renewals) {
  return (beta + renewals) / (alpha - 1.0);
}

/// The same, for 0, 1, … `most` renewals made, with a renewal in k periods counting (1+discount)^-k
/// (DERL of Fader & Hardie, "Customer-base valuation in a contractual setting", Marketing Science 29,
/// 2010, there for n = renewals + 1). `discount` within k_contract_discount_range.
template <class Number>
[[nodiscard]] std::vector<Number> discounted_renewals(const Number& alpha, const Number& beta,
                                                      double discount, std::size_t most) {
  // The sum of the oldest, all terms positive; each is below the one before it over 1 + discount, so
  // that what is left out is at most the last term over the discount.
  constexpr double k_left_out = 1e-13;
  const double keep = 1 / (1 + discount);
  Number term = retention(alpha, beta, static_cast<double>(most + 1));
  Number sum = term;
  for (double t = static_cast<double>(most) + 2;
       num::value_of(term) > k_left_out * discount * num::value_of(sum); t += 1) {
    term = term * retention(alpha, beta, t) * keep;
    sum = sum + term;
  }
  std::vector<Number> residual(most + 1, sum);
  for (std::size_t n = most; n-- > 0;) {
    residual[n] = retention(alpha, beta, static_cast<double>(n + 1)) * (1.0 + keep * residual[n + 1]);
  }
  return residual;
}

}  // namespace growth::calibrate
