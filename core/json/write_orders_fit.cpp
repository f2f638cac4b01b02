#include "json/write_orders_fit.hpp"

#include "calibrate/cells.hpp"
#include "json/distribution.hpp"
#include "json/write_records.hpp"
#include "json/write_warnings.hpp"

namespace growth::json {
namespace {

void write_members(Writer& writer, const Estimate& estimate) {
  writer.member("value", estimate.value).member("standard_error", estimate.standard_error);
}

void write(Writer& writer, const Estimate& estimate) {
  writer.begin_object();
  write_members(writer, estimate);
  writer.end_object();
}

void write_period(Writer& writer, const OrdersPeriod& period) {
  writer.key("period")
      .begin_object()
      .member("from", calibrate::date_text(period.from))
      .member("to", calibrate::date_text(period.to))
      .member("calibration_end", calibrate::date_text(period.calibration_end))
      .member("holdout_days", period.to - period.calibration_end)
      .member("refit", period.refit)
      .end_object();
}

void write_parameters(Writer& writer, const CustomerBaseModelFit& model) {
  const auto names = customer_base_parameter_names(model.model);
  writer.key("parameters").begin_object();
  for (std::size_t i = 0; i < names.size(); ++i) writer.member(names[i], model.parameters[i]);
  writer.end_object();
  // Unknown at a boundary.
  const auto each = [&](std::string_view key, auto&& write_one) {
    writer.key(key);
    if (model.log_standard_errors.empty()) {
      writer.null();
      return;
    }
    writer.begin_object();
    for (std::size_t i = 0; i < names.size(); ++i) {
      writer.key(names[i]);
      write_one(i);
    }
    writer.end_object();
  };
  each("standard_errors",
       [&](std::size_t i) { writer.value(model.parameters[i] * model.log_standard_errors[i]); });
  each("log_standard_errors", [&](std::size_t i) { writer.value(model.log_standard_errors[i]); });
  each("interval", [&](std::size_t i) {
    const auto [low, high] = model.intervals[i];
    writer.begin_array().value(low).value(high).end_array();
  });
}

void write_holdout(Writer& writer, const CustomerBaseModelFit& model) {
  writer.key("holdout");
  if (!model.holdout) {
    writer.null();
  } else {
    writer.begin_object()
        .member("actual", model.holdout->actual)
        .member("predicted", model.holdout->predicted)
        .member("mae", model.holdout->mae)
        .member("rmse", model.holdout->rmse)
        .end_object();
  }
  writer.key("by_orders");
  if (model.by_repeats.empty()) {
    writer.null();
    return;
  }
  writer.begin_array();
  for (const HoldoutLevel& level : model.by_repeats) {
    writer.begin_object()
        .member("orders", level.repeats)
        .member("more", level.more)
        .member("customers", level.customers)
        .member("actual", level.actual)
        .member("predicted", level.predicted)
        .end_object();
  }
  writer.end_array();
}

void write_models(Writer& writer, const OrdersFit& fit) {
  writer.key("models").begin_object();
  for (const CustomerBaseModelFit& model : fit.models) {
    writer.key(customer_base_model_name(model.model)).begin_object();
    write_parameters(writer, model);
    writer.member("log_likelihood", model.log_likelihood)
        .member("aic", model.aic)
        .member("bic", model.bic)
        .member("at_boundary", model.at_boundary);
    write_holdout(writer, model);
    writer.key("new_customer")
        .begin_object()
        .member("orders_12_months", model.orders_in_year)
        .end_object();
    writer.end_object();
  }
  writer.end_object();
}

void write_choice(Writer& writer, const OrdersFit& fit) {
  writer.key("chosen");
  if (!fit.chosen) {
    writer.null();
  } else {
    writer.value(customer_base_model_name(*fit.chosen));
  }
  writer.key("margin");
  if (!fit.runner_up) {
    writer.null();
  } else {
    writer.begin_object()
        .member("bic", fit.margin)
        .member("to", customer_base_model_name(*fit.runner_up))
        .end_object();
  }
  writer.key("likelihood_ratio");
  if (!fit.chosen) {
    writer.null();
  } else {
    writer.begin_object()
        .member("statistic", fit.likelihood_ratio)
        .member("p_value", fit.p_value)
        .end_object();
  }
  writer.member("churn_identifiable", fit.churn_identifiable);
}

/// A member per model.
template <class Column>
void write_predicted(Writer& writer, const OrdersFit& fit, Column&& column) {
  writer.key("predicted").begin_object();
  for (const CustomerBaseModelFit& model : fit.models) {
    writer.member(customer_base_model_name(model.model), column(model));
  }
  writer.end_object();
}

void write_tracking(Writer& writer, const OrdersFit& fit) {
  writer.key("tracking");
  if (!fit.chosen) {
    writer.null();
    return;
  }
  std::vector<std::string> ends;
  for (const Day end : fit.week_ends) ends.push_back(calibrate::date_text(end));
  writer.begin_object().member("week_ends", ends).member("actual", fit.weekly);
  write_predicted(writer, fit, [](const CustomerBaseModelFit& model) { return model.weekly; });
  writer.end_object();
}

void write_frequency(Writer& writer, const OrdersFit& fit) {
  writer.key("frequency");
  if (!fit.chosen) {
    writer.null();
    return;
  }
  writer.begin_object().member("actual", fit.frequency);
  write_predicted(writer, fit, [](const CustomerBaseModelFit& model) { return model.frequency; });
  writer.end_object();
}

void write_spend(Writer& writer, const std::optional<SpendFit>& spend) {
  writer.key("spend");
  if (!spend) {
    writer.null();
    return;
  }
  writer.begin_object().member("model", "gamma_gamma");
  writer.key("parameters")
      .begin_object()
      .member("p", spend->p.value)
      .member("q", spend->q.value)
      .member("v", spend->v.value)
      .end_object();
  writer.key("standard_errors");
  if (spend->at_boundary) {
    writer.null();
  } else {
    writer.begin_object()
        .member("p", spend->p.standard_error)
        .member("q", spend->q.standard_error)
        .member("v", spend->v.standard_error)
        .end_object();
  }
  writer.member("log_likelihood", spend->log_likelihood)
      .member("at_boundary", spend->at_boundary)
      .member("customers", spend->customers)
      .member("correlation", spend->correlation)
      .member("mean", spend->mean)
      .member("median", spend->median)
      .end_object();
}

void write_values(Writer& writer, const std::optional<OrderValues>& values) {
  writer.key("order_value");
  if (!values) {
    writer.null();
    return;
  }
  const auto estimate = [&](std::string_view name, const Estimate& value) {
    writer.key(name);
    write(writer, value);
  };
  writer.begin_object();
  estimate("first", values->first);
  estimate("repeat", values->repeat);
  writer.key("ratio");
  if (values->ratio) {
    write(writer, *values->ratio);
  } else {
    writer.null();
  }
  writer.member("mean", values->mean).member("median", values->median).end_object();
}

void write_rate(Writer& writer, std::string_view name, const Message& definition,
                const std::optional<MeasuredShare>& rate) {
  writer.key(name).begin_object().member("definition", definition);
  if (rate) {
    writer.member("rate", rate->value)
        .member("low", rate->low)
        .member("high", rate->high)
        .member("customers", rate->customers);
  } else {
    writer.key("rate").null();
    writer.member("customers", std::size_t{0});
  }
  writer.end_object();
}

void write_rates(Writer& writer, const OrdersFit& fit) {
  const std::string days = std::to_string(fit.period_rate_days);
  writer.key("repurchase_rate").begin_object();
  write_rate(
      writer, "cohort",
      {"首购满 12 个月（按 30 天一月）的客户里，首购后 12 个月内再下单的比例",
       "Of customers whose first order is 12 months old (of 30 days each), the share who ordered "
       "again within 12 months of it"},
      fit.rate_of_cohort);
  write_rate(writer, "period",
             {"记录最后 " + days + " 天里下过单的客户中，在这段时间里有两天以上下单的比例",
              "Of customers who ordered in the last " + days +
                  " days of the record, the share who ordered on two days or more of them"},
             fit.rate_of_period);
  writer.key("model").begin_object();
  writer.member("definition", Message{"所选模型下，新客户首购后 12 个月内再下单的概率",
                                      "By the chosen model, the probability that a new customer orders "
                                      "again within 12 months of the first order"});
  writer.member("rate", fit.rate_of_model).end_object().end_object();
}

void write_concentration(Writer& writer, const Concentration& concentration) {
  writer.key("concentration")
      .begin_object()
      .member("of", concentration.of_amounts ? "amount" : "orders")
      .member("top_1", concentration.top_1)
      .member("top_10", concentration.top_10)
      .member("top_20", concentration.top_20)
      .member("gini", concentration.gini)
      .end_object();
}

void write_cohorts(Writer& writer, const CohortTable& cohorts) {
  writer.key("cohorts")
      .begin_object()
      .member("months", cohorts.months)
      .member("customers", cohorts.customers)
      .member("orders", cohorts.orders)
      .member("active", cohorts.active)
      .end_object();
}

void write_curve(Writer& writer, const std::optional<RepeatCurve>& curve) {
  writer.key("repeat_curve");
  if (!curve) {
    writer.null();
    return;
  }
  writer.begin_object()
      .member("p10", curve->p10)
      .member("p50", curve->p50)
      .member("p90", curve->p90)
      .member("observed", curve->observed)
      .member("exposed", curve->exposed)
      .end_object();
}

void write_outlook(Writer& writer, const std::optional<Outlook>& outlook) {
  writer.key("outlook");
  if (!outlook) {
    writer.null();
    return;
  }
  writer.begin_object()
      .member("as_of", calibrate::date_text(outlook->as_of))
      .member("horizon_months", outlook->request.horizon_months)
      .member("discount_rate_monthly", outlook->request.discount_rate_monthly)
      .member("alive", outlook->alive)
      .member("expected_orders", outlook->expected_orders)
      .member("expected_spend", outlook->expected_spend);
  writer.key("new_customer")
      .begin_object()
      .member("alive", outlook->new_alive)
      .member("expected_orders", outlook->new_orders)
      .member("residual_orders", outlook->new_residual_orders)
      .member("order_value", outlook->new_order_value)
      .end_object();
  writer.key("customers").begin_array();
  for (const CustomerOutlook& customer : outlook->customers) {
    writer.begin_object()
        .member("customer", customer.customer)
        .member("orders", customer.orders)
        .member("last_order", calibrate::date_text(customer.last_order))
        .member("alive", customer.alive)
        .member("expected_orders", customer.expected_orders)
        .member("residual_orders", customer.residual_orders)
        .member("order_value", customer.order_value)
        .end_object();
  }
  writer.end_array().end_object();
}

/// The fields to apply to a scenario.
void write_scenario(Writer& writer, const OrdersFit& fit) {
  const bool inside = fit.scope != OrdersScope::outside;
  const bool outside = fit.scope != OrdersScope::private_pool;
  writer.key("scenario").begin_object();
  if (fit.season) {
    writer.key("business")
        .begin_object()
        .member("seasonality", std::vector<double>(fit.season->begin(), fit.season->end()))
        .end_object();
  }
  if (fit.values && fit.values->first.value > 0 && fit.records.currency == "CNY") {
    writer.key("orders")
        .begin_object()
        .member("average_order_value", fit.values->first.value)
        .end_object();
  }
  writer.key("repurchase").begin_object();
  if (fit.formula) {
    if (inside) writer.member("private_rate", fit.formula->rate.value);
    if (outside) writer.member("public_rate", fit.formula->rate.value);
    writer.member("window_months", 12)
        .member("orders_per_repeater", fit.formula->orders_per_repeater.value)
        .member("retention", fit.formula->retention.value);
  }
  if (fit.curve) {
    if (inside) writer.member("curve_private", fit.curve->p50);
    if (outside) writer.member("curve_public", fit.curve->p50);
  }
  if (fit.values && fit.values->ratio) writer.member("order_value_ratio", fit.values->ratio->value);
  writer.end_object().end_object();
}

}  // namespace

void write(Writer& writer, const OrdersFit& fit) {
  writer.begin_object()
      .member("schema", "growth.fit_orders/1")
      .member("customers", fit.customers)
      .member("orders", fit.orders);
  write_period(writer, fit.period);
  write_records_read(writer, fit.records);
  write_models(writer, fit);
  write_choice(writer, fit);
  write_tracking(writer, fit);
  write_frequency(writer, fit);
  write_spend(writer, fit.spend);
  write_values(writer, fit.values);
  write_rates(writer, fit);
  write_concentration(writer, fit.concentration);
  write_cohorts(writer, fit.cohorts);
  write_curve(writer, fit.curve);
  writer.key("season");
  if (fit.season) {
    writer.value(std::vector<double>(fit.season->begin(), fit.season->end()));
  } else {
    writer.null();
  }
  write_outlook(writer, fit.outlook);
  write_scenario(writer, fit);
  write_uncertain_inputs(writer, fit.inputs);
  write_warnings(writer, fit.warnings);
  writer.end_object();
}

}  // namespace growth::json
