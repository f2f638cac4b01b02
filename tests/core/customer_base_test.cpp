// Models of repeat purchase: published values, values of many digits, the cases other software fails
// on, laws.
#include "calibrate/customer_base.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../bench/synthetic_customers.hpp"
#include "calibrate/exponential_integral.hpp"
#include "calibrate/likelihood.hpp"
#include "near.hpp"
#include "order_records.hpp"
#include "support.hpp"

using namespace growth::calibrate;
using growth::CustomerBaseModel;
using growth::test::near_relative;
using growth::test::Random;
using enum growth::CustomerBaseModel;

namespace {

constexpr CustomerBaseModel k_models[] = {nbd, bg_nbd, mbg_nbd, pareto_nbd};

struct KnownFit {
  CustomerBaseModel model;
  Parameters parameters;
  Parameters errors;
  double log_likelihood;
};
/// CDNOW, 2,357 customers, 39 weeks, in exact days: optima to 12 digits, found independently.
constexpr KnownFit k_cdnow[] = {
    {nbd, {.384766135769, 12.0720228448}, {.020985, .808723}, -9763.65761467},
    {pareto_nbd,
     {.553277046853, 10.5776834633, .606239989128, 11.6687352889},
     {.047628, .842723, .187281, 6.211114},
     -9594.97617894},
    {bg_nbd,
     {.242594522430, 4.41360201901, .792922017226, 2.42590677683},
     {.012557, .378224, .185734, .705414},
     -9582.42920667},
    {mbg_nbd,
     {.524843159106, 6.18308527958, .891359390732, 1.61400224017},
     {.083268, .695621, .154790, .537495},
     -9582.13571555}};
// As printed in the papers.
constexpr Parameters k_pareto{.553, 10.578, .606, 11.669};
constexpr Parameters k_bg{.243, 4.414, .793, 2.426};

const Histories& cdnow_histories() {
  static const Histories histories =
      grouped(growth::test::cdnow().histories(growth::test::k_cdnow_calibration_end));
  return histories;
}

double standard_error(const CustomerBaseFit& fit, std::size_t i) {
  return fit.parameters[i] * std::sqrt(fit.log_covariance[5 * i]);
}

CustomerBaseFit fitted(CustomerBaseModel model, const Histories& histories) {
  const auto fit = fit_customer_base(model, histories);
  REQUIRE(fit);
  return *fit;
}

struct Reference {
  CustomerBaseModel model;
  Parameters parameters;
  History history;
  double horizon;
  double rate;
  double log_likelihood;
  double alive;
  double orders;
  double residual;
};
constexpr Reference k_references[] = {
#include "customer_base_reference.inc"
};

Parameters random_parameters(Random& random, double decades) {
  Parameters parameters{};
  for (double& parameter : parameters) parameter = std::pow(10, random.between(-decades, decades));
  return parameters;
}

History random_history(Random& random) {
  const double age = std::pow(10, random.between(-1, 3));
  if (random.chance(0.3)) return {0, 0, age};
  const double repeats = std::floor(std::pow(10, random.between(0, 3.7)));
  return {repeats, random.chance(0.2) ? age : age * random.uniform(), age};
}

}  // namespace

TEST_CASE("CDNOW: parameters to twelve digits, likelihood and standard errors") {
  CHECK(cdnow_histories().customers() == 2357);
  CHECK(cdnow_histories().groups.size() == 1016);
  for (const KnownFit& known : k_cdnow) {
    CAPTURE(static_cast<int>(known.model));
    const CustomerBaseFit fit = fitted(known.model, cdnow_histories());
    CHECK_FALSE(fit.at_boundary);
    CHECK(fit.evaluations <= 9);
    CHECK(fit.log_likelihood == near_relative(known.log_likelihood, 1e-12));
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(fit.parameters[i] == near_relative(known.parameters[i], 2e-11));
      CHECK(std::fabs(standard_error(fit, i) - known.errors[i]) < 1e-6);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        CHECK(fit.log_covariance[4 * i + j] == fit.log_covariance[4 * j + i]);
      }
    }
  }
}

