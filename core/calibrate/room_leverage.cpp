#include "calibrate/room_leverage.hpp"

#include <limits>

#include "calibrate/quasi_likelihood.hpp"
#include "model/traffic.hpp"

namespace growth::calibrate {
namespace {

/// Public viewers that the model gives a session.
template <class Number>
Number public_viewers(const Number& log_benchmark, const Number& elasticity, double log_ceiling,
                      double public_ceiling, const RoomSession& session) {
  const Number log_reproduction = model::log_reproduction(
      log_benchmark, elasticity, Number(log_ceiling), Number(session.log_quality));
  return num::saturate(session.first_push * model::wave_sum(log_reproduction, Number(session.waves)),
                       Number(public_ceiling));
}

template <int Width, class Mean>
std::optional<QuasiFit<Width>> best_from(const std::vector<RoomSession>& sessions,
                                         const std::vector<std::array<double, Width>>& starts,
                                         const Mean& mean) {
  std::vector<double> observed;
  for (const RoomSession& session : sessions) observed.push_back(session.public_viewers);
  // The likeliest start: beyond the ceiling the slope is flat and leads nowhere.
  std::array<double, Width> best{};
  double highest = -std::numeric_limits<double>::infinity();
  for (const auto& start : starts) {
    std::vector<double> expected;
    for (std::size_t i = 0; i < sessions.size(); ++i) expected.push_back(mean(start, i));
    const double likelihood = quasi_likelihood(Scatter::in_proportion, observed, expected);
    if (!(likelihood > highest)) continue;
    highest = likelihood;
    best = start;
  }
  return fit_quasi_likelihood<Width>(Scatter::in_proportion, observed, best, mean);
}

constexpr double k_benchmark_starts[] = {0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97, 1, 1.05};
constexpr double k_elasticity_starts[] = {0, 0.25, 0.5, 1, 2};

}  // namespace

std::optional<RoomLeverage> fit_room_leverage(const std::vector<RoomSession>& sessions,
                                              const Live<double>& live,
                                              const Quality<double>& quality) {
  const double log_ceiling = num::log(quality.reproduction_ceiling);
  const auto mean = [&](const auto& at, std::size_t i) {
    return public_viewers(at[0], at[1], log_ceiling, live.public_ceiling, sessions[i]);
  };
  std::vector<std::array<double, 2>> starts;
  for (const double benchmark : k_benchmark_starts) {
    for (const double elasticity : k_elasticity_starts)
      starts.push_back({num::log(benchmark), elasticity});
  }
  const auto fit = best_from<2>(sessions, starts, mean);
  if (!fit) return {};
  return RoomLeverage{fit->parameters[0], fit->parameters[1], std::sqrt(fit->covariance[0]),
                      std::sqrt(fit->covariance[3]), std::sqrt(fit->dispersion)};
}

std::optional<RoomLeverage> fit_benchmark_reproduction(const std::vector<RoomSession>& sessions,
                                                       const Live<double>& live,
                                                       const Quality<double>& quality) {
  const double log_ceiling = num::log(quality.reproduction_ceiling);
  const auto mean = [&](const auto& at, std::size_t i) {
    using Number = std::remove_cvref_t<decltype(at[0])>;
    return public_viewers(at[0], Number(quality.reproduction_elasticity), log_ceiling,
                          live.public_ceiling, sessions[i]);
  };
  std::vector<std::array<double, 1>> starts;
  for (const double benchmark : k_benchmark_starts) starts.push_back({num::log(benchmark)});
  const auto fit = best_from<1>(sessions, starts, mean);
  if (!fit) return {};
  return RoomLeverage{fit->parameters[0], quality.reproduction_elasticity,
                      std::sqrt(fit->covariance[0]), 0, std::sqrt(fit->dispersion)};
}

}  // namespace growth::calibrate
