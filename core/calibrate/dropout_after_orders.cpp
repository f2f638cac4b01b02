// BG/NBD and MBG/NBD: after an order the customer leaves with a probability p that is beta distributed
// over customers. MBG/NBD lets customers leave after the first order, too, so that b + 1 takes the
// place of b and one-time buyers may be gone.
//
//   L = Γ(r+x)/Γ(r) alpha^r B(a, b'+x)/B(a, b) [ (alpha+T)^-(r+x) + a/(b'+x-1) (alpha+t_x)^-(r+x) ]
//
// with b' = b in BG/NBD, where the second term is missing for x = 0, and b' = b + 1 in MBG/NBD.
#include "calibrate/likelihood.hpp"
#include "calibrate/pack.hpp"

namespace growth::calibrate {
namespace {

constexpr std::size_t k_groups_per_pulse = 1 << 16;

/// ln B(a, b+n)/B(a, b) = -Σ_(k<n) log1p(a/(b+k)), n = x or x + 1.
void add_survived_orders(const RepeatSummary& summary, double a, double b, bool may_leave_at_once,
                         Curve& sum) {
  const auto& more_than = summary.more_than();
  const std::size_t first = may_leave_at_once ? 1 : 0;
  for (std::size_t k = 0; k < more_than.size() + first; ++k) {
    const double customers = k < first ? summary.customers() : more_than[k - first];
    const double whole = static_cast<double>(k);
    const double all = a + b + whole;
    const double leaving = a / all;
    const double staying = (b + whole) / all;
    const double b_share = b / (b + whole);
    sum.value -= customers * num::log1p(a / (b + whole));
    sum.gradient[2] -= customers * leaving;
    sum.gradient[3] += customers * b_share * leaving;
    sum.hessian[2][2] -= customers * leaving * staying;
    sum.hessian[3][2] += customers * leaving * (b / all);
    // The derivative of b a/((b+k)(a+b+k)) in ln b.
    sum.hessian[3][3] += customers * b_share * leaving * (whole / (b + whole) - b / all);
  }
}

/// By number of repeat orders: ln(a/(b'+x-1)), -1 times its derivative in ln b, and that of it.
struct LeavingTable {
  std::vector<double> log_odds;
  std::vector<double> share;
  std::vector<double> slope;