TEST_CASE("published predictions for CDNOW") {
  const History first{2, 30.43, 38.86};
  CHECK(log_likelihood(bg_nbd, k_bg, first) == doctest::Approx(-9.46).epsilon(1e-3));
  CHECK(expected_orders(bg_nbd, k_bg, first, 39) == doctest::Approx(1.226).epsilon(1e-3));
  const History last{26, 216.0 / 7, 31};
  CHECK(expected_orders(pareto_nbd, k_cdnow[1].parameters, last, 52) ==
        doctest::Approx(25.456).epsilon(1e-4));
  CHECK(expected_orders(bg_nbd, k_cdnow[2].parameters, last, 52) ==
        doctest::Approx(25.757).epsilon(1e-4));
  CHECK(alive(pareto_nbd, k_cdnow[1].parameters, last) == doctest::Approx(.997874).epsilon(1e-5));
  CHECK(alive(bg_nbd, k_cdnow[2].parameters, last) == doctest::Approx(.968852).epsilon(1e-5));
  CHECK(expected_orders(pareto_nbd, k_cdnow[1].parameters, 52) ==
        doctest::Approx(1.473434).epsilon(1e-6));
  CHECK(expected_orders(bg_nbd, k_cdnow[2].parameters, 52) == doctest::Approx(1.444004).epsilon(1e-5));
}

