#include "calibrate/channel_response.hpp"

#include <limits>
#include <type_traits>

#include "calibrate/quasi_likelihood.hpp"
#include "model/channels.hpp"

namespace growth::calibrate {
namespace {

std::vector<double> viewers_of(const std::vector<SpendPeriod>& periods) {
  std::vector<double> viewers;
  for (const SpendPeriod& period : periods) viewers.push_back(period.viewers);
  return viewers;
}

template <class Number>
Number expected_viewers(const Number& cost_per_viewer, const Number& half_saturation,
                        const Number& shape, const SpendPeriod& period) {
  return period.months *
         model::response(Number(period.spend / period.months), cost_per_viewer, half_saturation, shape);
}

/// The price at which as many viewers are expected as there were.
double matching_cost(const std::vector<SpendPeriod>& periods, double half_saturation, double shape) {
  double at_one_yuan = 0;
  double viewers = 0;
  for (const SpendPeriod& period : periods) {
    at_one_yuan += expected_viewers(1.0, half_saturation, shape, period);
    viewers += period.viewers;
  }
  return at_one_yuan / viewers;
}

bool any_viewers(const std::vector<SpendPeriod>& periods) {
  return std::any_of(periods.begin(), periods.end(),
                     [](const SpendPeriod& period) { return period.viewers > 0; });
}

struct Start {
  double log_cost{};
  double log_half{};
};

/// The likeliest point of a grid of half saturations around the spends seen, price matched.
std::optional<Start> likeliest_start(const std::vector<SpendPeriod>& periods, double shape) {
  if (!any_viewers(periods)) return {};
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (const SpendPeriod& period : periods) {
    const double monthly = period.spend / period.months;
    least = std::min(least, monthly);
    most = std::max(most, monthly);
  }
  const std::vector<double> observed = viewers_of(periods);
  constexpr int k_places = 60;
  const double low = num::log(least / 30);
  const double high = num::log(most * 300);
  Start best;
  double highest = -std::numeric_limits<double>::infinity();
  for (int place = 0; place <= k_places; ++place) {
    const double log_half = low + (high - low) * place / k_places;
    const double half = num::exp(log_half);
    const double cost = matching_cost(periods, half, shape);
    std::vector<double> expected;
    for (const SpendPeriod& period : periods) {
      expected.push_back(expected_viewers(cost, half, shape, period));
    }
    const double likelihood = quasi_likelihood(Scatter::like_counts, observed, expected);
    if (!(likelihood > highest)) continue;
    highest = likelihood;
    best = {num::log(cost), log_half};
    // At an end of the grid: no bend to be seen, or nothing but the level of the response.
    if (place == 0 || place == k_places) best.log_half = std::numeric_limits<double>::quiet_NaN();
  }
  if (!(best.log_half == best.log_half)) return {};
  return best;
}

}  // namespace

std::optional<ChannelResponse> fit_cost_per_viewer(const std::vector<SpendPeriod>& periods,
                                                   double half_saturation, double shape) {
  if (!any_viewers(periods)) return {};
  const double start = num::log(matching_cost(periods, half_saturation, shape));
  const auto mean = [&](const auto& at, std::size_t i) {
    using Number = std::remove_cvref_t<decltype(at[0])>;
    return expected_viewers(Number(num::exp(at[0])), Number(half_saturation), Number(shape),
                            periods[i]);
  };
  const auto fit = fit_quasi_likelihood<1>(Scatter::like_counts, viewers_of(periods), {start}, mean);
  if (!fit) return {};
  ChannelResponse response;
  response.cost_per_viewer = num::exp(fit->parameters[0]);
  response.half_saturation = half_saturation;
  response.shape = shape;
  response.log_cost_error = periods.size() > 1 ? std::sqrt(fit->covariance[0]) : 0;
  response.dispersion = fit->dispersion;
  response.objective = fit->objective;
  return response;
}

std::optional<ChannelResponse> fit_saturation(const std::vector<SpendPeriod>& periods) {
  const auto start = likeliest_start(periods, 1);
  if (!start) return {};
  const auto mean = [&](const auto& at, std::size_t i) {
    using Number = std::remove_cvref_t<decltype(at[0])>;
    return expected_viewers(Number(num::exp(at[0])), Number(num::exp(at[1])), Number(1.0), periods[i]);
  };
  const auto fit = fit_quasi_likelihood<2>(Scatter::like_counts, viewers_of(periods),
                                           {start->log_cost, start->log_half}, mean);
  if (!fit) return {};
  ChannelResponse response;
  response.cost_per_viewer = num::exp(fit->parameters[0]);
  response.half_saturation = num::exp(fit->parameters[1]);
  response.log_cost_error = std::sqrt(fit->covariance[0]);
  response.log_half_error = std::sqrt(fit->covariance[3]);
  response.dispersion = fit->dispersion;
  response.objective = fit->objective;
  return response;
}

std::optional<ChannelResponse> fit_s_curve(const std::vector<SpendPeriod>& periods) {
  const auto mean = [&](const auto& at, std::size_t i) {
    return expected_viewers(num::exp(at[0]), num::exp(at[1]), at[2], periods[i]);
  };
  std::optional<ChannelResponse> best;
  for (const double shape : {1.25, 1.75, 2.5}) {
    const auto start = likeliest_start(periods, shape);
    if (!start) continue;
    const auto fit = fit_quasi_likelihood<3>(Scatter::like_counts, viewers_of(periods),
                                             {start->log_cost, start->log_half, shape}, mean);
    if (!fit || (best && !(fit->objective > best->objective))) continue;
    ChannelResponse response;
    response.cost_per_viewer = num::exp(fit->parameters[0]);
    response.half_saturation = num::exp(fit->parameters[1]);
    response.shape = fit->parameters[2];
    response.log_cost_error = std::sqrt(fit->covariance[0]);
    response.log_half_error = std::sqrt(fit->covariance[4]);
    response.shape_error = std::sqrt(fit->covariance[8]);
    response.dispersion = fit->dispersion;
    response.objective = fit->objective;
    best = response;
  }
  if (!best || !(best->shape >= 1 && best->shape <= 3)) return {};
  return best;
}

}  // namespace growth::calibrate
