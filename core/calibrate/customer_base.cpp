#include "calibrate/customer_base.hpp"

#include "calibrate/likelihood.hpp"
#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

/// A search needs some eight evaluations; what it reports goes on while it takes longer.
double share_of_search(int evaluations, double part) {
  const double done = evaluations + part;
  return done / (done + 4);
}

bool evaluate(CustomerBaseModel model, const RepeatSummary& summary, const Parameters& parameters,
              const Pulse& pulse, Curve& curve) {
  switch (model) {
    case CustomerBaseModel::nbd:
      add_purchases(summary, parameters[0], parameters[1],
                    ScaledTimes(summary.histories().times, parameters[1]), curve);
      return !pulse || pulse(0);
    case CustomerBaseModel::bg_nbd:
      return add_dropout_after_orders(summary, parameters, false, pulse, curve);
    case CustomerBaseModel::mbg_nbd:
      return add_dropout_after_orders(summary, parameters, true, pulse, curve);
    case CustomerBaseModel::pareto_nbd: return add_dropout_in_time(summary, parameters, pulse, curve);
  }
  return false;
}

// Every eighth group tells the parameters well enough to begin with, from this many groups on.
constexpr std::size_t k_groups_to_thin = 8192;
constexpr std::size_t k_thinning = 8;
constexpr double k_share_of_thinned = 0.3;
constexpr double k_same_likelihood = 1e-6;
constexpr double k_hardly_leaving = 0.01;

Histories thinned(const Histories& histories) {
  Histories result;
  result.times = histories.times;
  for (std::size_t i = 0; i < histories.groups.size(); i += k_thinning) {
    result.groups.push_back(histories.groups[i]);
  }
  return result;
}

/// Free of units: alpha as a part of the mean age, and r so that the rate comes out right.
Parameters start_of(CustomerBaseModel model, const RepeatSummary& summary) {
  const double alpha = 0.3 * summary.mean_age();
  Parameters start{summary.rate() * alpha, alpha, 0, 0};
  if (model == CustomerBaseModel::bg_nbd || model == CustomerBaseModel::mbg_nbd) {
    start[2] = 1;
    start[3] = 2.5;
  } else if (model == CustomerBaseModel::pareto_nbd) {
    start[2] = 0.5;
    start[3] = alpha;
  }
  return start;
}

}  // namespace

int parameter_count(CustomerBaseModel model) { return model == CustomerBaseModel::nbd ? 2 : 4; }

std::optional<CustomerBaseFit> fit_customer_base(CustomerBaseModel model, const Histories& histories,
                                                 const Parameters* start, const Progress& progress) {
  const RepeatSummary summary(histories);
  const int count = parameter_count(model);
  double done = 0;
  Parameters from = start ? *start : start_of(model, summary);
  if (!start && histories.groups.size() >= k_groups_to_thin) {
    Progress of_thinned;
    if (progress) of_thinned = [&](double share) { return progress(k_share_of_thinned * share); };
    const auto rough = fit_customer_base(model, thinned(histories), nullptr, of_thinned);
    if (!rough) return std::nullopt;
    done = k_share_of_thinned;
    if (!rough->at_boundary) from = rough->parameters;
  }
  Point logarithms{};
  for (int i = 0; i < count; ++i) logarithms[i] = num::log(from[i]);

  int evaluations = 0;
  Pulse pulse;
  if (progress) {
    pulse = [&](double part) {
      return progress(done + (1 - done) * share_of_search(evaluations, part));
    };
  }
  const auto at = [&](const Point& point, Curve& curve) {
    Parameters parameters{};
    for (int i = 0; i < count; ++i) parameters[i] = num::exp(point[i]);
    const bool finished = evaluate(model, summary, parameters, pulse, curve);
    ++evaluations;
    return finished;
  };
  auto top = maximum(count, logarithms, at);
  if (!top) return std::nullopt;
  if (top->at_boundary && model != CustomerBaseModel::nbd) {
    // Of few customers the likelihood has more than one end. None that is worth going to lies below
    // that of nobody ever leaving.
    const auto all_stay = fit_customer_base(CustomerBaseModel::nbd, histories);
    if (all_stay && top->value < all_stay->log_likelihood - k_same_likelihood) {
      const Point near_it{num::log(all_stay->parameters[0]), num::log(all_stay->parameters[1]),
                          num::log(k_hardly_leaving), num::log(start_of(model, summary)[3])};
      const auto other = maximum(count, near_it, at);
      if (!other) return std::nullopt;
      if (other->value > top->value) top = other;
      top->evaluations = evaluations;
    }
  }

  CustomerBaseFit fit;
  fit.model = model;
  for (int i = 0; i < count; ++i) fit.parameters[i] = num::exp(top->logarithms[i]);
  fit.log_covariance = top->covariance;
  fit.log_likelihood = top->value;
  fit.evaluations = top->evaluations;
  fit.at_boundary = top->at_boundary;
  return fit;
}

double log_likelihood(CustomerBaseModel model, const Parameters& parameters, const History& history) {
  const Histories alone = ungrouped({history});
  Curve curve;
  return evaluate(model, RepeatSummary(alone), parameters, {}, curve) ? curve.value : 0;
}

double alive(CustomerBaseModel model, const Parameters& parameters, const History& history) {
  double log_odds = 0;
  switch (model) {
    case CustomerBaseModel::nbd: return 1;
    case CustomerBaseModel::bg_nbd:
      log_odds = log_odds_gone_after_orders(parameters, false, history);
      break;
    case CustomerBaseModel::mbg_nbd:
      log_odds = log_odds_gone_after_orders(parameters, true, history);
      break;
    case CustomerBaseModel::pareto_nbd: log_odds = log_odds_gone_in_time(parameters, history); break;
  }
  const double e = num::exp(log_odds < 0 ? log_odds : -log_odds);
  return log_odds < 0 ? 1 / (1 + e) : e / (1 + e);
}

}  // namespace growth::calibrate