TEST_CASE("CDNOW in the 39 weeks after: orders by earlier orders, as published") {
  using growth::test::cdnow;
  using namespace growth::test;
  const auto days = cdnow().histories(k_cdnow_calibration_end);
  const auto bought = cdnow().orders_between(k_cdnow_calibration_end, k_cdnow_end);
  REQUIRE(bought.size() == days.size());
  std::array<double, 8> customers{}, actual{}, pareto{}, bg{};
  for (std::size_t i = 0; i < days.size(); ++i) {
    const History history{static_cast<double>(days[i].repeats), days[i].last / 7.0, days[i].age / 7.0};
    const std::size_t row = std::min<std::size_t>(days[i].repeats, 7);
    customers[row] += 1;
    actual[row] += bought[i];
    pareto[row] += expected_orders(pareto_nbd, k_cdnow[1].parameters, history, 39);
    bg[row] += expected_orders(bg_nbd, k_cdnow[2].parameters, history, 39);
  }
  constexpr std::array<double, 8> k_actual = {.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359};
  constexpr std::array<double, 8> k_by_pareto = {.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
  constexpr std::array<double, 8> k_by_bg = {.225, .523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157};
  for (std::size_t row = 0; row < 8; ++row) {
    CAPTURE(row);
    CHECK(std::fabs(actual[row] / customers[row] - k_actual[row]) < 6e-4);
    CHECK(std::fabs(pareto[row] / customers[row] - k_by_pareto[row]) < 1e-3);
    CHECK(std::fabs(bg[row] / customers[row] - k_by_bg[row]) < 1e-3);
  }
}

TEST_CASE("Online Retail: no measurable churn is said, not fitted") {
  using namespace growth::test;
  // To the end of August 2011 the likelihood rises towards no churn at all: other software gives
  // b = 15153 with a standard error of 1e8, no convergence, or a likelihood of 1e22.
  const Histories early = grouped(online_retail().histories(day_number(2011, 8, 31)));
  const double without_churn = fitted(nbd, early).log_likelihood;
  for (const CustomerBaseModel model : {bg_nbd, mbg_nbd, pareto_nbd}) {
    CAPTURE(static_cast<int>(model));
    const CustomerBaseFit fit = fitted(model, early);
    CHECK(fit.at_boundary);
    CHECK(std::fabs(fit.log_likelihood - without_churn) < 1e-6);
    CHECK(fit.evaluations < 60);
    for (const double entry : fit.log_covariance) CHECK(entry == 0);
    for (const double parameter : fit.parameters) CHECK(std::isfinite(parameter));
    CHECK(alive(model, fit.parameters, {3, 10, 39}) > 0.9999);
  }
  // In the whole record a faint maximum exists for dropout after orders; none for dropout in time.
  const Histories all = grouped(online_retail().histories(k_online_retail_end));
  CHECK(all.customers() == 4338);
  const double all_without = fitted(nbd, all).log_likelihood;
  CHECK(std::fabs(fitted(pareto_nbd, all).log_likelihood - all_without) < 1e-6);
  CHECK(fitted(pareto_nbd, all).at_boundary);
  const double gain = fitted(bg_nbd, all).log_likelihood - all_without;
  CHECK(gain > 0);
  CHECK(gain < 0.2);
}

TEST_CASE("what other software returns NaN, infinity or 0 for") {
  CHECK(expected_orders(bg_nbd, {.11, 2.24, .31, .5}, {0, 0, 1}, 30) == near_relative(.56458862, 1e-8));
  CHECK(expected_orders(bg_nbd, {.5, 60, 1, 3}, {2, 30, 39}, 39) == near_relative(.67383939, 1e-8));
  CHECK(expected_orders(bg_nbd, {.3, 10, .4, .6}, {0, 0, 39}, 39) == near_relative(.20339436, 1e-7));
  CHECK(log_likelihood(pareto_nbd, k_pareto, {161, 94.7, 98}) == near_relative(-99.07184, 1e-7));
  const double probability = alive(pareto_nbd, k_pareto, {161, 94.7, 98});
  CHECK(probability > 0);
  CHECK(probability < 1);
}

TEST_CASE("extreme customers against closed forms at 80 digits and more") {
  for (const Reference& row : k_references) {
    CAPTURE(&row - k_references);
    const double logarithm = log_likelihood(row.model, row.parameters, row.history);
    CHECK(std::fabs(logarithm - row.log_likelihood) < 3e-10 + 1e-10 * std::fabs(row.log_likelihood));
    CHECK(alive(row.model, row.parameters, row.history) == near_relative(row.alive, 3e-9));
    CHECK(expected_orders(row.model, row.parameters, row.history, row.horizon) ==
          near_relative(row.orders, 3e-9));
    if (row.residual > 0) {
      CHECK(residual_orders(row.model, row.parameters, row.history, row.rate) ==
            near_relative(row.residual, 3e-9));
    }
  }
}

TEST_CASE("scaled exponential integrals") {
  struct Row {
    double order;
    double w;
    double value;
  };
  constexpr Row k_rows[] = {{0.3, 3, 0.308764298533214868},     {1, 0.5, 0.922910632483730469},
                            {1.24, 0.01, 2.53231831681009043},  {2, 1e-6, 0.999986761690868635},
                            {0.6, 1e-8, 3513.04599583181208},   {5.5, 0.2, 0.210430764225608384},
                            {40, 0.001, 0.0256403508954293362}, {5001, 3, 0.000199880047995193282},
                            {1.5, 700, 0.00142552108271019635}, {11.9, 1e-3, 0.0917338533254131211}};
  for (const Row& row : k_rows) {
    CAPTURE(row.order);
    CHECK(ScaledExponentialIntegral(row.order)(row.w) == near_relative(row.value, 1e-13));
    // Coming from above gives the same.
    ScaledExponentialIntegral walking(row.order);
    for (double w = 300 * row.w; w > row.w; w *= 0.7) CHECK(walking(w) > 0);
    CHECK(walking(row.w) == near_relative(row.value, 1e-13));
  }
}

TEST_CASE("gradient and Hessian are the derivatives of the likelihood") {
  const RepeatSummary summary(cdnow_histories());
  const auto curve_at = [&](CustomerBaseModel model, const Parameters& logarithms) {
    Parameters parameters{};
    for (std::size_t i = 0; i < 4; ++i) parameters[i] = std::exp(logarithms[i]);
    growth::calibrate::Curve curve;
    if (model == nbd) {
      add_purchases(summary, parameters[0], parameters[1],
                    ScaledTimes(summary.histories().times, parameters[1]), curve);
    } else if (model == pareto_nbd) {
      CHECK(add_dropout_in_time(summary, parameters, {}, curve));
    } else {
      CHECK(add_dropout_after_orders(summary, parameters, model == mbg_nbd, {}, curve));
    }
    return curve;
  };
  Random random(5);
  for (int repetition = 0; repetition < 12; ++repetition) {
    for (const CustomerBaseModel model : k_models) {
      CAPTURE(static_cast<int>(model));
      Parameters at{};
      for (double& logarithm : at) logarithm = random.between(-2, 4);
      const growth::calibrate::Curve here = curve_at(model, at);
      const std::size_t count = static_cast<std::size_t>(parameter_count(model));
      const double size = std::fabs(here.value);
      for (std::size_t i = 0; i < count; ++i) {
        // Central differences of fourth order.
        constexpr double h = 2e-3;
        std::array<growth::calibrate::Curve, 4> there;
        for (std::size_t k = 0; k < 4; ++k) {
          Parameters moved = at;
          moved[i] += h * std::array<double, 4>{-2, -1, 1, 2}[k];
          there[k] = curve_at(model, moved);
        }
        const auto slope = [&](const auto& of) {
          return ((of(there[0]) - of(there[3])) + 8 * (of(there[2]) - of(there[1]))) / (12 * h);
        };
        CHECK(std::fabs(slope([](const growth::calibrate::Curve& c) { return c.value; }) -
                        here.gradient[i]) < 2e-9 * size);
        for (std::size_t j = 0; j < count; ++j) {
          const double expected = here.hessian[std::max(i, j)][std::min(i, j)];
          CHECK(std::fabs(slope([&](const growth::calibrate::Curve& c) { return c.gradient[j]; }) -
                          expected) < 2e-9 * size);
        }
      }
    }
  }
}

TEST_CASE("days and weeks give the same customers") {
  const auto days = growth::test::cdnow().histories(growth::test::k_cdnow_calibration_end);
  const double repeats = std::accumulate(days.begin(), days.end(), 0.0,
                                         [](double sum, const auto& d) { return sum + d.repeats; });
  const Histories in_days = grouped(days, 1);
  for (const CustomerBaseModel model : k_models) {
    CAPTURE(static_cast<int>(model));
    const CustomerBaseFit weeks_fit = fitted(model, cdnow_histories());
    const CustomerBaseFit days_fit = fitted(model, in_days);
    const bool in_time = model == pareto_nbd;
    for (std::size_t i = 0; i < 4; ++i) {
      const double unit = i == 1 || (in_time && i == 3) ? 7 : 1;
      CHECK(days_fit.parameters[i] == near_relative(unit * weeks_fit.parameters[i], 1e-10));
    }
    CHECK(days_fit.log_likelihood ==
          near_relative(weeks_fit.log_likelihood - repeats * std::log(7.0), 1e-12));
    const History week{3, 11, 30};
    const History day{3, 77, 210};
    CHECK(alive(model, days_fit.parameters, day) ==
          near_relative(alive(model, weeks_fit.parameters, week), 1e-10));
    CHECK(expected_orders(model, days_fit.parameters, day, 364) ==
          near_relative(expected_orders(model, weeks_fit.parameters, week, 52), 1e-10));
    CHECK(residual_orders(model, days_fit.parameters, day, 0.0003) ==
          near_relative(residual_orders(model, weeks_fit.parameters, week, 0.0021), 1e-10));
  }
}

TEST_CASE("every start leads to the same optimum, and the optimum at once to itself") {
  Random random(11);
  for (const CustomerBaseModel model : k_models) {
    CAPTURE(static_cast<int>(model));
    const CustomerBaseFit fit = fitted(model, cdnow_histories());
    const CustomerBaseFit again = *fit_customer_base(model, cdnow_histories(), &fit.parameters);
    CHECK(again.evaluations <= 2);
    for (int repetition = 0; repetition < 10; ++repetition) {
      Parameters start = fit.parameters;
      for (double& parameter : start) parameter *= std::exp(random.between(-2.5, 2.5));
      const CustomerBaseFit other = *fit_customer_base(model, cdnow_histories(), &start);
      CHECK(other.log_likelihood == near_relative(fit.log_likelihood, 1e-13));
      for (std::size_t i = 0; i < 4; ++i) {
        CHECK(other.parameters[i] == near_relative(fit.parameters[i], 1e-9));
      }
    }
  }
}

TEST_CASE("equal fits have equal bits; grouping changes nothing") {
  std::vector<History> alone;
  for (const Histories::Group& group : cdnow_histories().groups) {
    for (int i = 0; i < group.customers; ++i) alone.push_back(cdnow_histories().history(group));
  }
  const Histories single = ungrouped(alone);
  CHECK(single.groups.size() == 2357);
  for (const CustomerBaseModel model : k_models) {
    const CustomerBaseFit fit = fitted(model, cdnow_histories());
    const CustomerBaseFit same = fitted(model, cdnow_histories());
    CHECK(fit.parameters == same.parameters);
    CHECK(fit.log_covariance == same.log_covariance);
    const CustomerBaseFit one_by_one = fitted(model, single);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(one_by_one.parameters[i] == near_relative(fit.parameters[i], 1e-11));
    }
  }
}