  LeavingTable(std::size_t size, double a, double b, bool may_leave_at_once)
      : log_odds(size), share(size), slope(size) {
    for (std::size_t x = may_leave_at_once ? 0 : 1; x < size; ++x) {
      const double more = static_cast<double>(x) - (may_leave_at_once ? 0 : 1);
      log_odds[x] = num::log(a / (b + more));
      share[x] = b / (b + more);
      slope[x] = share[x] * (more / (b + more));
    }
  }
};

/// Sums over groups of the weights and the differences of the derivatives of the two terms.
struct Sums {
  Pack value{0.0};
  Pack gone{0.0}, gone_log{0.0}, gone_share{0.0}, gone_spread{0.0}, gone_b{0.0}, gone_bb{0.0};
  Pack both{0.0}, log_log{0.0}, log_share{0.0}, share_share{0.0}, log_1{0.0}, share_1{0.0};
  Pack log_b{0.0}, share_b{0.0}, b_1{0.0}, b_b{0.0}, gone_rate_share{0.0};
};

}  // namespace

double log_odds_gone_after_orders(const Parameters& parameters, bool may_leave_at_once,
                                  const History& history) {
  const auto [r, alpha, a, b] = parameters;
  if (history.repeats < 1 && !may_leave_at_once) return -__builtin_inf();
  const double more = history.repeats - (may_leave_at_once ? 0 : 1);
  return num::log(a / (b + more)) +
         (r + history.repeats) * num::log1p((history.age - history.last) / (alpha + history.last));
}

bool add_dropout_after_orders(const RepeatSummary& summary, const Parameters& parameters,
                              bool may_leave_at_once, const Pulse& pulse, Curve& sum) {
  const auto [r, alpha, a, b] = parameters;
  const Histories& histories = summary.histories();
  const ScaledTimes scaled(histories.times, alpha);
  add_purchases(summary, r, alpha, scaled, sum);
  add_survived_orders(summary, a, b, may_leave_at_once, sum);

  // The rest is ln(1 + e^d) with d the difference of the logarithms of the two terms; its derivatives
  // are those of d under the probability of having left.
  const LeavingTable leaving(summary.more_than().size() + 1, a, b, may_leave_at_once);
  std::vector<double> spread;
  spread.reserve(scaled.share.size());
  for (const double share : scaled.share) spread.push_back(share * (1 - share));
  Sums sums;
  const auto& groups = histories.groups;
  for (std::size_t first = 0; first < groups.size(); first += k_lanes) {
    if (pulse && first % k_groups_per_pulse == 0 &&
        !pulse(static_cast<double>(first) / static_cast<double>(groups.size()))) {
      return false;
    }
    // Lanes without a customer have weight 0.
    Pack weight{0.0}, shape{0.0}, log_difference{0.0}, share_difference{0.0}, spread_difference{0.0};
    Pack log_odds{0.0}, b_share{0.0}, b_slope{0.0};
    for (int lane = 0; lane < k_lanes && first + lane < groups.size(); ++lane) {
      const Histories::Group& group = groups[first + lane];
      if (group.repeats == 0 && !may_leave_at_once) continue;
      weight.set_lane(lane, group.customers);
      shape.set_lane(lane, r + group.repeats);
      log_difference.set_lane(lane, scaled.logarithm[group.age] - scaled.logarithm[group.last]);
      share_difference.set_lane(lane, scaled.share[group.age] - scaled.share[group.last]);
      spread_difference.set_lane(lane, spread[group.age] - spread[group.last]);
      log_odds.set_lane(lane, leaving.log_odds[group.repeats]);
      b_share.set_lane(lane, leaving.share[group.repeats]);
      b_slope.set_lane(lane, leaving.slope[group.repeats]);
    }
    const Pack d = log_odds + shape * log_difference;
    const Pack e = num::exp(num::min(d, -d));
    const Pack larger = 1.0 / (1.0 + e);
    const Pack smaller = e * larger;
    const auto more_likely_gone = d > Pack(0.0);
    const Pack gone = weight * num::select(more_likely_gone, larger, smaller);
    const Pack both = weight * larger * smaller;
    const Pack share = shape * share_difference;
    sums.value = sums.value + weight * (num::max(d, Pack(0.0)) + num::log1p(e));
    sums.gone = sums.gone + gone;
    sums.gone_log = sums.gone_log + gone * log_difference;
    sums.gone_share = sums.gone_share + gone * share;
    sums.gone_rate_share = sums.gone_rate_share + gone * share_difference;
    sums.gone_spread = sums.gone_spread + gone * shape * spread_difference;
    sums.gone_b = sums.gone_b + gone * b_share;
    sums.gone_bb = sums.gone_bb + gone * b_slope;
    const Pack both_log = both * log_difference;
    const Pack both_share = both * share;
    const Pack both_b = both * b_share;
    sums.both = sums.both + both;
    sums.log_log = sums.log_log + both_log * log_difference;
    sums.log_share = sums.log_share + both_log * share;
    sums.share_share = sums.share_share + both_share * share;
    sums.log_1 = sums.log_1 + both_log;
    sums.share_1 = sums.share_1 + both_share;
    sums.log_b = sums.log_b + both_log * b_share;
    sums.share_b = sums.share_b + both_share * b_share;
    sums.b_1 = sums.b_1 + both_b;
    sums.b_b = sums.b_b + both_b * b_share;
  }
  // Derivatives of d: r log_difference, -share, 1 and -b_share.
  sum.value += total(sums.value);
  sum.gradient[0] += r * total(sums.gone_log);
  sum.gradient[1] -= total(sums.gone_share);
  sum.gradient[2] += total(sums.gone);
  sum.gradient[3] -= total(sums.gone_b);
  sum.hessian[0][0] += r * total(sums.gone_log) + r * r * total(sums.log_log);
  sum.hessian[1][0] -= r * (total(sums.gone_rate_share) + total(sums.log_share));
  sum.hessian[1][1] += total(sums.gone_spread) + total(sums.share_share);
  sum.hessian[2][0] += r * total(sums.log_1);
  sum.hessian[2][1] -= total(sums.share_1);
  sum.hessian[2][2] += total(sums.both);
  sum.hessian[3][0] -= r * total(sums.log_b);
  sum.hessian[3][1] += total(sums.share_b);
  sum.hessian[3][2] -= total(sums.b_1);
  sum.hessian[3][3] += total(sums.b_b) - total(sums.gone_bb);
  return true;
}

}  // namespace growth::calibrate
