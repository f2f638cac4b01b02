// What is measured of an order log without a model: cohorts, repurchase rates, order values,
// concentration, the weeks and the season's clock. The logs are small enough to count by hand.
#include <doctest/doctest.h>

#include <cmath>

#include "calibrate/cells.hpp"
#include "calibrate/clock.hpp"
#include "calibrate/cohort_table.hpp"
#include "calibrate/comparison.hpp"
#include "calibrate/observed.hpp"
#include "calibrate/order_values.hpp"
#include "calibrate/repurchase_rate.hpp"
#include "calibrate/uncertain_estimate.hpp"

namespace growth::calibrate {
namespace {

/// Orders by customer, then by day.
OrderLog log_of(std::vector<Order> orders, bool has_amounts = true) {
  OrderLog log;
  log.first = log.last = orders.front().day;
  for (const Order& order : orders) {
    log.first = std::min(log.first, order.day);
    log.last = std::max(log.last, order.day);
    log.customers = std::max(log.customers, order.customer + 1);
  }
  log.orders = std::move(orders);
  log.has_amounts = has_amounts;
  return log;
}

const Day k_new_year = day_of(2025, 1, 1);

// Customer 0: January, twice in March, May. Customer 1: end of January only. Customer 2: February, the
// last day of the record.
OrderLog three_customers() {
  return log_of({{0, day_of(2025, 1, 5), 100},
                 {0, day_of(2025, 3, 1), 50},
                 {0, day_of(2025, 3, 31), 70},
                 {0, day_of(2025, 5, 2), 30},
                 {1, day_of(2025, 1, 31), 40},
                 {2, day_of(2025, 2, 10), 60},
                 {2, day_of(2025, 5, 20), 150}});
}

TEST_CASE("a cohort table counts repeat orders and returning customers per calendar month of age") {
  const CohortTable table = cohort_table(three_customers());
  CHECK(table.months ==
        std::vector<std::string>{"2025-01", "2025-02", "2025-03", "2025-04", "2025-05"});
  CHECK(table.customers == std::vector<std::size_t>{2, 1, 0, 0, 0});
  CHECK(table.orders[0] == std::vector<std::size_t>{0, 0, 2, 0, 1});
  CHECK(table.active[0] == std::vector<std::size_t>{0, 0, 1, 0, 1});
  CHECK(table.orders[1] == std::vector<std::size_t>{0, 0, 0, 1});
  CHECK(table.orders[4] == std::vector<std::size_t>{0});
}

TEST_CASE("every repeat order stands in the cohort table once") {
  const OrderLog log = three_customers();
  const CohortTable table = cohort_table(log);
  std::size_t orders = 0;
  std::size_t customers = 0;
  for (const auto& row : table.orders) {
    for (const std::size_t count : row) orders += count;
  }
  for (const std::size_t count : table.customers) customers += count;
  CHECK(customers == log.customers);
  CHECK(orders == log.orders.size() - log.customers);
}

TEST_CASE("the two repurchase rates follow their definitions to the day") {
  // Customer 0 reorders on day 360 of its age, customer 1 on day 361, customer 2 is too young by a day.
  const OrderLog log = log_of({{0, k_new_year, 1},
                               {0, k_new_year + 360, 1},
                               {1, k_new_year, 1},
                               {1, k_new_year + 361, 1},
                               {2, k_new_year + 41, 1},
                               {2, k_new_year + 42, 1},
                               {3, k_new_year + 400, 1}});
  const auto cohort = rate_of_cohort(log);
  REQUIRE(cohort);
  CHECK(cohort->customers == 2);
  CHECK(cohort->value == 0.5);
  // The last 360 days are days 41 … 400: customer 2's two orders, one each of the others.
  const auto period = rate_of_period(log);
  REQUIRE(period);
  CHECK(period_rate_days(log) == 360);
  CHECK(period->customers == 4);
  CHECK(period->value == 0.25);
}

TEST_CASE("a young record has no cohort rate, and its period is the record") {
  const OrderLog log = log_of({{0, k_new_year, 1}, {0, k_new_year + 9, 1}, {1, k_new_year + 3, 1}});
  CHECK_FALSE(rate_of_cohort(log));
  CHECK(period_rate_days(log) == 10);
  CHECK(rate_of_period(log)->value == 0.5);
}

TEST_CASE("a share's interval is Wilson's and keeps within 0 and 1") {
  std::vector<Order> orders;
  for (std::uint32_t customer = 0; customer < 10; ++customer) orders.push_back({customer, k_new_year, 1});
  orders.push_back({9, k_new_year + 1, 1});
  orders.push_back({9, k_new_year + 360, 1});
  // 1 of 10: 0.01787621 … 0.40415003 (R: prop.test(1, 10, correct = FALSE)).
  const auto share = rate_of_cohort(log_of(std::move(orders)));
  REQUIRE(share);
  CHECK(share->value == doctest::Approx(0.1));
  CHECK(share->low == doctest::Approx(0.01787621).epsilon(1e-6));
  CHECK(share->high == doctest::Approx(0.40415003).epsilon(1e-6));
}

TEST_CASE("order values keep first and repeat orders apart") {
  const auto values = order_values(three_customers());
  REQUIRE(values);
  CHECK(values->first.value == doctest::Approx((100.0 + 40 + 60) / 3));
  CHECK(values->repeat.value == doctest::Approx((50.0 + 70 + 30 + 150) / 4));
  // Standard deviation of 100, 40, 60 is 30.5505046330389.
  CHECK(values->first.standard_error == doctest::Approx(30.5505046330389 / std::sqrt(3.0)));
  CHECK(values->ratio->value == doctest::Approx(75.0 / (200.0 / 3)));
  CHECK(values->mean == doctest::Approx(500.0 / 7));
  CHECK(values->median == 60);
}

TEST_CASE("orders without a value are no order values, and a file without amounts has none") {
  const auto values = order_values(log_of({{0, 1, 0}, {1, 1, 10}}));
  REQUIRE(values);
  CHECK(values->first.value == 10);
  CHECK_FALSE(values->ratio);
  CHECK_FALSE(order_values(log_of({{0, 1, 0}}, false)));
  CHECK_FALSE(order_values(log_of({{0, 1, 0}})));
}

TEST_CASE("concentration: equal customers, one who brings all, and a share that cuts a customer") {
  std::vector<Order> equal;
  std::vector<Order> one;
  for (std::uint32_t customer = 0; customer < 5; ++customer) {
    equal.push_back({customer, 1, 8});
    one.push_back({customer, 1, customer == 3 ? 9.0 : 0.0});
  }
  const Concentration even = concentration(log_of(std::move(equal)));
  CHECK(even.gini == doctest::Approx(0));
  CHECK(even.top_20 == doctest::Approx(0.2));
  CHECK(even.top_1 == doctest::Approx(0.01));
  const Concentration single = concentration(log_of(std::move(one)));
  CHECK(single.gini == doctest::Approx(0.8));
  CHECK(single.top_20 == doctest::Approx(1));
  CHECK(single.top_10 == doctest::Approx(0.5));
  CHECK_FALSE(concentration(three_customers()).of_amounts == false);
  CHECK(concentration(log_of({{0, 1, 0}, {0, 2, 0}, {1, 1, 0}}, false)).gini ==
        doctest::Approx(1.0 / 6));
}

TEST_CASE("customers are observed up to a day and held out after it") {
  const ObservedBase base = observe(three_customers(), day_of(2025, 3, 15), Clock());
  REQUIRE(base.customers.size() == 3);
  CHECK(base.repeats == 1);
  CHECK(base.held_out_weeks == doctest::Approx(66.0 / 7));
  std::uint32_t held_out = 0;
  for (const ObservedCustomer& customer : base.customers) {
    held_out += customer.held_out;
    CHECK(customer.history.last <= customer.history.age);
  }
  CHECK(held_out == 3);
  CHECK(observe(three_customers(), day_of(2025, 2, 1), Clock()).customers.size() == 2);
}

TEST_CASE("groups stand in the order of the customers they count") {
  const ObservedBase base = observe(three_customers(), day_of(2025, 5, 20), Clock());
  std::size_t next = 0;
  for (const Histories::Group& group : base.histories.groups) {
    const auto count = static_cast<std::size_t>(group.customers);
    for (std::size_t i = 0; i < count; ++i, ++next) {
      const DayHistory& history = base.customers[next].history;
      CHECK(history.repeats == group.repeats);
      CHECK(base.histories.times[group.age] == doctest::Approx(history.age / 7.0));
      CHECK(base.histories.times[group.last] == doctest::Approx(history.last / 7.0));
    }
  }
  CHECK(next == base.customers.size());
}

TEST_CASE("weeks hold every repeat order of the customers known by the end of calibration") {
  const OrderLog log = three_customers();
  const std::vector<Day> ends = week_ends(log.first, log.last);
  CHECK(ends.front() == log.first + 6);
  CHECK(ends.back() >= log.last);
  CHECK(ends.back() < log.last + 7);
  const auto total = [&](Day calibration_end) {
    std::size_t sum = 0;
    for (const std::size_t week : weekly_repeats(log, observe(log, calibration_end, Clock()), ends)) {
      sum += week;
    }
    return sum;
  };
  CHECK(total(log.last) == 4);
  CHECK(total(day_of(2025, 2, 1)) == 3);  // customer 2 came later
}

TEST_CASE("a season's clock stretches months and keeps the record's length") {
  SeasonIndex season;
  season.fill(1);
  season[10] = 3;  // November
  const Day first = day_of(2025, 10, 1);
  const Day last = day_of(2025, 12, 31);
  const Clock plain;
  const Clock clock(season, first, last);
  CHECK(clock.weeks(first, last) == doctest::Approx(plain.weeks(first, last)));
  const double october = clock.weeks(day_of(2025, 10, 10), day_of(2025, 10, 11));
  const double november = clock.weeks(day_of(2025, 11, 10), day_of(2025, 11, 11));
  CHECK(november == doctest::Approx(3 * october));
  CHECK(clock.weeks(first, first) == 0);
}

TEST_CASE("estimates become distributions only where they have a spread") {
  CHECK_FALSE(normal_around({5, 0}));
  CHECK_FALSE(lognormal_around({5, 0}));
  CHECK_FALSE(beta_around({0.5, 0}));
  // Beta(2, 6): mean 1/4, variance 12/(64·9).
  const auto beta = beta_around({0.25, std::sqrt(12.0 / (64 * 9))});
  REQUIRE(beta);
  CHECK(beta->kind == DistributionKind::beta);
  CHECK(beta->parameters[0] == 0.25);
  CHECK(beta->parameters[1] == doctest::Approx(8));
  CHECK(beta_around({0.5, 0.4})->kind == DistributionKind::uniform);
  CHECK(lognormal_around({2, 0.5})->parameters[1] == 0.25);
}

}  // namespace
}  // namespace growth::calibrate
