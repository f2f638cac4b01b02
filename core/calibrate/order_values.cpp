#include "calibrate/order_values.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "calibrate/observed.hpp"
#include "sampling/order_statistics.hpp"

namespace growth::calibrate {
namespace {

Estimate mean_of(const std::vector<double>& amounts) {
  if (amounts.empty()) return {};
  const auto [mean, sd] = sampling::mean_and_sd(amounts);
  return {mean, sd / std::sqrt(static_cast<double>(amounts.size()))};
}

}  // namespace

std::optional<OrderValues> order_values(const OrderLog& log) {
  if (!log.has_amounts) return {};
  std::vector<double> first;
  std::vector<double> repeat;
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    for (const Order* order = begin; order != end; ++order) {
      if (order->amount > 0) (order == begin ? first : repeat).push_back(order->amount);
    }
  });
  OrderValues values{mean_of(first), mean_of(repeat), {}, 0, 0};
  if (!first.empty() && !repeat.empty()) {
    const double ratio = values.repeat.value / values.first.value;
    const double relative = std::hypot(values.first.standard_error / values.first.value,
                                       values.repeat.standard_error / values.repeat.value);
    values.ratio = Estimate{ratio, ratio * relative};
  }
  std::vector<double> all = std::move(first);
  all.insert(all.end(), repeat.begin(), repeat.end());
  if (all.empty()) return {};
  values.mean = sampling::mean(all);
  const double half = 0.5;
  sampling::QuantileSelector().quantiles(all, {&half, 1}, {&values.median, 1});
  return values;
}

Concentration concentration(const OrderLog& log) {
  Concentration result;
  result.of_amounts = log.has_amounts;
  std::vector<double> worth;
  worth.reserve(log.customers);
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    double sum = 0;
    for (const Order* order = begin; order != end; ++order) sum += log.has_amounts ? order->amount : 1;
    worth.push_back(sum);
  });
  std::sort(worth.begin(), worth.end(), std::greater<>());
  const double customers = static_cast<double>(worth.size());
  double total = 0;
  double ranked = 0;  // Σ rank · worth, the best customer having rank 1
  for (std::size_t i = 0; i < worth.size(); ++i) {
    total += worth[i];
    ranked += static_cast<double>(i + 1) * worth[i];
  }
  if (!(total > 0)) return result;
  // A share of customers that is no whole number takes the last one in part.
  const auto top = [&](double share) {
    const double wanted = share * customers;
    double sum = 0;
    for (std::size_t i = 0; i < worth.size() && static_cast<double>(i) < wanted; ++i) {
      sum += worth[i] * std::min(1.0, wanted - static_cast<double>(i));
    }
    return sum / total;
  };
  result.top_1 = top(0.01);
  result.top_10 = top(0.10);
  result.top_20 = top(0.20);
  result.gini = (customers + 1 - 2 * ranked / total) / customers;
  return result;
}

}  // namespace growth::calibrate
