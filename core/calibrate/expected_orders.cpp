// What a customer will still buy. The usual closed forms have poles at a = 1, a + b + x = 1 and s = 1,
// and their hypergeometric functions overflow or cancel; here only positive numbers are added.
#include "calibrate/beta_mean.hpp"
#include "calibrate/customer_base.hpp"
#include "calibrate/exponential_integral.hpp"
#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

/// Of a customer who is one at the end of the record.
struct Staying {
  double shape;  // of the purchase rate: r + x and alpha + T
  double scale;
  double a;  // of the probability of leaving after an order; or s and beta + T
  double b;
};

Staying staying(CustomerBaseModel model, const Parameters& parameters, const History& history) {
  const auto [r, alpha, third, fourth] = parameters;
  const double shape = r + history.repeats;
  const double scale = alpha + history.age;
  if (model == CustomerBaseModel::pareto_nbd) return {shape, scale, third, fourth + history.age};
  return {shape, scale, third,
          fourth + history.repeats + (model == CustomerBaseModel::mbg_nbd ? 1 : 0)};
}

// Customers who may place more orders than that are not counted order by order.
constexpr double k_most_counted_orders = 2000;
constexpr double k_least_log_of_none = -600;

/// E[Y(t)] = Σ_n P(n orders in t of one who never leaves) Σ_(k<n) P(not gone after k of them), with
/// time = t/scale: two recurrences.
double by_counting(const Staying& customer, double time) {
  const double chance = time / (1 + time);
  double probability = num::exp(-customer.shape * num::log1p(time));
  double still = 1;
  double placed = 0;
  double sum = 0;
  for (double n = 1; n < 4 * k_most_counted_orders; n += 1) {
    probability *= chance * (customer.shape + (n - 1)) / n;
    placed += still;
    still *= (customer.b + (n - 1)) / (customer.a + customer.b + (n - 1));
    sum += probability * placed;
    const double ratio =
        std::max(chance, chance * (customer.shape + n) / (n + 1));  // of the probabilities to come
    const double rest = 1 - ratio;
    if (rest > 0 && probability * ratio * (placed + 1 / rest) <= 1e-17 * rest * sum) break;
    // Nothing at all is expected within a time that is next to nothing.
    if (probability == 0) break;
  }
  return sum;
}

/// E[Y(t)] = E[(1 - (1 + p time)^-shape)/p].
double by_probability_of_leaving(const Staying& customer, double time) {
  const double scale = 1 / (1 + (customer.shape + 1) * time);
  return beta_mean(customer.a, customer.b, scale, 1,
                   [&](double p) { return -num::expm1(-customer.shape * num::log1p(p * time)) / p; });
}

double orders_until_leaving(const Staying& customer, double time) {
  const double mean = customer.shape * time;
  const double deviation = __builtin_sqrt(mean * (1 + time));
  const bool countable = mean + 9 * deviation + 40 * (1 + time) < k_most_counted_orders &&
                         -customer.shape * num::log1p(time) > k_least_log_of_none;
  return countable ? by_counting(customer, time) : by_probability_of_leaving(customer, time);
}

/// (1 - (1 + time)^(1-s))/(s - 1), which is log1p(time) at s = 1.
double time_until_leaving(double s, double time) {
  const double logarithm = num::log1p(time);
  const double exponent = (s - 1) * logarithm;
  if (exponent < 1e-9 && exponent > -1e-9) return logarithm * (1 - 0.5 * exponent);
  return -num::expm1(-exponent) / (s - 1);
}

}  // namespace

double expected_orders(CustomerBaseModel model, const Parameters& parameters, const History& history,
                       double horizon) {
  const Staying customer = staying(model, parameters, history);
  const double rate = customer.shape / customer.scale;
  if (model == CustomerBaseModel::nbd) return rate * horizon;
  if (!(horizon > 0)) return 0;
  const double probability = alive(model, parameters, history);
  if (model == CustomerBaseModel::pareto_nbd) {
    return probability * rate * (customer.b * time_until_leaving(customer.a, horizon / customer.b));
  }
  return probability * orders_until_leaving(customer, horizon / customer.scale);
}

double expected_orders(CustomerBaseModel model, const Parameters& parameters, double horizon) {
  return expected_orders(model, parameters, History{}, horizon);
}

double residual_orders(CustomerBaseModel model, const Parameters& parameters, const History& history,
                       double rate) {
  const Staying customer = staying(model, parameters, history);
  if (model == CustomerBaseModel::nbd) return customer.shape / customer.scale / rate;
  const double probability = alive(model, parameters, history);
  if (model == CustomerBaseModel::pareto_nbd) {
    ScaledExponentialIntegral discounted(customer.a);
    return probability * (customer.shape / customer.scale) *
           (customer.b * discounted(rate * customer.b));
  }
  // E[shape/p ∫ over v from 1 to ∞ of e^(-w (v - 1)) v^-(shape+1)], w = rate·scale/p.
  const double discount = rate * customer.scale;
  ScaledExponentialIntegral discounted(customer.shape + 1);
  const double flat = std::min(1.0, discount / (customer.shape + 1));
  return probability * beta_mean(customer.a, customer.b, flat, 1, [&](double p) {
           return customer.shape / p * discounted(discount / p);
         });
}

double alive(CustomerBaseModel model, const Parameters& parameters, double weeks) {
  if (model == CustomerBaseModel::nbd) return 1;
  const Staying customer = staying(model, parameters, History{});
  if (model == CustomerBaseModel::pareto_nbd) {
    return num::exp(-customer.a * num::log1p(weeks / customer.b));
  }
  const double time = weeks / customer.scale;
  const double scale = 1 / (1 + (customer.shape + 1) * time);
  const double stayed = beta_mean(customer.a, customer.b, scale, customer.shape, [&](double p) {
    return num::exp(-customer.shape * num::log1p(p * time));
  });
  return std::min(1.0, stayed) * alive(model, parameters, History{});
}

}  // namespace growth::calibrate