TEST_CASE("histories are sorted and counted, whatever their size") {
  const Histories histories =
      grouped({{2, 9, 30}, {0, 0, 5}, {2, 9, 30}, {3000, 4000, 4100000}, {0, 0, 0}}, 1);
  REQUIRE(histories.groups.size() == 4);
  CHECK(histories.customers() == 5);
  CHECK(histories.times == std::vector<double>{0, 5, 9, 30, 4000, 4100000});
  CHECK(histories.groups[2].customers == 2);
  const History last = histories.history(histories.groups[3]);
  CHECK(last.repeats == 3000);
  CHECK(last.last == 4000);
  CHECK(last.age == 4100000);
  CHECK(grouped({}).groups.empty());
}

TEST_CASE("a fit can be watched and stopped") {
  for (const CustomerBaseModel model : k_models) {
    double share = 0;
    int calls = 0;
    const auto fit = fit_customer_base(model, cdnow_histories(), nullptr, [&](double now) {
      CHECK(now >= share);
      CHECK(now < 1);
      share = now;
      ++calls;
      return true;
    });
    CHECK(fit);
    CHECK(calls >= fit->evaluations);
    CHECK_FALSE(
        fit_customer_base(model, cdnow_histories(), nullptr, [&](double) { return --calls > 2; }));
  }
}

