#include "calibrate/likelihood.hpp"
#include "number/elementary.hpp"

namespace growth::calibrate {

RepeatSummary::RepeatSummary(const Histories& histories)
    : histories_(&histories),
      customers_of_age_(histories.times.size()),
      repeats_of_age_(histories.times.size()) {
  double age = 0;
  for (const Histories::Group& group : histories.groups) {
    const double repeats = group.repeats;
    if (group.repeats > more_than_.size()) more_than_.resize(group.repeats);
    if (group.repeats > 0) more_than_[group.repeats - 1] += group.customers;
    customers_of_age_[group.age] += group.customers;
    repeats_of_age_[group.age] += group.customers * repeats;
    customers_ += group.customers;
    repeats_ += group.customers * repeats;
    age += group.customers * histories.times[group.age];
  }
  for (std::size_t k = more_than_.size(); k-- > 1;) more_than_[k - 1] += more_than_[k];
  mean_age_ = age / customers_;
}

ScaledTimes::ScaledTimes(const std::vector<double>& times, double scale) {
  logarithm.reserve(times.size());
  share.reserve(times.size());
  for (const double time : times) {
    logarithm.push_back(num::log1p(time / scale));
    share.push_back(time / (scale + time));
  }
}

// ln L = Σ_(k<x) ln((r+k)/alpha) - (r+x) log1p(T/alpha) for each customer.
void add_purchases(const RepeatSummary& summary, double r, double alpha, const ScaledTimes& scaled,
                   Curve& sum) {
  for (std::size_t k = 0; k < summary.more_than().size(); ++k) {
    const double customers = summary.more_than()[k];
    const double above = r + static_cast<double>(k);
    const double share = r / above;
    sum.value += customers * num::log(above / alpha);
    sum.gradient[0] += customers * share;
    sum.hessian[0][0] += customers * share * (static_cast<double>(k) / above);
  }
  sum.gradient[1] -= summary.repeats();
  for (std::size_t i = 0; i < scaled.logarithm.size(); ++i) {
    const double of_rate = summary.customers_of_age()[i] * r;
    const double shape = of_rate + summary.repeats_of_age()[i];
    const double logarithm = scaled.logarithm[i];
    const double share = scaled.share[i];
    sum.value -= shape * logarithm;
    sum.gradient[0] -= of_rate * logarithm;
    sum.gradient[1] += shape * share;
    sum.hessian[0][0] -= of_rate * logarithm;
    sum.hessian[1][0] += of_rate * share;
    sum.hessian[1][1] -= shape * share * (1 - share);
  }
}

}  // namespace growth::calibrate
