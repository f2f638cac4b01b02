// Calibration: what a merchant's own records say about the inputs of the plan (section 11 of the
// method). Order exports give repeat purchase and order values, session logs give conversion and the
// room's leverage, contracts give retention. Each with its uncertainty, and with what the records
// cannot tell.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "growth/plan.hpp"
#include "growth/result.hpp"
#include "growth/table.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

/// Days since 1970-01-01.
using Day = std::int32_t;

enum class CustomerBaseModel { nbd, bg_nbd, mbg_nbd, pareto_nbd };
/// "nbd", "bg_nbd", …
[[nodiscard]] std::string_view customer_base_model_name(CustomerBaseModel model);

/// Why a row is not an order (or a session, or a contract) of its own.
enum class DropReason {
  empty_row,
  missing_customer,  ///< guests
  missing_date,
  missing_amount,
  bad_date,
  bad_amount,
  future_date,
  cancelled,  ///< cancelled or never paid
  refunded,   ///< whole order refunded, or a negative amount
  zero_amount,
  test_order,
  duplicate_order,   ///< same order id again
  duplicate_record,  ///< the same contract or session again
  same_day,          ///< added to the customer's other order of that day
  other_currency,
  bad_number,  ///< of a session or contract
};
[[nodiscard]] std::string_view drop_reason_name(DropReason reason);

/// Which of day and month stands first where both orders are possible (`03/04/2026`).
enum class DateOrder { year_first, month_first, day_first };

/// A column that was recognised: what it stands for and what it is called in the file.
struct RecognisedColumn {
  std::string field;  ///< "customer", "date", "amount", "order_id", "status", …
  std::string name;   ///< as in the file
  std::size_t index{};
};

/// The rows of one reason: how many, and the numbers of the first of them.
struct Dropped {
  DropReason reason{};
  std::size_t count{};
  std::vector<std::size_t> rows;  ///< at most k_most_listed_rows
};
inline constexpr std::size_t k_most_listed_rows = 100;

/// What was read of a table.
struct RecordsRead {
  std::size_t rows{};  ///< without the column names
  std::vector<RecognisedColumn> columns;
  std::vector<Dropped> dropped;  ///< reasons that occurred, in their order
  std::string currency;          ///< "CNY" unless the file says otherwise
  std::vector<Warning> warnings;
};

/// A column by the merchant's choice: the file's name for it, or its number from 1.
struct ColumnChoice {
  std::string field;
  std::string name;
};

enum class ZeroOrders { first_only, drop, keep };

/// Whose repeat curve the file's customers show: of those in the private pool, of those outside, of
/// both.
enum class OrdersScope { private_pool, outside, both };

/// How far ahead to look, and how many customers to list.
struct OutlookRequest {
  int horizon_months{12};              ///< 1..120
  double discount_rate_monthly{0.01};  ///< above 0: residual orders are over all time
  int customers{0};                    ///< the best so many, 0..k_most_listed_customers
};
inline constexpr int k_most_listed_customers = 1000;

struct OrdersRequest {
  std::vector<ColumnChoice> columns;    ///< others are recognised
  std::optional<DateOrder> date_order;  ///< without it the rows decide
  std::optional<Day> calibration_end;
  std::optional<Day> today;  ///< orders after it are future dates; without it nothing is
  /// Zero orders are samples and gifts: dropped, unless they are all a customer has (first_only).
  ZeroOrders zero_orders{ZeroOrders::first_only};
  bool season{};  ///< estimate a season index and fit in operational time
  OrdersScope scope{OrdersScope::private_pool};
  OutlookRequest outlook;
};

struct Estimate {
  double value{};
  double standard_error{};
};

/// A share with its 95 % interval (Wilson) and the customers it was measured on.
struct MeasuredShare {
  double value{};
  double low{};
  double high{};
  std::size_t customers{};
};

/// Repeat orders after the calibration period, of customers known in it.
struct HoldoutErrors {
  double actual{};     ///< orders, all customers together
  double predicted{};  ///< sum of every customer's expectation
  double mae{};        ///< mean absolute error per customer
  double rmse{};       ///< root mean square error per customer
};

/// Mean orders per customer in the holdout, of those with so many repeat orders before.
struct HoldoutLevel {
  int repeats{};  ///< in the calibration period
  bool more{};    ///< or more
  std::size_t customers{};
  double actual{};
  double predicted{};
};

struct CustomerBaseModelFit {
  CustomerBaseModel model{};
  /// In the order of customer_base_parameter_names.
  std::vector<double> parameters;
  /// Of their logarithms; empty where the data do not tell them.
  std::vector<double> log_standard_errors;
  /// 95 % of each parameter, by its logarithm; empty alike.
  std::vector<std::array<double, 2>> intervals;
  double log_likelihood{};
  double aic{};
  double bic{};
  bool at_boundary{};
  std::optional<HoldoutErrors> holdout;
  std::vector<HoldoutLevel> by_repeats;
  /// Expected repeat orders per week of the record, by the fit before the holdout.
  std::vector<double> weekly;
  /// Expected customers with 0, 1, … repeat orders at the end of calibration.
  std::vector<double> frequency;
  /// Expected repeat orders of a new customer in 12 months.
  double orders_in_year{};
};
/// "r", "alpha", "a", "b" or "s", "beta".
[[nodiscard]] std::vector<std::string_view> customer_base_parameter_names(CustomerBaseModel model);