TEST_CASE("a large customer base: its parameters are found again, from every start and in steps") {
  const Histories histories = grouped(growth::bench::synthetic_customers(40000));
  REQUIRE(histories.groups.size() > 16384);
  constexpr Parameters k_true{.243, 4.414, .793, 2.426};
  double share = 0;
  const auto fit = fit_customer_base(bg_nbd, histories, nullptr, [&](double now) {
    CHECK(now >= share);
    share = now;
    return true;
  });
  REQUIRE(fit);
  CHECK(share < 1);
  const auto other = fit_customer_base(bg_nbd, histories, &k_true);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(fit->parameters[i] == near_relative(other->parameters[i], 1e-10));
    // Orders of one day count once, which costs some of the most frequent customers' orders.
    CHECK(std::fabs(fit->parameters[i] - k_true[i]) < 4 * standard_error(*fit, i) + 0.05 * k_true[i]);
  }
  CHECK(fit->log_likelihood > fitted(nbd, histories).log_likelihood + 100);
  CHECK(fit->log_likelihood > fitted(pareto_nbd, histories).log_likelihood);
}

TEST_CASE("tiny and odd customer bases end in an answer") {
  const std::vector<std::vector<DayHistory>> bases = {
      {{1, 3, 10}},
      {{1, 10, 10}},
      {{5, 10, 10}, {5, 10, 10}, {5, 10, 10}},
      {{0, 0, 100}, {0, 0, 90}, {1, 1, 80}},
      {{4000, 90, 100}, {0, 0, 100}},
      {{1, 50, 100}, {1, 50, 100}, {1, 50, 100}, {1, 50, 100}},
      {{2, 1, 700}, {3, 2, 700}, {4, 1, 700}, {0, 0, 700}, {0, 0, 0}}};
  for (const auto& base : bases) {
    CAPTURE(&base - bases.data());
    for (const CustomerBaseModel model : k_models) {
      CAPTURE(static_cast<int>(model));
      const CustomerBaseFit fit = fitted(model, grouped(base));
      CHECK(std::isfinite(fit.log_likelihood));
      for (int i = 0; i < parameter_count(model); ++i) {
        CHECK(std::isfinite(fit.parameters[i]));
        CHECK(fit.parameters[i] > 0);
        CHECK(std::isfinite(fit.log_covariance[5 * i]));
      }
      const double next = expected_orders(model, fit.parameters, {1, 1, 10}, 52);
      CHECK(std::isfinite(next));
      CHECK(next >= 0);
    }
  }
}

