#include "calibrate/outlook.hpp"

#include <algorithm>

#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_weeks_per_month = static_cast<double>(k_days_per_month) / k_days_per_week;

/// A customer that may be listed, and by what it is ranked.
struct Ranked {
  std::size_t place{};  // among the customers of the base
  History history;
  double expected{};
  double alive{};
  double worth{};  // expected spend, or orders where nothing is known of spend
};

}  // namespace

std::optional<Outlook> outlook(const OrderLog& log, const ObservedBase& base,
                               const CustomerBaseFit& fit, const GammaGamma* spend,
                               const OutlookRequest& request, const Progress& progress) {
  const double horizon = request.horizon_months * k_weeks_per_month;
  const double rate = num::log1p(request.discount_rate_monthly) / k_weeks_per_month;
  const auto value_of = [&](double orders, double mean) {
    return spend == nullptr ? std::optional<double>() : expected_spend(*spend, {orders, mean});
  };
  Outlook result;
  result.as_of = base.calibration_end;
  result.request = request;
  result.expected_spend = spend == nullptr ? std::optional<double>() : 0;
  // The best so far, the least of them in front.
  std::vector<Ranked> best;
  const auto better = [](const Ranked& a, const Ranked& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.place < b.place;
  };
  const auto listed = static_cast<std::size_t>(request.customers);
  std::size_t next = 0;
  std::size_t done = 0;
  constexpr std::size_t k_groups_between_reports = 8192;
  for (const Histories::Group& group : base.histories.groups) {
    if (progress && ++done % k_groups_between_reports == 0 &&
        !progress(static_cast<double>(done) / static_cast<double>(base.histories.groups.size()))) {
      return {};
    }
    const History history = base.histories.history(group);
    const double living = alive(fit.model, fit.parameters, history);
    const double orders = expected_orders(fit.model, fit.parameters, history, horizon);
    result.alive += group.customers * living;
    result.expected_orders += group.customers * orders;
    const auto customers = static_cast<std::size_t>(group.customers);
    for (const std::size_t end = next + customers; next < end; ++next) {
      const ObservedCustomer& customer = base.customers[next];
      const auto value = value_of(customer.valued_repeats, customer.mean_value);
      // One customer without an expectation leaves the total without one.
      if (!value) result.expected_spend.reset();
      if (result.expected_spend) *result.expected_spend += orders * *value;
      if (listed == 0) continue;
      const Ranked ranked{next, history, orders, living, value ? orders * *value : orders};
      if (best.size() == listed && !better(ranked, best.front())) continue;
      if (best.size() == listed) {
        std::pop_heap(best.begin(), best.end(), better);
        best.pop_back();
      }
      best.push_back(ranked);
      std::push_heap(best.begin(), best.end(), better);
    }
  }
  std::sort_heap(best.begin(), best.end(), better);
  for (const Ranked& ranked : best) {
    const ObservedCustomer& customer = base.customers[ranked.place];
    const DayHistory& days = customer.history;
    CustomerOutlook entry;
    entry.customer = std::string(log.name_of(customer.customer));
    entry.orders = days.repeats + 1;
    entry.last_order = customer.first + static_cast<Day>(days.last);
    entry.alive = ranked.alive;
    entry.expected_orders = ranked.expected;
    entry.residual_orders = residual_orders(fit.model, fit.parameters, ranked.history, rate);
    entry.order_value = value_of(customer.valued_repeats, customer.mean_value);
    result.customers.push_back(std::move(entry));
  }
  result.new_alive = alive(fit.model, fit.parameters, horizon);
  result.new_orders = expected_orders(fit.model, fit.parameters, horizon);
  result.new_residual_orders = residual_orders(fit.model, fit.parameters, History{}, rate);
  result.new_order_value = value_of(0, 0);
  return result;
}

}  // namespace growth::calibrate