/// Gamma-gamma model of the value of orders.
struct SpendFit {
  Estimate p;  ///< errors 0 at a boundary, where they do not exist
  Estimate q;
  Estimate v;
  double log_likelihood{};
  bool at_boundary{};
  std::size_t customers{};  ///< with at least one repeat order of a value
  double correlation{};     ///< of repeat orders and their mean value, which the model takes for none
  std::optional<double> mean;    ///< over customers; nothing where q ≤ 1
  std::optional<double> median;  ///< nothing beyond a double
};

struct OrderValues {
  Estimate first;
  Estimate repeat;  ///< 0 where nobody came back
  std::optional<Estimate> ratio;
  double mean{};
  double median{};
};

/// Shares of revenue (of orders where the file has no amounts) that the best customers bring.
struct Concentration {
  bool of_amounts{};
  double top_1{};  ///< the best 1 % of customers
  double top_10{};
  double top_20{};
  double gini{};
};

/// Calendar months of first orders; per row and month of age 0, 1, …
struct CohortTable {
  std::vector<std::string> months;  ///< "2026-01"
  std::vector<std::size_t> customers;
  std::vector<std::vector<std::size_t>> orders;  ///< repeat orders
  std::vector<std::vector<std::size_t>> active;  ///< customers who placed one
};

/// Repeat orders per customer at age 1, 2, … months of 30 days.
struct RepeatCurve {
  std::vector<double> p10;
  std::vector<double> p50;  ///< at the estimates
  std::vector<double> p90;
  std::vector<std::optional<double>> observed;  ///< nothing where no customer is that old
  std::vector<std::size_t> exposed;             ///< customers old enough
};

/// The same curve in the form of the plan's inputs, over a window of 12 months.
struct RepeatFormula {
  Estimate rate;                 ///< share of customers who order again
  Estimate orders_per_repeater;  ///< repeat orders of one who does
  Estimate retention;            ///< decay per month
};

struct OrdersPeriod {
  Day from{};
  Day to{};               ///< last day of the file
  Day calibration_end{};  ///< last day before the holdout; = to without one
  bool refit{};           ///< the holdout comes from a fit of its own on the first three quarters
};

/// One customer as the chosen model sees it. Spend is revenue in the file's currency.
struct CustomerOutlook {
  std::string customer;  ///< as the file calls it
  std::size_t orders{};  ///< so far
  Day last_order{};
  double alive{};                     ///< probability of still being a customer
  double expected_orders{};           ///< within the horizon
  double residual_orders{};           ///< over all time, discounted
  std::optional<double> order_value;  ///< expected mean of this customer's orders
};

/// What the customers of the record and a new one will bring, by the chosen model.
struct Outlook {
  Day as_of{};
  OutlookRequest request;
  double alive{};                        ///< customers expected to be so still
  double expected_orders{};              ///< of all, within the horizon
  std::optional<double> expected_spend;  ///< the same in money
  double new_alive{};                    ///< a new customer: probability of being one at the horizon
  double new_orders{};                   ///< repeat orders within the horizon
  double new_residual_orders{};          ///< repeat orders over all time, discounted
  std::optional<double> new_order_value;
  std::vector<CustomerOutlook> customers;  ///< the best by expected spend (orders without one)
};

struct OrdersFit {
  RecordsRead records;
  std::size_t customers{};
  std::size_t orders{};
  OrdersPeriod period;
  std::vector<CustomerBaseModelFit> models;  ///< empty where nothing can be fitted
  std::optional<CustomerBaseModel> chosen;   ///< lowest BIC
  std::optional<CustomerBaseModel> runner_up;
  double margin{};            ///< BIC of the runner-up less that of the chosen one
  double likelihood_ratio{};  ///< 2 (LL of the best model with churn - LL of the NBD)
  double p_value{1};          ///< of "no churn"
  bool churn_identifiable{};
  std::vector<Day> week_ends;
  std::vector<std::size_t> weekly;  ///< observed repeat orders per week
  std::vector<std::size_t>
      frequency;  ///< observed customers with 0, 1, … repeat orders; the last: or more
  std::optional<SpendFit> spend;
  std::optional<OrderValues> values;
  Concentration concentration;
  std::optional<MeasuredShare> rate_of_cohort;  ///< reordered within 12 months of the first order
  std::optional<MeasuredShare>
      rate_of_period;                   ///< two orders or more among those of the last 12 months
  std::optional<double> rate_of_model;  ///< the chosen model's, within 12 months of the first order
  int period_rate_days{};               ///< length of the period behind rate_of_period
  CohortTable cohorts;
  std::optional<RepeatCurve> curve;
  std::optional<RepeatFormula> formula;
  std::optional<Outlook> outlook;
  std::optional<std::array<double, 12>> season;  ///< index per calendar month, mean 1
  OrdersScope scope{OrdersScope::private_pool};
  std::vector<UncertainInput> inputs;  ///< what the estimates say as uncertain inputs
  std::vector<Warning> warnings;
};

/// An empty list of errors: it was stopped.
[[nodiscard]] Result<OrdersFit> fit_orders(Table& table, const OrdersRequest& request,
                                           const Execution& execution);

}  // namespace growth