TEST_CASE("no fit lies below that of nobody ever leaving") {
  std::vector<std::vector<DayHistory>> bases = {
      // The search from the usual start ends in a side valley: some leave in the first minute.
      {{11, 914, 1021},
       {5, 45, 50},
       {40, 618, 648},
       {0, 0, 12},
       {0, 0, 903},
       {0, 0, 489},
       {6, 547, 814},
       {0, 0, 456},
       {0, 0, 73},
       {15, 45, 46},
       {41, 715, 766}}};
  Random random(19);
  for (int i = 0; i < 60; ++i) {
    std::vector<DayHistory> base{{1, 5, 40}};
    const double most = std::pow(10, random.between(0, 2));
    for (int customers = random.whole(2, 60); customers > 0; --customers) {
      const auto age = static_cast<std::uint32_t>(random.whole(50, 900));
      const auto repeats = static_cast<std::uint32_t>(most * random.uniform() * random.uniform());
      const auto last = static_cast<std::uint32_t>(repeats + (age - repeats) * random.uniform());
      base.push_back({repeats, repeats > 0 ? std::min(last, age) : 0, age});
    }
    bases.push_back(base);
  }
  for (const auto& base : bases) {
    CAPTURE(&base - bases.data());
    const Histories histories = grouped(base);
    const double all_stay = fitted(nbd, histories).log_likelihood;
    for (const CustomerBaseModel model : {bg_nbd, mbg_nbd, pareto_nbd}) {
      CAPTURE(static_cast<int>(model));
      const CustomerBaseFit fit = fitted(model, histories);
      CHECK(fit.log_likelihood > all_stay - 1e-5);
      CHECK(fit.evaluations < 120);
    }
  }
}

TEST_CASE("no parameters and no history give NaN, infinity or less than nothing") {
  Random random(7);
  for (int i = 0; i < 1500; ++i) {
    const Parameters parameters = random_parameters(random, i % 2 == 0 ? 3.7 : 6);
    const History history = random_history(random);
    const double horizon = std::pow(10, random.between(-3, 3));
    const double rate = std::pow(10, random.between(-6, 1));
    for (const CustomerBaseModel model : k_models) {
      CAPTURE(static_cast<int>(model));
      CAPTURE(i);
      CHECK(std::isfinite(log_likelihood(model, parameters, history)));
      const double probability = alive(model, parameters, history);
      CHECK(probability >= 0);
      CHECK(probability <= 1);
      const double most = (parameters[0] + history.repeats) / (parameters[1] + history.age);
      const double orders = expected_orders(model, parameters, history, horizon);
      CHECK(orders >= 0);
      CHECK(orders <= probability * most * horizon * (1 + 1e-9));
      const double later = expected_orders(model, parameters, history, 2 * horizon);
      CHECK(later >= orders * (1 - 1e-9));
      CHECK(later <= 2 * orders * (1 + 1e-9));
      const double residual = residual_orders(model, parameters, history, rate);
      CHECK(residual >= 0);
      CHECK(residual <= probability * most / rate * (1 + 1e-9));
      const double stays = alive(model, parameters, horizon);
      CHECK(stays >= 0);
      CHECK(stays <= 1);
      const double chance = order_count_probability(model, parameters, i % 40, horizon);
      CHECK(chance >= 0);
      CHECK(chance <= 1);
    }
  }
}

