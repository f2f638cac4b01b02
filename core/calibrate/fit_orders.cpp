#include <algorithm>
#include <cmath>

#include "calibrate/cells.hpp"
#include "calibrate/cohort_table.hpp"
#include "calibrate/comparison.hpp"
#include "calibrate/gamma_gamma.hpp"
#include "calibrate/observed.hpp"
#include "calibrate/order_values.hpp"
#include "calibrate/orders_warnings.hpp"
#include "calibrate/outlook.hpp"
#include "calibrate/repeat_curve.hpp"
#include "calibrate/repurchase_rate.hpp"
#include "calibrate/season.hpp"
#include "calibrate/uncertain_estimate.hpp"
#include "number/elementary.hpp"
#include "sampling/normal.hpp"

namespace growth {
namespace calibrate {
namespace {

constexpr CustomerBaseModel k_models[] = {CustomerBaseModel::nbd, CustomerBaseModel::bg_nbd,
                                          CustomerBaseModel::mbg_nbd, CustomerBaseModel::pareto_nbd};
// The plan's longest horizon: past the end of a repeat curve the plan takes no repeat orders at all.
constexpr int k_curve_months = 60;
constexpr double k_weeks_per_year = static_cast<double>(k_days_per_year) / k_days_per_week;
// The standard normal's 97.5 % point.
constexpr double k_z975 = 1.959963984540054;
// Evidence against "no churn" below which it counts as measured.
constexpr double k_significant = 0.05;

/// The part [from, to] of a longer run.
Progress part_of(const Progress& progress, double from, double to) {
  if (!progress) return {};
  return [&progress, from, to](double share) { return progress(from + (to - from) * share); };
}

bool can_be_fitted(const ObservedBase& base) {
  // A repeat order needs a customer with an age.
  return base.repeats > 0;
}

constexpr std::size_t k_alpha = 1;  // its place among the parameters

using Fits = std::vector<CustomerBaseFit>;

/// Every model, in the order of k_models; nothing when stopped.
std::optional<Fits> fit_models(const ObservedBase& base, const Progress& progress) {
  Fits fits;
  for (std::size_t i = 0; i < std::size(k_models); ++i) {
    const double models = static_cast<double>(std::size(k_models));
    auto fit = fit_customer_base(
        k_models[i], base.histories, nullptr,
        part_of(progress, static_cast<double>(i) / models, static_cast<double>(i + 1) / models));
    if (!fit) return {};
    // At the boundary only the mean rate is known, as well as the count of orders tells it.
    if (fit->at_boundary) {
      fit->log_covariance = {};
      fit->log_covariance[k_alpha * 4 + k_alpha] = 1 / static_cast<double>(base.repeats);
    }
    fits.push_back(*fit);
  }
  return fits;
}

double bic(const CustomerBaseFit& fit, double customers) {
  return parameter_count(fit.model) * num::log(customers) - 2 * fit.log_likelihood;
}

/// The fit with the lowest BIC.
const CustomerBaseFit& best_of(const Fits& fits, double customers) {
  return *std::min_element(fits.begin(), fits.end(), [&](const auto& a, const auto& b) {
    return bic(a, customers) < bic(b, customers);
  });
}

CustomerBaseModelFit described(const CustomerBaseFit& fit, double customers) {
  CustomerBaseModelFit model;
  model.model = fit.model;
  const auto count = static_cast<std::size_t>(parameter_count(fit.model));
  for (std::size_t i = 0; i < count; ++i) {
    model.parameters.push_back(fit.parameters[i]);
    if (fit.at_boundary) continue;
    const double error = std::sqrt(fit.log_covariance[i * 4 + i]);
    // Hundreds of e-folds say that nothing is known; beyond them a double ends.
    const double factor = num::exp(std::min(k_z975 * error, 300.0));
    model.log_standard_errors.push_back(error);
    model.intervals.push_back({fit.parameters[i] / factor, fit.parameters[i] * factor});
  }
  model.log_likelihood = fit.log_likelihood;
  model.aic = 2 * static_cast<double>(count) - 2 * fit.log_likelihood;
  model.bic = bic(fit, customers);
  model.at_boundary = fit.at_boundary;
  model.orders_in_year = expected_orders(fit.model, fit.parameters, k_weeks_per_year);
  return model;
}

/// The winner, the runner-up, and whether churn shows.
void judge(OrdersFit& result) {
  std::vector<const CustomerBaseModelFit*> ranked;
  for (const CustomerBaseModelFit& model : result.models) ranked.push_back(&model);
  std::sort(ranked.begin(), ranked.end(), [](const auto* a, const auto* b) { return a->bic < b->bic; });
  result.chosen = ranked[0]->model;
  result.runner_up = ranked[1]->model;
  result.margin = ranked[1]->bic - ranked[0]->bic;
  const CustomerBaseModelFit& nbd = result.models.front();
  const auto churn = std::max_element(
      result.models.begin() + 1, result.models.end(),
      [](const auto& a, const auto& b) { return a.log_likelihood < b.log_likelihood; });
  result.likelihood_ratio = std::max(0.0, 2 * (churn->log_likelihood - nbd.log_likelihood));
  // No churn lies on the boundary of the models with churn: half of a chi-square of one degree of
  // freedom, as an approximation.
  result.p_value = sampling::normal_upper_tail(std::sqrt(result.likelihood_ratio));
  result.churn_identifiable =
      !churn->at_boundary && result.p_value < k_significant && result.chosen != CustomerBaseModel::nbd;
}

struct SpendModel {
  SpendFit description;
  GammaGamma parameters;
};

/// Of the customers of `base` with at least one repeat order of a value.
std::optional<SpendModel> fit_spend(const ObservedBase& base) {
  std::vector<SpendHistory> histories;
  for (const ObservedCustomer& customer : base.customers) {
    if (customer.valued_repeats == 0) continue;
    histories.push_back({static_cast<double>(customer.valued_repeats), customer.mean_value});
  }
  if (histories.empty()) return {};
  const std::optional<GammaGammaFit> fit = fit_gamma_gamma(histories);
  if (!fit) return {};
  const auto estimate = [&](double value, std::size_t place) {
    return Estimate{value, value * std::sqrt(fit->log_covariance[place * 4])};
  };
  SpendModel model{{}, fit->parameters};
  SpendFit& spend = model.description;
  spend.p = estimate(fit->parameters.p, 0);
  spend.q = estimate(fit->parameters.q, 1);
  spend.v = estimate(fit->parameters.v, 2);
  spend.log_likelihood = fit->log_likelihood;
  spend.at_boundary = fit->at_boundary;
  spend.customers = histories.size();
  spend.correlation = orders_and_spend_correlation(histories);
  spend.mean = mean_spend(fit->parameters);
  spend.median = median_spend(fit->parameters);
  return model;
}

std::vector<UncertainInput> uncertain_inputs(const OrdersFit& fit) {
  std::vector<UncertainInput> inputs;
  const auto add = [&](std::string path, const std::optional<DistributionOfInput>& distribution) {
    if (distribution) inputs.push_back({std::move(path), *distribution});
  };
  const bool yuan = fit.records.currency == "CNY";
  if (fit.values && yuan) {
    add("orders.average_order_value", normal_around(fit.values->first));
  }
  if (fit.values && fit.values->ratio) {
    add("repurchase.order_value_ratio", normal_around(*fit.values->ratio));
  }
  if (fit.formula) {
    add("repurchase.orders_per_repeater", lognormal_around(fit.formula->orders_per_repeater));
    const auto rate = beta_around(fit.formula->rate);
    if (fit.scope != OrdersScope::outside) add("repurchase.private_rate", rate);
    if (fit.scope != OrdersScope::private_pool) add("repurchase.public_rate", rate);
    add("repurchase.retention", normal_around(fit.formula->retention));
  }
  std::sort(inputs.begin(), inputs.end(),
            [](const UncertainInput& a, const UncertainInput& b) { return a.path < b.path; });
  return inputs;
}

/// Months of age that the curve is given for: with churn measured, as far as a plan can reach; without,
/// a constant rate would go on for ever, so only what the record shows.
int curve_months(const OrderLog& log, const OrdersFit& fit) {
  if (fit.churn_identifiable) return k_curve_months;
  return std::clamp((log.last - log.first) / k_days_per_month, 1, k_curve_months);
}

/// The formula's numbers where the plan can take them.
bool plan_can_take(const RepeatFormula& formula) {
  return formula.retention.value >= 0.01 && formula.orders_per_repeater.value >= 1 &&
         formula.orders_per_repeater.value <= 1000;
}

/// Logarithm of predicted over actual orders of the chosen model's holdout; 0 without one.
double forecast_error(const OrdersFit& fit) {
  const auto chosen = std::find_if(fit.models.begin(), fit.models.end(),
                                   [&](const auto& model) { return model.model == *fit.chosen; });
  const std::optional<HoldoutErrors>& holdout = chosen->holdout;
  if (!holdout || !(holdout->actual > 0) || !(holdout->predicted > 0)) return 0;
  return num::log(holdout->predicted / holdout->actual);
}

/// What can be said of the record without any model.
void measure(const OrderLog& log, OrdersFit& fit) {
  fit.customers = log.customers;
  fit.orders = log.orders.size();
  fit.values = order_values(log);
  fit.concentration = concentration(log);
  fit.rate_of_cohort = rate_of_cohort(log);
  fit.rate_of_period = rate_of_period(log);
  fit.period_rate_days = period_rate_days(log);
  fit.cohorts = cohort_table(log);
}

/// The fits of one stretch of the record and what they were fitted to.
struct Fitted {
  Clock clock;
  ObservedBase base;
  Fits fits;
  std::optional<SeasonIndex> season;
};

/// In operational time where a season is asked for: fitted once to find the index, once with it.
std::optional<Fitted> fit_record(const OrderLog& log, Day calibration_end, bool season,
                                 const Progress& progress) {
  Fitted fitted;
  fitted.base = observe(log, calibration_end, fitted.clock);
  if (!can_be_fitted(fitted.base)) return fitted;
  auto fits = fit_models(fitted.base, part_of(progress, 0, season ? 0.5 : 1));
  if (!fits) return {};
  fitted.fits = std::move(*fits);
  if (!season) return fitted;
  const CustomerBaseFit& best = best_of(fitted.fits, static_cast<double>(fitted.base.customers.size()));
  const ExpectedOrders expected(best.model, best.parameters, fitted.clock.weeks(log.first, log.last));
  fitted.season = season_index(log, fitted.base, fitted.clock, expected);
  fitted.clock = Clock(*fitted.season, log.first, log.last);
  fitted.base = observe(log, calibration_end, fitted.clock);
  fits = fit_models(fitted.base, part_of(progress, 0.5, 1));
  if (!fits) return {};
  fitted.fits = std::move(*fits);
  return fitted;
}

/// Errors of every model on the part of the record after `held.base.calibration_end`.
bool compare(const Fitted& held, OrdersFit& fit, const Progress& progress) {
  if (held.fits.empty() || !(held.base.held_out_weeks > 0)) return true;
  const double models = static_cast<double>(fit.models.size());
  for (std::size_t i = 0; i < fit.models.size(); ++i) {
    if (!compare_with_holdout(
            held.base, held.fits[i].parameters, fit.models[i],
            part_of(progress, static_cast<double>(i) / models, static_cast<double>(i + 1) / models))) {
      return false;
    }
  }
  return true;
}

/// Weeks, observed and as expected by what was fitted before the holdout.
void track(const OrderLog& log, const Fitted& fitted, OrdersFit& fit) {
  if (fitted.fits.empty()) return;
  fit.week_ends = week_ends(log.first, log.last);
  fit.weekly = weekly_repeats(log, fitted.base, fit.week_ends);
  for (std::size_t i = 0; i < fit.models.size(); ++i) {
    const CustomerBaseFit& model = fitted.fits[i];
    const ExpectedOrders expected(model.model, model.parameters,
                                  fitted.clock.weeks(log.first, log.last));
    fit.models[i].weekly = expected_weekly_repeats(fitted.base, fitted.clock, expected, fit.week_ends);
  }
}

/// Customers by their repeat orders, observed and expected.
void count(const Fitted& fitted, OrdersFit& fit) {
  fit.frequency = customers_by_repeats(fitted.base);
  for (std::size_t i = 0; i < fit.models.size(); ++i) {
    const CustomerBaseFit& model = fitted.fits[i];
    fit.models[i].frequency = expected_customers_by_repeats(fitted.base, model.model, model.parameters);
  }
}

Errors outside_record(const OrderLog& log, Day given) {
  const std::string from = date_text(log.first);
  const std::string to = date_text(log.last - 1);
  Error error;
  error.code = ErrorCode::out_of_range;
  error.path = "calibration_end";
  error.message = {
      "校准截止日要在订单记录之内，" + from + " 到 " + to + "，现在是 " + date_text(given) + "。",
      "The end of calibration must lie within the record, " + from + " to " + to + ", but is " +
          date_text(given) + "."};
  error.got = date_text(given);
  error.allowed = from + ".." + to;
  return {error};
}

}  // namespace
}  // namespace calibrate

Result<OrdersFit> fit_orders(Table& table, const OrdersRequest& request, const Execution& execution) {
  using namespace calibrate;
  const Progress& progress = execution.progress;
  Result<OrderLog> read = read_order_log(table, request, part_of(progress, 0, 0.5));
  if (!read.ok()) return read.errors();
  const OrderLog log = std::move(read).value();
  if (request.calibration_end &&
      (*request.calibration_end < log.first || *request.calibration_end >= log.last)) {
    return outside_record(log, *request.calibration_end);
  }
  OrdersFit fit;
  fit.records = log.records;
  fit.scope = request.scope;
  fit.period = {log.first, log.last, request.calibration_end.value_or(log.last), false};
  measure(log, fit);

  const auto fitted =
      fit_record(log, fit.period.calibration_end, request.season, part_of(progress, 0.5, 0.7));
  if (!fitted) return Errors{};
  const std::optional<SpendModel> spend =
      log.has_amounts ? fit_spend(fitted->base) : std::optional<SpendModel>();
  if (spend) fit.spend = spend->description;
  if (!fitted->fits.empty()) {
    const double customers = static_cast<double>(fitted->base.customers.size());
    for (const CustomerBaseFit& model : fitted->fits) fit.models.push_back(described(model, customers));
    judge(fit);
    fit.season = fitted->season;

    std::optional<Fitted> quarter;
    if (!request.calibration_end) {
      const Day split = log.first + 3 * (log.last - log.first) / 4;
      quarter = fit_record(log, split, request.season, part_of(progress, 0.7, 0.8));
      if (!quarter) return Errors{};
      fit.period.calibration_end = split;
      fit.period.refit = true;
    }
    if (!compare(quarter ? *quarter : *fitted, fit, part_of(progress, 0.8, 0.9))) {
      return Errors{};
    }
    track(log, quarter ? *quarter : *fitted, fit);
    count(*fitted, fit);
    const CustomerBaseFit& chosen = best_of(fitted->fits, customers);
    fit.rate_of_model =
        1 - order_count_probability(chosen.model, chosen.parameters, 0, k_weeks_per_year);
    const double missed = forecast_error(fit);
    fit.curve = repeat_curve(log, chosen, curve_months(log, fit), missed);
    const RepeatFormula formula = repeat_formula(chosen, missed);
    if (plan_can_take(formula)) fit.formula = formula;
    fit.outlook = outlook(log, fitted->base, chosen, spend ? &spend->parameters : nullptr,
                          request.outlook, part_of(progress, 0.9, 1));
    if (!fit.outlook) return Errors{};
  }
  fit.inputs = uncertain_inputs(fit);
  fit.warnings = log.records.warnings;
  const std::vector<Warning> own = orders_warnings(log, fitted->base, fit);
  fit.warnings.insert(fit.warnings.end(), own.begin(), own.end());
  return fit;
}

}  // namespace growth
