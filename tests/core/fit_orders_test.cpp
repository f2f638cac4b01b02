// `fit orders` from the table to the answer: the public CDNOW record against published figures, Online
// Retail's missing churn, and records that support only a smaller answer.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

#include "calibrate/cells.hpp"
#include "growth/calibrate.hpp"
#include "growth/run.hpp"
#include "support.hpp"

namespace growth::test {
namespace {

/// A CSV file without quotes as a table's text.
std::string separated(std::string csv) {
  std::string text;
  for (const char c : csv) {
    if (c == '\r') continue;
    if (c == ',') {
      text += '\x1f';
    } else if (c == '\n') {
      text += "\x1f\x1e";
    } else {
      text += c;
    }
  }
  return text;
}

Result<OrdersFit> fit_of(const std::string& csv, const OrdersRequest& request = {}) {
  const std::string text = separated(csv);
  SeparatedTable table(text);
  return fit_orders(table, request, {});
}

const OrdersFit& cdnow_fit() {
  static const OrdersFit fit = [] {
    OrdersRequest request;
    request.calibration_end = calibrate::day_of(1997, 9, 30);
    return fit_of(file_text("data/cdnow_sample_transactions.csv"), request).value();
  }();
  return fit;
}

const CustomerBaseModelFit& model_of(const OrdersFit& fit, CustomerBaseModel model) {
  for (const CustomerBaseModelFit& each : fit.models) {
    if (each.model == model) return each;
  }
  FAIL("model is missing");
  return fit.models.front();
}

bool warns(const OrdersFit& fit, const std::string& code) {
  for (const Warning& warning : fit.warnings) {
    if (warning.code == code) return true;
  }
  return false;
}

// Fader, Hardie and Lee (2005), tables 2 and 3, on exact days (REPURCHASE section 3.2).
TEST_CASE("CDNOW: customers, parameters, errors and likelihoods as published") {
  const OrdersFit& fit = cdnow_fit();
  CHECK(fit.customers == 2357);
  CHECK(fit.orders == 6919 - 223);  // 223 orders fall on a day of the same customer
  const struct {
    CustomerBaseModel model;
    std::vector<double> parameters;
    std::vector<double> errors;
    double log_likelihood;
  } expected[] = {
      {CustomerBaseModel::nbd, {.384766135769, 12.0720228448}, {.020985, .808723}, -9763.65761467},
      {CustomerBaseModel::pareto_nbd,
       {.553277046853, 10.5776834633, .606239989128, 11.6687352889},
       {.047628, .842723, .187281, 6.211114},
       -9594.97617894},
      {CustomerBaseModel::bg_nbd,
       {.242594522430, 4.41360201901, .792922017226, 2.42590677683},
       {.012557, .378224, .185734, .705414},
       -9582.42920667},
      {CustomerBaseModel::mbg_nbd,
       {.524843159106, 6.18308527958, .891359390732, 1.61400224017},
       {.083268, .695621, .154790, .537495},
       -9582.13571555},
  };
  for (const auto& row : expected) {
    const CustomerBaseModelFit& model = model_of(fit, row.model);
    CAPTURE(customer_base_model_name(row.model));
    for (std::size_t i = 0; i < row.parameters.size(); ++i) {
      CHECK(relative_difference(model.parameters[i], row.parameters[i]) < 1e-6);
      CHECK(std::fabs(model.parameters[i] * model.log_standard_errors[i] - row.errors[i]) < 2e-6);
      CHECK(model.intervals[i][0] < model.parameters[i]);
      CHECK(model.parameters[i] < model.intervals[i][1]);
    }
    CHECK(std::fabs(model.log_likelihood - row.log_likelihood) < 1e-8);
    const double count = static_cast<double>(row.parameters.size());
    CHECK(model.aic == doctest::Approx(2 * count - 2 * row.log_likelihood));
    CHECK(model.bic == doctest::Approx(count * std::log(2357.0) - 2 * row.log_likelihood));
  }
  REQUIRE(fit.spend);
  CHECK(fit.spend->customers == 946);
  CHECK(relative_difference(fit.spend->p.value, 6.24957227132) < 1e-6);
  CHECK(relative_difference(fit.spend->q.value, 3.74422466713) < 1e-6);
  CHECK(relative_difference(fit.spend->v.value, 15.4435209626) < 1e-6);
  CHECK(std::fabs(fit.spend->log_likelihood + 4055.9176948) < 1e-7);
  CHECK(std::fabs(fit.spend->correlation - .1139) < 5e-5);
}

TEST_CASE("CDNOW: the holdout by number of orders is that of the published table") {
  const OrdersFit& fit = cdnow_fit();
  const double actual[] = {.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359};
  const double pareto[] = {.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
  const double bg[] = {.225, .523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157};
  const auto& of_pareto = model_of(fit, CustomerBaseModel::pareto_nbd);
  const auto& of_bg = model_of(fit, CustomerBaseModel::bg_nbd);
  REQUIRE(of_pareto.by_repeats.size() == 8);
  std::size_t customers = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    CAPTURE(i);
    CHECK(std::fabs(of_pareto.by_repeats[i].actual - actual[i]) < 6e-4);
    CHECK(std::fabs(of_pareto.by_repeats[i].predicted - pareto[i]) < 1e-3);  // from rounded parameters
    CHECK(std::fabs(of_bg.by_repeats[i].predicted - bg[i]) < 6e-4);
    customers += of_bg.by_repeats[i].customers;
  }
  CHECK(customers == 2357);
  CHECK(of_bg.by_repeats.back().more);
  CHECK(of_bg.holdout->actual == 1882);
  CHECK(of_bg.holdout->mae < of_bg.holdout->rmse);
}

TEST_CASE("CDNOW: churn shows, the winner and its margin follow the BIC") {
  const OrdersFit& fit = cdnow_fit();
  CHECK(fit.chosen == CustomerBaseModel::mbg_nbd);
  CHECK(fit.runner_up == CustomerBaseModel::bg_nbd);
  CHECK(fit.margin == doctest::Approx(2 * (9582.42920667 - 9582.13571555)));
  CHECK(fit.likelihood_ratio == doctest::Approx(2 * (9763.65761467 - 9582.13571555)));
  CHECK(fit.churn_identifiable);
  CHECK(fit.p_value < 1e-70);
}

TEST_CASE("CDNOW: the weeks hold all repeat orders, observed and expected alike") {
  const OrdersFit& fit = cdnow_fit();
  double observed = 0;
  double expected = 0;
  for (const std::size_t week : fit.weekly) observed += static_cast<double>(week);
  const auto& model = model_of(fit, CustomerBaseModel::bg_nbd);
  for (const double week : model.weekly) expected += week;
  CHECK(observed == 6919 - 223 - 2357);
  // Cumulative repeat orders at the end of week 78, 4 % below (table 3).
  CHECK(expected / observed == doctest::Approx(0.96).epsilon(0.01));
  double customers = 0;
  for (const double count : model.frequency) customers += count;
  CHECK(customers == doctest::Approx(2357));
}

TEST_CASE("CDNOW without an end of calibration: whole-file parameters, holdout from a fit of its own") {
  const OrdersFit fit = fit_of(file_text("data/cdnow_sample_transactions.csv")).value();
  CHECK(fit.period.refit);
  CHECK(fit.period.from == calibrate::day_of(1997, 1, 1));
  CHECK(fit.period.to == calibrate::day_of(1998, 6, 30));
  CHECK(fit.period.calibration_end == calibrate::day_of(1998, 2, 13));
  const auto& whole = model_of(fit, CustomerBaseModel::bg_nbd);
  OrdersRequest request;
  request.calibration_end = fit.period.calibration_end;
  const OrdersFit part = fit_of(file_text("data/cdnow_sample_transactions.csv"), request).value();
  const auto& held = model_of(part, CustomerBaseModel::bg_nbd);
  CHECK(whole.holdout->predicted == doctest::Approx(held.holdout->predicted).epsilon(1e-12));
  CHECK(whole.holdout->rmse == doctest::Approx(held.holdout->rmse).epsilon(1e-12));
  CHECK(std::fabs(whole.parameters[0] - held.parameters[0]) > 1e-4);
}

TEST_CASE("CDNOW in operational time gains likelihood and stays finite") {
  OrdersRequest request;
  request.calibration_end = calibrate::day_of(1997, 9, 30);
  request.season = true;
  const OrdersFit fit = fit_of(file_text("data/cdnow_sample_transactions.csv"), request).value();
  REQUIRE(fit.season);
  double sum = 0;
  for (const double index : *fit.season) {
    CHECK(index >= 0);
    sum += index;
  }
  CHECK(sum == doctest::Approx(12));
  CHECK((*fit.season)[10] == 1);  // no November in the calibration
  CHECK(model_of(fit, CustomerBaseModel::bg_nbd).holdout->actual == 1882);
}

// BTYD's vignette and Hardie's spreadsheet give customer 1516 (x 26, t_x 30.86, T 31) a probability of
// .968852 and 25.757 orders in 52 weeks by the BG/NBD; customer 1 has 1.226 in 39 weeks.
TEST_CASE("CDNOW: the best customers are listed by what they will bring, names and all") {
  OrdersRequest request;
  request.calibration_end = calibrate::day_of(1997, 9, 30);
  request.outlook.customers = 2357;
  const OrdersFit fit = fit_of(file_text("data/cdnow_sample_transactions.csv"), request).value();
  REQUIRE(fit.outlook);
  const Outlook& outlook = *fit.outlook;
  REQUIRE(outlook.customers.size() == 2357);
  double alive = 0;
  double orders = 0;
  double spend = 0;
  double least = outlook.customers.front().expected_orders * *outlook.customers.front().order_value;
  for (const CustomerOutlook& customer : outlook.customers) {
    const double worth = customer.expected_orders * *customer.order_value;
    CHECK(worth <= least);
    least = worth;
    CHECK(customer.alive >= 0);
    CHECK(customer.alive <= 1);
    CHECK(customer.residual_orders >= 0);
    alive += customer.alive;
    orders += customer.expected_orders;
    spend += worth;
    if (customer.customer == "1516") {
      CHECK(customer.orders == 27);
      CHECK(customer.alive > 0.96);  // of the MBG/NBD, which won
      CHECK(customer.expected_orders > 23);
      CHECK(customer.expected_orders < 26);
    }
  }
  CHECK(outlook.alive == doctest::Approx(alive));
  CHECK(outlook.expected_orders == doctest::Approx(orders));
  CHECK(*outlook.expected_spend == doctest::Approx(spend));
  // Gamma-gamma: the population's mean 6.2496·15.4435/2.7442.
  CHECK(*outlook.new_order_value == doctest::Approx(35.171).epsilon(1e-4));
  CHECK(outlook.new_alive > 0);
  CHECK(outlook.new_alive < 1);
  CHECK(outlook.new_orders == doctest::Approx(1.40924524778));
}

TEST_CASE("a longer horizon and a lower discount bring more orders, a shorter list the same best") {
  const std::string csv = file_text("data/cdnow_sample_transactions.csv");
  OrdersRequest request;
  request.outlook = {12, 0.01, 5};
  const Outlook near = *fit_of(csv, request).value().outlook;
  request.outlook = {24, 0.001, 50};
  const Outlook far = *fit_of(csv, request).value().outlook;
  CHECK(near.customers.size() == 5);
  CHECK(far.customers.size() == 50);
  CHECK(far.expected_orders > near.expected_orders);
  CHECK(far.new_residual_orders > near.new_residual_orders);
  CHECK(far.customers[0].customer == near.customers[0].customer);
  // At 1 % a month the years after the first outweigh the discount.
  CHECK(near.new_residual_orders > near.new_orders);
}

TEST_CASE("money in dollars is not put into a scenario in yuan") {
  const OrdersFit& fit = cdnow_fit();
  CHECK(fit.records.currency == "USD");
  CHECK(warns(fit, "foreign_currency"));
  for (const UncertainInput& input : fit.inputs) CHECK(input.path != "orders.average_order_value");
}

TEST_CASE("Online Retail: no measurable churn, and the curve ends with the record") {
  const OrdersFit fit = fit_of(file_text("data/online_retail_invoices.csv")).value();
  CHECK(fit.customers == 4338);
  CHECK_FALSE(fit.churn_identifiable);
  CHECK(fit.chosen == CustomerBaseModel::nbd);
  CHECK(fit.likelihood_ratio < 1);
  CHECK(warns(fit, "no_measurable_churn"));
  CHECK(fit.curve->p50.size() == 12);
  for (const CustomerBaseModelFit& model : fit.models) {
    CHECK(std::fabs(model.log_likelihood - fit.models.front().log_likelihood) < 1);
  }
}

TEST_CASE("an end of calibration outside the record is refused with the days that are allowed") {
  for (const Day day : {calibrate::day_of(1996, 12, 31), calibrate::day_of(1998, 6, 30)}) {
    OrdersRequest request;
    request.calibration_end = day;
    const auto fit = fit_of(file_text("data/cdnow_sample_transactions.csv"), request);
    REQUIRE_FALSE(fit.ok());
    CHECK(fit.errors().front().code == ErrorCode::out_of_range);
    CHECK(fit.errors().front().path == "calibration_end");
    CHECK(fit.errors().front().allowed == "1997-01-01..1998-06-29");
  }
}

TEST_CASE("records that say little get the smaller answer") {
  const std::string header = "customer,date,amount\n";
  const struct {
    const char* name;
    std::string rows;
    bool fitted;
  } records[] = {
      {"one order", "a,2026-01-01,10\n", false},
      {"one customer, one day", "a,2026-01-01,10\na,2026-01-01,12\n", false},
      {"everybody on one day", "a,2026-01-01,10\nb,2026-01-01,20\nc,2026-01-01,20\n", false},
      {"nobody comes back", "a,2026-01-01,10\nb,2026-02-01,20\nc,2026-03-01,20\n", false},
      {"one customer who comes back", "a,2026-01-01,10\na,2026-02-01,20\na,2026-03-09,20\n", true},
      {"two customers", "a,2026-01-01,10\na,2026-02-01,20\nb,2026-01-03,20\n", true},
  };
  for (const auto& record : records) {
    CAPTURE(record.name);
    const auto fit = fit_of(header + record.rows);
    REQUIRE(fit.ok());
    CHECK(fit.value().chosen.has_value() == record.fitted);
    CHECK(warns(fit.value(), record.fitted ? "few_repeat_orders" : "no_repeat_orders"));
    CHECK(fit.value().curve.has_value() == record.fitted);
    CHECK(fit.value().values);
  }
}

TEST_CASE("amounts are optional") {
  const OrdersFit fit = fit_of("customer,date\na,2026-01-01\na,2026-02-01\nb,2026-01-20\n").value();
  CHECK_FALSE(fit.values);
  CHECK_FALSE(fit.spend);
  CHECK_FALSE(fit.concentration.of_amounts);
}

TEST_CASE("a stopped fit leaves nothing behind") {
  const std::string text = separated(file_text("data/cdnow_sample_transactions.csv"));
  for (const double at : {0.0, 0.3, 0.6, 0.8}) {
    SeparatedTable table(text);
    Execution execution;
    execution.progress = [&](double share) {
      CHECK(share >= 0);
      CHECK(share <= 1);
      return share < at;
    };
    const auto fit = fit_orders(table, {}, execution);
    if (!fit.ok()) CHECK(fit.errors().empty());
  }
}

// What the answer says goes straight into the futures.
TEST_CASE("the estimates and their spread are a scenario that simulate takes") {
  std::string csv = "买家,下单时间,实付金额\n";
  Random random(7);
  for (int customer = 0; customer < 400; ++customer) {
    double day = random.between(0, 100);
    const double gap = 20 + 60 * random.uniform();
    do {
      const calibrate::CivilDate date =
          calibrate::civil(calibrate::day_of(2025, 1, 1) + static_cast<Day>(day));
      csv += "c" + std::to_string(customer) + "," + std::to_string(date.year) + "-" +
             std::to_string(date.month) + "-" + std::to_string(date.day) + "," +
             std::to_string(50 + random.whole(0, 100)) + "\n";
      day += gap * -std::log(1 - random.uniform());
    } while (day < 500 && random.chance(0.7));
  }
  const std::string text = separated(csv);
  SeparatedTable table(text);
  RunOptions options;
  options.table = &table;
  const Response answer = run("fit_orders", "{}", options);
  REQUIRE(answer.ok);
  const Json fit = Json::parse(answer.text);
  CHECK(fit["churn_identifiable"] == true);
  Json scenario = fit["scenario"];
  scenario["uncertainty"] = fit["uncertainty"];
  scenario["uncertainty"]["trials"] = 64;
  bool ok = false;
  const Json with_curve = ask("simulate", scenario, ok);
  CAPTURE(with_curve.dump());
  CHECK(ok);
  scenario["repurchase"].erase("curve_private");
  const Json with_rates = ask("simulate", scenario, ok);
  CHECK(ok);
  // Curve and formula hold the same orders within their 12 months.
  CHECK(relative_difference(with_curve["central"]["gmv"], with_rates["central"]["gmv"]) < 0.05);
  CHECK(scenario["repurchase"]["private_rate"] == fit["repurchase_rate"]["model"]["rate"]);
}

}  // namespace
}  // namespace growth::test