TEST_CASE("counting orders and averaging over the probability of leaving agree") {
  // Just below and above the number of orders that are still counted one by one.
  for (const double repeats : {0.0, 3.0, 40.0}) {
    double before = 0;
    for (double horizon = 100; horizon < 2000; horizon *= 1.05) {
      const Parameters parameters{2, 5, 0.9, 4};
      const History history{repeats, repeats > 0 ? 20.0 : 0, 22};
      const double orders = expected_orders(mbg_nbd, parameters, history, horizon);
      const double a_bit_later = expected_orders(mbg_nbd, parameters, history, horizon * 1.0001);
      CHECK(orders > before);
      CHECK(a_bit_later > orders);
      CHECK(a_bit_later == near_relative(orders, 1.1e-4));
      before = orders;
    }
  }
}

TEST_CASE("the number of orders of a new customer is a distribution with the expected mean") {
  for (const KnownFit& known : k_cdnow) {
    CAPTURE(static_cast<int>(known.model));
    double sum = 0, mean = 0;
    for (int n = 0; n < 1500; ++n) {
      const double chance = order_count_probability(known.model, known.parameters, n, 39);
      sum += chance;
      mean += n * chance;
    }
    CHECK(sum == near_relative(1, 1e-11));
    CHECK(mean == near_relative(expected_orders(known.model, known.parameters, 39), 1e-10));
    CHECK(order_count_probability(known.model, known.parameters, 0, 0) == 1);
    CHECK(order_count_probability(known.model, known.parameters, 3, 0) == 0);
  }
  Random random(3);
  for (int i = 0; i < 60; ++i) {
    Parameters parameters = random_parameters(random, 2);
    parameters[1] = 20 * std::max(parameters[0], 1.0) * random.between(0.5, 2);
    for (const CustomerBaseModel model : k_models) {
      CAPTURE(static_cast<int>(model));
      double sum = 0, mean = 0;
      for (int n = 0; n < 400; ++n) {
        const double chance = order_count_probability(model, parameters, n, 30);
        sum += chance;
        mean += n * chance;
      }
      CHECK(sum == near_relative(1, 1e-9));
      CHECK(mean == near_relative(expected_orders(model, parameters, 30), 1e-8));
    }
  }
}

TEST_CASE("in-sample number of customers by orders, as published") {
  // Chi-squared statistics of the fit to the number of repeat orders, of Fader, Hardie and Lee (2005):
  // 4.82 and 11.99 over 0 … 7+ with 3 degrees of freedom.
  std::array<double, 8> actual{};
  for (const Histories::Group& group : cdnow_histories().groups) {
    actual[std::min<std::size_t>(group.repeats, 7)] += group.customers;
  }
  const auto chi_squared = [&](CustomerBaseModel model, const Parameters& parameters) {
    std::array<double, 8> expected{};
    for (const Histories::Group& group : cdnow_histories().groups) {
      double rest = 1;
      for (int n = 0; n < 7; ++n) {
        const double chance =
            order_count_probability(model, parameters, n, cdnow_histories().times[group.age]);
        expected[static_cast<std::size_t>(n)] += group.customers * chance;
        rest -= chance;
      }
      expected[7] += group.customers * rest;
    }
    double sum = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      sum += (actual[i] - expected[i]) * (actual[i] - expected[i]) / expected[i];
    }
    return sum;
  };
  CHECK(chi_squared(bg_nbd, k_cdnow[2].parameters) == doctest::Approx(4.82).epsilon(0.01));
  CHECK(chi_squared(pareto_nbd, k_cdnow[1].parameters) == doctest::Approx(11.99).epsilon(0.01));
}

