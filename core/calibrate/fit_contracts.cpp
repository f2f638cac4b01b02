#include <algorithm>
#include <cmath>

#include "calibrate/contract_log.hpp"
#include "calibrate/repeat_decay.hpp"
#include "growth/contracts.hpp"

namespace growth {

std::string_view contract_period_name(ContractPeriod period) {
  switch (period) {
    case ContractPeriod::week: return "week";
    case ContractPeriod::month: return "month";
    case ContractPeriod::quarter: return "quarter";
    case ContractPeriod::year: return "year";
  }
  return "";
}

std::string_view renewal_boundary_name(RenewalBoundary boundary) {
  switch (boundary) {
    case RenewalBoundary::none: return "none";
    case RenewalBoundary::no_renewals: return "no_renewals";
    case RenewalBoundary::all_kept: return "all_kept";
    case RenewalBoundary::none_kept: return "none_kept";
    case RenewalBoundary::one_renewal: return "one_renewal";
    case RenewalBoundary::all_alike: return "all_alike";
    case RenewalBoundary::all_or_never: return "all_or_never";
  }
  return "";
}

namespace calibrate {
namespace {

using Two = num::Dual<2>;

constexpr double k_two_sided = 1.959963984540054;  // 95 % of a normal distribution lie within
constexpr double k_one_sided_share = 0.05;
/// How far survival is carried on, and what of it becomes inputs of the plan.
constexpr double k_months_shown = 24;
constexpr int k_window_months = 12;
constexpr int k_window_months_of_years = 36;
constexpr std::size_t k_oldest_residual = 24;

double months_per_period(ContractPeriod period) {
  switch (period) {
    case ContractPeriod::week: return 7.0 / 30;
    case ContractPeriod::quarter: return 3;
    case ContractPeriod::year: return 12;
    case ContractPeriod::month: break;
  }
  return 1;
}

/// The month of age, from 1, into which a renewal falls.
std::size_t month_of_renewal(std::size_t renewal, ContractPeriod period) {
  return static_cast<std::size_t>(
      std::ceil(static_cast<double>(renewal) * months_per_period(period) - 1e-9));
}

/// A fit as functions of its parameters: of ln alpha and ln beta, or at a boundary of the rate.
class RenewalModel {
 public:
  explicit RenewalModel(const BetaGeometricFit& fit) : fit_(fit) {
    if (interior()) {
      alpha_ = Two(fit.alpha);
      alpha_.slope[0] = fit.alpha;
      beta_ = Two(fit.beta);
      beta_.slope[1] = fit.beta;
    } else {
      rate_ = Two(fit.rate);
      rate_.slope[0] = 1;
    }
  }

  [[nodiscard]] bool interior() const { return fit_.boundary == RenewalBoundary::none; }
  /// Whether renewals after the first can be told.
  [[nodiscard]] bool knows_later() const {
    return fit_.boundary != RenewalBoundary::no_renewals &&
           fit_.boundary != RenewalBoundary::one_renewal;
  }

  /// Share that renews at renewal t, from 1.
  [[nodiscard]] Two kept(std::size_t t) const {
    if (interior()) return retention(alpha_, beta_, static_cast<double>(t));
    if (fit_.boundary == RenewalBoundary::all_or_never && t > 1) return Two(1);
    return 1.0 - rate_;
  }

  [[nodiscard]] std::vector<Two> survival(std::size_t periods) const {
    std::vector<Two> shares{Two(1)};
    for (std::size_t t = 1; t <= periods; ++t) shares.push_back(shares.back() * kept(t));
    return shares;
  }

  [[nodiscard]] std::vector<ResidualLifetime> residual(double discount, std::size_t most) const {
    std::vector<ResidualLifetime> list;
    if (interior()) {
      const std::vector<Two> left = discounted_renewals(alpha_, beta_, discount, most);
      for (std::size_t n = 0; n <= most; ++n) {
        ResidualLifetime entry{by_logarithm(left[n]), {}};
        if (fit_.alpha > 1) {
          entry.undiscounted = residual_renewals(fit_.alpha, fit_.beta, static_cast<double>(n));
        }
        list.push_back(entry);
      }
    } else if (fit_.boundary == RenewalBoundary::all_alike) {
      const Two renew = 1.0 - rate_;
      const Two left = renew / (1.0 - renew * (1 / (1 + discount)));
      list.assign(most + 1, {by_logarithm(left), (1 - fit_.rate) / fit_.rate});
    }
    return list;
  }

  [[nodiscard]] double standard_error(const Two& number) const {
    const double x = number.slope[0];
    const double y = number.slope[1];
    const auto& c = fit_.log_covariance;
    return std::sqrt(std::max(0.0, x * x * c[0] + 2 * x * y * c[1] + y * y * c[2]));
  }

