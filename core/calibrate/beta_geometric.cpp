#include "calibrate/beta_geometric.hpp"

#include <algorithm>
#include <cmath>

namespace growth::calibrate {
namespace {

using Two = std::array<double, 2>;

/// The log likelihood at (ln alpha, ln beta) with its exact derivatives.
struct Likelihood {
  double value{};
  Two gradient{};
  std::array<double, 3> hessian{};  // (a, a), (a, b), (b, b)
};

/// ln of a share: alpha of alpha + rest, by the smaller of both, so that neither cancels.
double log_share(double part, double rest) {
  return part < rest ? num::log(part / (part + rest)) : -num::log1p(rest / part);
}

Likelihood likelihood_at(const Renewals& renewals, const Two& theta) {
  const double alpha = num::exp(theta[0]);
  const double beta = num::exp(theta[1]);
  Likelihood sum;
  num::CompensatedSum<double> value;
  for (std::size_t i = 0; i < renewals.periods(); ++i) {
    const double lost = renewals.lost[i];
    const double kept = renewals.kept[i];
    const double stay = beta + static_cast<double>(i);
    // Hazard and its complement; d(stay)/d(ln beta) = beta.
    const double hazard = alpha / (alpha + stay);
    const double retained = stay / (alpha + stay);
    if (lost > 0) value.add(lost * log_share(alpha, stay));
    if (kept > 0) value.add(kept * log_share(stay, alpha));
    // In terms of the logit ln(alpha/stay) the likelihood is a plain binomial one.
    const double slope = lost * retained - kept * hazard;
    const double curvature = -(lost + kept) * hazard * retained;
    const double per_beta = -beta / stay;                            // of the logit
    const double bend = per_beta * (static_cast<double>(i) / stay);  // its second derivative
    sum.gradient[0] += slope;
    sum.gradient[1] += slope * per_beta;
    sum.hessian[0] += curvature;
    sum.hessian[1] += curvature * per_beta;
    sum.hessian[2] += curvature * per_beta * per_beta + slope * bend;
  }
  sum.value = value.total();
  return sum;
}

/// Newton's step towards the maximum, with the curvature's eigenvalues taken as downhill ones, so that
/// it leads up from anywhere; never longer than `cap`.
Two newton_step(const Likelihood& at, double cap) {
  const double mean = 0.5 * (at.hessian[0] + at.hessian[2]);
  const double half_difference = 0.5 * (at.hessian[0] - at.hessian[2]);
  const double radius = std::sqrt(half_difference * half_difference + at.hessian[1] * at.hessian[1]);
  // The axis of eigenvalue mean + radius, by the form in which nothing cancels.
  const double q = at.hessian[1];
  const double x = half_difference < 0 ? q : half_difference + radius;
  const double y = half_difference < 0 ? radius - half_difference : q;
  const double length = std::sqrt(x * x + y * y);
  Two axis = length > 0 ? Two{x / length, y / length} : Two{1, 0};
  Two step{};
  for (const double eigenvalue : {mean + radius, mean - radius}) {
    const double along = axis[0] * at.gradient[0] + axis[1] * at.gradient[1];
    // Where there is no curvature at all there is no slope either.
    const double size = std::max(std::abs(eigenvalue), 1e-300);
    const double move = std::clamp(along / size, -cap, cap);
    step[0] += move * axis[0];
    step[1] += move * axis[1];
    axis = {-axis[1], axis[0]};
  }
  return step;
}

/// ln of the likelihood of `lost` out of `met` at its best rate.
double binomial_log_likelihood(double lost, double met) {
  const double kept = met - lost;
  double value = 0;
  if (lost > 0) value += lost * num::log(lost / met);
  if (kept > 0) value += kept * num::log(kept / met);
  return value;
}

BetaGeometricFit at_boundary(RenewalBoundary boundary, double lost, double met) {
  BetaGeometricFit fit;
  fit.boundary = boundary;
  if (met > 0) {
    fit.rate = lost / met;
    fit.log_covariance[0] = fit.rate * (1 - fit.rate) / met;
    fit.log_likelihood = binomial_log_likelihood(lost, met);
  }
  return fit;
}

/// What the inside of the parameters has to gain over a boundary to count.
constexpr double k_least_gain = 1e-7;
/// ln alpha and ln beta beyond it are the boundary.
constexpr double k_farthest = 25;
constexpr double k_longest_step = 2;
constexpr int k_most_steps = 200;

}  // namespace

void Renewals::add(std::size_t renewal, double ended, double renewed) {
  if (lost.size() < renewal) {
    lost.resize(renewal);
    kept.resize(renewal);
  }
  lost[renewal - 1] += ended;
  kept[renewal - 1] += renewed;
}

void Renewals::add_ended(std::size_t renewal, double contracts) {
  add_running(renewal - 1, contracts);
  add(renewal, contracts, 0);
}

void Renewals::add_running(std::size_t renewals, double contracts) {
  for (std::size_t t = 1; t <= renewals; ++t) add(t, 0, contracts);
}

double log_likelihood(const Renewals& renewals, double alpha, double beta) {
  return likelihood_at(renewals, {num::log(alpha), num::log(beta)}).value;
}

BetaGeometricFit fit_beta_geometric(const Renewals& renewals) {
  double lost = 0;
  double kept = 0;
  double lost_later = 0;  // after the first renewal
  double met_later = 0;
  for (std::size_t i = 0; i < renewals.periods(); ++i) {
    lost += renewals.lost[i];
    kept += renewals.kept[i];
    if (i == 0) continue;
    lost_later += renewals.lost[i];
    met_later += renewals.lost[i] + renewals.kept[i];
  }
  const double met = lost + kept;
  if (!(met > 0)) return at_boundary(RenewalBoundary::no_renewals, 0, 0);
  if (!(lost > 0)) return at_boundary(RenewalBoundary::all_kept, lost, met);
  if (!(kept > 0)) return at_boundary(RenewalBoundary::none_kept, lost, met);
  if (!(met_later > 0)) return at_boundary(RenewalBoundary::one_renewal, lost, met);

  BetaGeometricFit best = at_boundary(RenewalBoundary::all_alike, lost, met);
  const double met_first = met - met_later;
  if (!(lost_later > 0) && met_first > 0) {
    const BetaGeometricFit never =
        at_boundary(RenewalBoundary::all_or_never, lost - lost_later, met_first);
    if (never.log_likelihood > best.log_likelihood) best = never;
  }

  // From one whole customer's worth of knowledge, at the share that ends over all renewals.
  Two theta{num::log(2 * best.rate), num::log(2 * (1 - best.rate))};
  if (best.boundary == RenewalBoundary::all_or_never) theta = {0, 0};
  Likelihood here = likelihood_at(renewals, theta);
  int evaluations = 1;
  for (int i = 0; i < k_most_steps; ++i) {
    const Two step = newton_step(here, k_longest_step);
    double fraction = 1;
    Two next{};
    Likelihood there;
    bool higher = false;
    for (; fraction > 1e-9 && !higher; fraction *= 0.5) {
      next = {theta[0] + fraction * step[0], theta[1] + fraction * step[1]};
      there = likelihood_at(renewals, next);
      ++evaluations;
      higher = there.value >= here.value;
    }
    const double length = std::max(std::abs(step[0]), std::abs(step[1]));
    if (higher) {
      theta = next;
      here = there;
    }
    // Rounding decides whether the last steps seem to lead up; they are that small.
    if (!higher || length < 1e-10) break;
    if (std::abs(theta[0]) > k_farthest || std::abs(theta[1]) > k_farthest) break;
  }
  const double determinant = here.hessian[0] * here.hessian[2] - here.hessian[1] * here.hessian[1];
  best.evaluations = evaluations;
  // Not a maximum, or none that is higher than the edge it runs to.
  if (!(here.value > best.log_likelihood + k_least_gain) || !(determinant > 0) ||
      !(here.hessian[0] < 0)) {
    return best;
  }
  BetaGeometricFit fit;
  fit.alpha = num::exp(theta[0]);
  fit.beta = num::exp(theta[1]);
  fit.rate = fit.alpha / (fit.alpha + fit.beta);
  fit.log_covariance = {-here.hessian[2] / determinant, here.hessian[1] / determinant,
                        -here.hessian[0] / determinant};
  fit.log_likelihood = here.value;
  fit.evaluations = evaluations;
  return fit;
}

}  // namespace growth::calibrate