TEST_CASE("discounted residual orders are the discounted sum of expected orders") {
  const History history{4, 25, 33};
  for (const KnownFit& known : k_cdnow) {
    CAPTURE(static_cast<int>(known.model));
    constexpr double k_rate = 0.02;
    // By parts: the integral of rate e^(-rate t) E[Y(t)] dt, in u = rate t by Simpson's rule.
    double sum = 0;
    constexpr int k_parts = 4000;
    constexpr double k_end = 40;
    for (int i = 0; i <= k_parts; ++i) {
      const double u = k_end * i / k_parts;
      const double weight = i == 0 || i == k_parts ? 1 : i % 2 == 1 ? 4 : 2;
      sum +=
          weight * std::exp(-u) * expected_orders(known.model, known.parameters, history, u / k_rate);
    }
    sum *= k_end / k_parts / 3;
    CHECK(residual_orders(known.model, known.parameters, history, k_rate) == near_relative(sum, 1e-8));
    // At a rate that leaves only the first moment it is the present intensity over the rate.
    const double soon = expected_orders(known.model, known.parameters, history, 1e-7) / 1e-7;
    CHECK(residual_orders(known.model, known.parameters, history, 1e6) * 1e6 ==
          near_relative(soon, 1e-5));
  }
}

TEST_CASE("limits: without churn all are the NBD; BG/NBD keeps one-time buyers") {
  const History history{3, 11, 30};
  const double by_nbd = expected_orders(nbd, {0.4, 12}, history, 52);
  CHECK(by_nbd == near_relative(3.4 / 42 * 52, 1e-15));
  CHECK(alive(nbd, {0.4, 12}, history) == 1);
  CHECK(residual_orders(nbd, {0.4, 12}, history, 0.01) == near_relative(3.4 / 42 / 0.01, 1e-14));
  CHECK(expected_orders(bg_nbd, {0.4, 12, 1e-9, 3}, history, 52) == near_relative(by_nbd, 1e-7));
  CHECK(expected_orders(mbg_nbd, {0.4, 12, 1e-9, 3}, history, 52) == near_relative(by_nbd, 1e-7));
  CHECK(expected_orders(pareto_nbd, {0.4, 12, 1e-9, 9}, history, 52) == near_relative(by_nbd, 1e-7));
  CHECK(log_likelihood(pareto_nbd, {0.4, 12, 1e-12, 9}, history) ==
        near_relative(log_likelihood(nbd, {0.4, 12}, history), 1e-9));
  // Pareto/NBD at s = 1 lies between its neighbours.
  const double at_one = expected_orders(pareto_nbd, {0.5, 10, 1, 12}, history, 52);
  CHECK(expected_orders(pareto_nbd, {0.5, 10, 1 + 1e-7, 12}, history, 52) ==
        near_relative(at_one, 1e-6));
  CHECK(expected_orders(pareto_nbd, {0.5, 10, 1 - 1e-7, 12}, history, 52) ==
        near_relative(at_one, 1e-6));
  CHECK(alive(bg_nbd, k_bg, {0, 0, 39}) == 1);
  CHECK(alive(mbg_nbd, {0.5, 6, 0.9, 1.6}, {0, 0, 39}) < 0.64);
  // New customers: who may leave at once, at once.
  CHECK(alive(mbg_nbd, {0.5, 6, 0.9, 1.6}, 0.0) == near_relative(1.6 / 2.5, 1e-12));
  CHECK(alive(bg_nbd, k_bg, 0.0) == near_relative(1, 1e-12));
  CHECK(alive(pareto_nbd, k_pareto, 39.0) == near_relative(std::pow(1 + 39 / 11.669, -.606), 1e-13));
}