  /// 95 % of a positive number by its logarithm.
  [[nodiscard]] Banded by_logarithm(const Two& number) const {
    const double reach = k_two_sided * standard_error(number) / number.value;
    return {number.value, number.value * num::exp(-reach), number.value * num::exp(reach)};
  }

  /// 95 % of a share by its logit, which stays within 0 and 1.
  [[nodiscard]] Banded by_logit(const Two& share) const {
    const double rest = 1 - share.value;
    if (!(share.value > 0) || !(rest > 0)) return {share.value, share.value, share.value};
    const double reach = k_two_sided * standard_error(share) / (share.value * rest);
    const double odds = share.value / rest;
    const auto share_of = [](double at) { return at / (1 + at); };
    const double factor = num::exp(std::min(reach, 300.0));
    return {share.value, share_of(odds / factor), share_of(odds * factor)};
  }

 private:
  const BetaGeometricFit& fit_;
  Two alpha_{0.0};
  Two beta_{0.0};
  Two rate_{0.0};
};

double met_at(const Renewals& renewals, std::size_t i) { return renewals.lost[i] + renewals.kept[i]; }

void estimate_survival(const Renewals& renewals, const BetaGeometricFit& fit, const RenewalModel& model,
                       ContractsFit& result) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < renewals.periods(); ++i) {
    if (met_at(renewals, i) > 0) seen = i + 1;
  }
  result.periods = seen;
  const auto shown =
      static_cast<std::size_t>(std::ceil(k_months_shown / months_per_period(result.period) - 1e-9));
  const std::size_t periods = model.knows_later() ? std::max(seen, shown) : seen;
  // Observed: the product of what each renewal kept of those who met it (Kaplan & Meier 1958).
  double share = 1;
  for (std::size_t t = 0; t <= periods; ++t) {
    if (t > 0 && t <= seen && met_at(renewals, t - 1) > 0) {
      share *= renewals.kept[t - 1] / met_at(renewals, t - 1);
    }
    result.observed.push_back(t <= seen ? std::optional<double>(share) : std::nullopt);
  }
  if (fit.boundary == RenewalBoundary::no_renewals) return;
  double met = 0;
  for (std::size_t i = 0; i < renewals.periods(); ++i) met += met_at(renewals, i);
  // Where nobody or everybody ended, the rate that would have shown itself in 95 % of such records.
  const double unseen = -num::expm1(num::log(k_one_sided_share) / met);
  double power = 1;
  for (const Two& predicted : model.survival(periods)) {
    Banded band = model.by_logit(predicted);
    if (fit.boundary == RenewalBoundary::all_kept) band.low = power;
    if (fit.boundary == RenewalBoundary::none_kept && power < 1) band.high = power;
    result.survival.push_back(band);
    power *= fit.boundary == RenewalBoundary::none_kept ? unseen : 1 - unseen;
  }
  for (std::size_t t = 1; t <= periods; ++t) result.retention.push_back(model.kept(t).value);
}

constexpr double k_least_retention = 0.01;  // that repurchase.retention takes

void add_beta(ContractsFit& result, const char* path, double mean, double variance) {
  if (!(mean > 0 && mean < 1 && variance > 0)) return;
  const double concentration = mean * (1 - mean) / variance - 1;
  if (!(concentration > 0.5)) return;
  result.inputs.push_back({path, {DistributionKind::beta, {mean, concentration}}});
}

/// Renewals as repeat orders: inputs of the plan.
void estimate_formula(const Renewals& renewals, const BetaGeometricFit& fit, const RenewalModel& model,
                      ContractsFit& result) {
  if (fit.boundary == RenewalBoundary::no_renewals) return;
  RenewalFormula formula;
  const bool years = result.period == ContractPeriod::year;
  formula.window_months = years ? k_window_months_of_years : k_window_months;
  const Two first = model.kept(1);
  const double met = met_at(renewals, 0);
  formula.rate = {first.value, model.standard_error(first)};
  // Where all or none renewed, as after one more contract of which half did (Jeffreys).
  if (fit.boundary == RenewalBoundary::all_kept || fit.boundary == RenewalBoundary::none_kept) {
    double all = 0;
    double kept = 0;
    for (std::size_t i = 0; i < renewals.periods(); ++i) {
      all += met_at(renewals, i);
      kept += renewals.kept[i];
    }
    const double mean = (kept + 0.5) / (all + 1);
    formula.rate = {mean, std::sqrt(mean * (1 - mean) / (all + 2))};
  } else if (!model.interior() && !(met > 0)) {
    return;  // the first renewal has not been seen
  }
  add_beta(result, "repurchase.private_rate", formula.rate.value,
           formula.rate.standard_error * formula.rate.standard_error);
  const bool told = fit.boundary == RenewalBoundary::none ||
                    fit.boundary == RenewalBoundary::all_alike ||
                    fit.boundary == RenewalBoundary::all_or_never;
  if (told) {
    const auto periods = static_cast<std::size_t>(
        std::floor(formula.window_months / months_per_period(result.period) + 1e-9));
    const std::vector<Two> shares = model.survival(periods);
    Two total(0);
    double ages = 0;
    for (std::size_t t = 1; t < shares.size(); ++t) {
      total = total + shares[t];
      ages += shares[t].value * static_cast<double>(month_of_renewal(t, result.period));
    }
    const Two orders = total / first;
    formula.orders_per_repeater = Estimate{orders.value, model.standard_error(orders)};
    formula.retention = decay_of_mean_age(ages / total.value, formula.window_months, k_least_retention);
    // By the logarithm of what comes on top of the first, which is never negative.
    if (orders.value > 1 && formula.orders_per_repeater->standard_error > 0) {
      result.inputs.push_back(
          {"repurchase.orders_per_repeater",
           {DistributionKind::lognormal,
            {orders.value, formula.orders_per_repeater->standard_error / orders.value}}});
    }
    const auto months =
        static_cast<std::size_t>(std::max<double>(k_months_shown, formula.window_months));
    result.renewals_by_month.assign(months, 0);
    for (std::size_t t = 1; t < result.survival.size(); ++t) {
      const std::size_t month = month_of_renewal(t, result.period);
      if (month <= months) result.renewals_by_month[month - 1] += result.survival[t].value;
    }
  }
  result.formula = formula;
}

void warn(ContractsFit& result, const char* code, Message message) {
  result.warnings.push_back({code, "", std::move(message)});
}

void warn_of_boundary(ContractsFit& result) {
  switch (result.boundary) {
    case RenewalBoundary::none:
      if (result.alpha->value <= 1) {
        warn(result, "endless_lifetime",
             {"有一部分客户看起来会一直续下去，不打折扣的剩余期数算不出上限，请看按贴现算的。",
              "Some customers seem to renew for ever: undiscounted, what is left has no limit; use the "
              "discounted figure."});
      }
      if (result.alpha->standard_error > result.alpha->value) {
        warn(result, "few_contracts",
             {"合约太少，续费率随期数怎么变还看不准。",
              "There are too few contracts to tell well how renewal changes with age."});
      }
      return;
    case RenewalBoundary::no_renewals:
      return warn(result, "no_renewals",
                  {"还没有合约走到第一次续费，学不出续费率。",
                   "No contract has met its first renewal yet; there is nothing to learn."});
    case RenewalBoundary::all_kept:
      return warn(
          result, "all_kept",
          {"记录里没有一份合约结束；续费率不可能真是 100%，区间给出了下限。",
           "No contract has ended. The true rate is hardly 100 %; the band gives its lower end."});
    case RenewalBoundary::none_kept:
      return warn(result, "none_kept",
                  {"记录里没有一份合约续过费；区间给出了续费率的上限。",
                   "No contract has been renewed; the band gives the upper end of the rate."});
    case RenewalBoundary::one_renewal:
      return warn(result, "one_renewal",
                  {"只看到第一次续费，之后的续费率还不知道。",
                   "Only the first renewal has been seen; later ones are unknown."});
    case RenewalBoundary::all_alike:
      return warn(result, "all_alike",
                  {"续费率没有随期数变高，按每期同一个续费率算。",
                   "Renewal does not get likelier with age; one rate is taken for every period."});
    case RenewalBoundary::all_or_never:
      return warn(
          result, "all_or_never",
          {"续过一次的人都没走；以后当然也会有人走，只是记录里还看不到。",
           "Whoever renewed once has stayed. Some will leave one day, but not in this record."});
  }
}

}  // namespace
}  // namespace calibrate

