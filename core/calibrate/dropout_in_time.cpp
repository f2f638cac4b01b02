// Pareto/NBD: customers leave at a rate that is gamma distributed with shape s and scale beta, also
// between orders.
//
//   L = Γ(r+x)/Γ(r) alpha^r s beta^s { (alpha+T)^-(r+x) (beta+T)^-s / s
//                                      + ∫ from t_x to T (alpha+y)^-(r+x) (beta+y)^-(s+1) dy }
//
// The usual closed form is a difference of hypergeometric functions that overflow and cancel. In
// u = ln((m+y)/(m+t_x)), m the smaller of alpha and beta, the integrand is log-concave: cut off where
// it must have fallen below e^-38, a Gauss-Legendre rule of 24 nodes (12, where it falls little) gives
// ten digits and its moments the derivatives.
#include <algorithm>

#include "calibrate/gauss_legendre.hpp"
#include "calibrate/likelihood.hpp"
#include "calibrate/pack.hpp"

namespace growth::calibrate {
namespace {

constexpr std::size_t k_groups_per_pulse = 1 << 12;
constexpr double k_negligible = 38;  // e^-38 is below a double's last digit
// 12 nodes integrate e^-12 s to 1e-12; the poles are π away from the u axis, so that 12 nodes reach as
// far as k_near and 24 as far as k_far.
constexpr double k_little = 12;
constexpr double k_near = 4;
constexpr double k_far = 10;

/// One of the two scales, and the power of (scale + y) in the integrand.
struct Scale {
  double value;
  double power;
};

/// ∫ of ((small+y)/(small+t))^-small.power ((large+y)/(large+t))^-large.power (dy/(small+t)) and, under
/// it as a density, the moments of how much log1p(y/scale) and y/(scale+y) exceed those at t. Index 0
/// and 1: of the smaller scale, 2 and 3: of the larger one.
struct Leaving {
  double logarithm;
  std::array<double, 4> mean;
  std::array<std::array<double, 4>, 4> square;  // lower triangle of the second moments
};

/// How fast the logarithm of the integrand falls in u, where small + y is `place`.
double fall(const Scale& small, const Scale& large, double place) {
  return small.power + large.power * (place / (place + (large.value - small.value))) - 1;
}

/// Where the integrand in u has fallen below e^-38 of its value at one of a few places, by its slope
/// there; at most `end`.
double cut_off(const Scale& small, const Scale& large, double from, double end) {
  // e^u at the places u = 0, 0.1, 0.3, 0.6, 1, 2, 4, 8.
  constexpr std::array<double, 8> k_places = {0, 0.1, 0.3, 0.6, 1, 2, 4, 8};
  constexpr std::array<double, 8> k_growth = {1,
                                              1.1051709180756477,
                                              1.3498588075760032,
                                              1.8221188003905089,
                                              2.718281828459045,
                                              7.38905609893065,
                                              54.598150033144236,
                                              2980.9579870417283};
  double result = end;
  for (std::size_t i = 0; i < k_places.size() && k_places[i] < result; ++i) {
    const double rate = fall(small, large, (small.value + from) * k_growth[i]);
    if (rate > 0) result = std::min(result, k_places[i] + k_negligible / rate);
  }
  return result;
}

template <class Rule>
Leaving leaving_until(double cut, int panels, const Scale& small, const Scale& large, double from) {
  const double start = small.value + from;
  const double large_start = large.value + from;
  const double to_large = start / large_start;
  const double small_share = small.value / start;
  const double large_share = large.value / large_start;
  Pack sum{0.0};
  std::array<Pack, 4> first{Pack{0.0}, Pack{0.0}, Pack{0.0}, Pack{0.0}};
  std::array<Pack, 10> second;
  second.fill(Pack{0.0});
  const double width = cut / panels;
  for (std::size_t i = 0; i < panels * Rule::nodes.size(); i += k_lanes) {
    // Both rules have a multiple of four nodes.
    const std::size_t panel = i / Rule::nodes.size();
    const std::size_t at = i % Rule::nodes.size();
    Pack u, weight;
    for (int lane = 0; lane < k_lanes; ++lane) {
      u.set_lane(lane, width * (static_cast<double>(panel) + Rule::nodes[at + lane]));
      weight.set_lane(lane, Rule::weights[at + lane]);
    }
    const Pack growth = num::exp(u);
    const Pack passed = (growth - 1.0) * to_large;  // (y - t)/(large + t)
    const Pack large_log = num::log1p(passed);
    const Pack g = weight * num::exp(u - u * small.power - large_log * large.power);
    const Pack x1 = small_share * (1.0 - 1.0 / growth);
    const Pack x3 = large_share * (passed / (1.0 + passed));
    const Pack g0 = g * u;
    const Pack g1 = g * x1;
    const Pack g2 = g * large_log;
    const Pack g3 = g * x3;
    sum = sum + g;
    first[0] = first[0] + g0;
    first[1] = first[1] + g1;
    first[2] = first[2] + g2;
    first[3] = first[3] + g3;
    second[0] = second[0] + g0 * u;
    second[1] = second[1] + g1 * u;
    second[2] = second[2] + g1 * x1;
    second[3] = second[3] + g2 * u;
    second[4] = second[4] + g2 * x1;
    second[5] = second[5] + g2 * large_log;
    second[6] = second[6] + g3 * u;
    second[7] = second[7] + g3 * x1;
    second[8] = second[8] + g3 * large_log;
    second[9] = second[9] + g3 * x3;
  }
  const double whole = total(sum);
  Leaving result{};
  result.logarithm = num::log(whole * width);
  for (std::size_t i = 0, at = 0; i < 4; ++i) {
    result.mean[i] = total(first[i]) / whole;
    for (std::size_t j = 0; j <= i; ++j, ++at) result.square[i][j] = total(second[at]) / whole;
  }
  return result;
}

Leaving leaving(const Scale& small, const Scale& large, double from, double to) {
  const double start = small.value + from;
  const double cut = cut_off(small, large, from, num::log1p((to - from) / start));
  // It falls fastest at the end.
  if (cut < k_near && cut * fall(small, large, small.value + to) < k_little) {
    return leaving_until<GaussLegendre<12>>(cut, 1, small, large, from);
  }
  return leaving_until<GaussLegendre<24>>(cut, 1 + static_cast<int>(cut / k_far), small, large, from);
}

/// log1p(time/scale) and time/(scale + time) at the last order and at the end of the record.
struct Ends {
  double log_last;
  double log_age;
  double share_last;
  double share_age;
};

/// d = ln of the odds of having left, with its derivatives and second derivatives in (ln r, ln alpha,
/// ln s, ln beta).
Curve log_odds_gone(const Parameters& parameters, const History& history, const Ends& of_alpha,
                    const Ends& of_beta) {
  const auto [r, alpha, s, beta] = parameters;
  const double shape = r + history.repeats;
  const bool alpha_first = alpha <= beta;
  const Scale rate{alpha, shape};
  const Scale leaving_rate{beta, s + 1};
  const Leaving gone = alpha_first ? leaving(rate, leaving_rate, history.last, history.age)
                                   : leaving(leaving_rate, rate, history.last, history.age);
  const double smaller = alpha_first ? alpha : beta;
  Curve d;
  d.value = num::log(s / beta * (smaller + history.last)) + gone.logarithm +
            shape * (of_alpha.log_age - of_alpha.log_last) + s * (of_beta.log_age - of_beta.log_last) -
            of_beta.log_last;

  // Which moment stands for which of log and share of alpha, log and share of beta.
  const std::array<std::size_t, 4> at =
      alpha_first ? std::array<std::size_t, 4>{0, 1, 2, 3} : std::array<std::size_t, 4>{2, 3, 0, 1};
  const auto mean = [&](std::size_t i) { return gone.mean[at[i]]; };
  const auto square = [&](std::size_t i, std::size_t j) {
    return gone.square[std::max(at[i], at[j])][std::min(at[i], at[j])];
  };
  // Derivatives of the logarithm of the integrand are -r log, (r+x) share, -s log and (s+1) share.
  const std::array<double, 4> factor = {-r, shape, -s, s + 1};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      d.hessian[i][j] = factor[i] * factor[j] * (square(i, j) - mean(i) * mean(j));
    }
  }
  // Differences to the term of those who stay: with the logarithms and shares at the end of the record.
  const double share_alpha = of_alpha.share_last + mean(1);
  const double share_beta = of_beta.share_last + mean(3);
  const double log_alpha = of_alpha.log_last + mean(0) - of_alpha.log_age;
  const double log_beta = of_beta.log_last + mean(2) - of_beta.log_age;
  const double above_alpha = share_alpha - of_alpha.share_age;
  const double above_beta = share_beta - of_beta.share_age;
  d.gradient = {-r * log_alpha, shape * above_alpha, 1 - s * log_beta,
                (s + 1) * above_beta + of_beta.share_age - 1};
  // Means of share·(1 - share), of those who left and at the end.
  const double spread_alpha = share_alpha * (1 - share_alpha) - (square(1, 1) - mean(1) * mean(1));
  const double spread_beta = share_beta * (1 - share_beta) - (square(3, 3) - mean(3) * mean(3));
  const double end_alpha = of_alpha.share_age * (1 - of_alpha.share_age);
  const double end_beta = of_beta.share_age * (1 - of_beta.share_age);
  d.hessian[0][0] -= r * log_alpha;
  d.hessian[1][0] += r * above_alpha;
  d.hessian[1][1] -= shape * (spread_alpha - end_alpha);
  d.hessian[2][2] -= s * log_beta;
  d.hessian[3][2] += s * above_beta;
  d.hessian[3][3] -= (s + 1) * spread_beta - s * end_beta;
  return d;
}

