// What money buys on a paid channel: price of the first viewers and the spend at which the response is
// half of its limit, from months of different spend (step 9 of the model).
#pragma once

#include <optional>
#include <vector>

namespace growth::calibrate {

/// Spend and viewers of a channel over some time. The model's response is one of monthly spend, so the
/// spend of the time is spread evenly over it.
struct SpendPeriod {
  double months{};  ///< of 30 days; above 0
  double spend{};   ///< ¥ in all; above 0
  double viewers{};
};

/// The response with what is learned of it; the rest is as it was given.
struct ChannelResponse {
  double cost_per_viewer{};
  double half_saturation{};
  double shape{1};
  /// Standard errors of the logarithms (of the shape itself); 0 for what was given.
  double log_cost_error{};
  double log_half_error{};
  double shape_error{};
  double dispersion{1};  ///< variance of a period's viewers over their mean, at least 1
  double objective{};    ///< quasi-likelihood
};

/// The price alone, at a given point of half saturation and shape; by maximum quasi-likelihood, which
/// here is a ratio. Nothing without viewers. The error is 0 with fewer than two periods.
[[nodiscard]] std::optional<ChannelResponse> fit_cost_per_viewer(
    const std::vector<SpendPeriod>& periods, double half_saturation, double shape);
/// Price and half saturation at shape 1. Nothing where the periods do not show a response that levels
/// off: the half saturation runs away.
[[nodiscard]] std::optional<ChannelResponse> fit_saturation(const std::vector<SpendPeriod>& periods);
/// All three; nothing as above, or where the shape leaves its range.
[[nodiscard]] std::optional<ChannelResponse> fit_s_curve(const std::vector<SpendPeriod>& periods);

}  // namespace growth::calibrate