Result<ContractsFit> fit_contracts(Table& table, const ContractsRequest& request,
                                   const Execution& execution) {
  using namespace calibrate;
  Result<ContractLog> read = read_contract_log(table, request, execution.progress);
  if (!read.ok()) return read.errors();
  ContractLog log = std::move(read).value();
  ContractsFit result;
  result.records = std::move(log.records);
  result.contracts = log.contracts;
  result.cohorts = std::move(log.cohorts);
  result.period = request.period;
  result.discount_rate = request.discount_rate;

  const BetaGeometricFit fit = fit_beta_geometric(log.renewals);
  const RenewalModel model(fit);
  result.boundary = fit.boundary;
  result.log_likelihood = fit.log_likelihood;
  if (model.interior()) {
    result.alpha = Estimate{fit.alpha, fit.alpha * std::sqrt(fit.log_covariance[0])};
    result.beta = Estimate{fit.beta, fit.beta * std::sqrt(fit.log_covariance[2])};
  }
  estimate_survival(log.renewals, fit, model, result);
  result.residual = model.residual(request.discount_rate, std::min(k_oldest_residual, result.periods));
  estimate_formula(log.renewals, fit, model, result);
  result.warnings = result.records.warnings;
  warn_of_boundary(result);
  return result;
}

}  // namespace growth