/// Adds ln(1 + e^d) of `customers`.
void add_either(double customers, const Curve& d, Curve& sum) {
  const double e = num::exp(d.value < 0 ? d.value : -d.value);
  const double larger = 1 / (1 + e);
  const double gone = customers * (d.value < 0 ? e * larger : larger);
  const double both = customers * e * larger * larger;
  sum.value += customers * ((d.value < 0 ? 0 : d.value) + num::log1p(e));
  for (std::size_t i = 0; i < 4; ++i) {
    sum.gradient[i] += gone * d.gradient[i];
    for (std::size_t j = 0; j <= i; ++j) {
      sum.hessian[i][j] += gone * d.hessian[i][j] + both * d.gradient[i] * d.gradient[j];
    }
  }
}

/// ln L of those who stay is that of their purchases and -s log1p(T/beta).
void add_staying(const RepeatSummary& summary, double s, const ScaledTimes& of_beta, Curve& sum) {
  for (std::size_t i = 0; i < of_beta.logarithm.size(); ++i) {
    const double weight = s * summary.customers_of_age()[i];
    const double logarithm = of_beta.logarithm[i];
    const double share = of_beta.share[i];
    sum.value -= weight * logarithm;
    sum.gradient[2] -= weight * logarithm;
    sum.gradient[3] += weight * share;
    sum.hessian[2][2] -= weight * logarithm;
    sum.hessian[3][2] += weight * share;
    sum.hessian[3][3] -= weight * share * (1 - share);
  }
}

Ends ends(const ScaledTimes& scaled, const Histories::Group& group) {
  return {scaled.logarithm[group.last], scaled.logarithm[group.age], scaled.share[group.last],
          scaled.share[group.age]};
}

}  // namespace

double log_odds_gone_in_time(const Parameters& parameters, const History& history) {
  if (!(history.age > history.last)) return -__builtin_inf();
  const std::vector<double> times{history.last, history.age};
  const Histories::Group group{0, 0, 1, 1};
  return log_odds_gone(parameters, history, ends(ScaledTimes(times, parameters[1]), group),
                       ends(ScaledTimes(times, parameters[3]), group))
      .value;
}

bool add_dropout_in_time(const RepeatSummary& summary, const Parameters& parameters, const Pulse& pulse,
                         Curve& sum) {
  const auto [r, alpha, s, beta] = parameters;
  const Histories& histories = summary.histories();
  const ScaledTimes of_alpha(histories.times, alpha);
  const ScaledTimes of_beta(histories.times, beta);
  add_purchases(summary, r, alpha, of_alpha, sum);
  add_staying(summary, s, of_beta, sum);
  const auto& groups = histories.groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (pulse && i % k_groups_per_pulse == 0 &&
        !pulse(static_cast<double>(i) / static_cast<double>(groups.size()))) {
      return false;
    }
    const Histories::Group& group = groups[i];
    const History history = histories.history(group);
    // Who bought on the last day has had no time to leave.
    if (!(history.age > history.last)) continue;
    add_either(group.customers,
               log_odds_gone(parameters, history, ends(of_alpha, group), ends(of_beta, group)), sum);
  }
  return true;
}

}  // namespace growth::calibrate
