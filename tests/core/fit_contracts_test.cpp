// Contracts from a table to inputs of the plan.
#include <doctest/doctest.h>

#include <cmath>

#include "calibrate/cells.hpp"
#include "calibrate/contract_log.hpp"
#include "growth/contracts.hpp"
#include "support.hpp"

using namespace growth;
using calibrate::day_of;
using calibrate::renewals_by;
using test::Rows;
using test::table_text;

namespace {

ContractsFit fit(const Rows& rows, const ContractsRequest& request = {}) {
  const std::string text = table_text(rows);
  SeparatedTable table(text);
  Result<ContractsFit> result = fit_contracts(table, request, {});
  REQUIRE(result.ok());
  return std::move(result).value();
}

std::size_t dropped(const ContractsFit& result, DropReason reason) {
  for (const Dropped& each : result.records.dropped) {
    if (each.reason == reason) return each.count;
  }
  return 0;
}

const Rows k_high_end_rows{{"period", "members"}, {"0", "1000"}, {"1", "869"},
                           {"2", "743"},          {"3", "653"},  {"4", "593"},
                           {"5", "551"},          {"6", "517"},  {"7", "491"}};

}  // namespace

TEST_SUITE_BEGIN("fit contracts");

TEST_CASE("renewals are due on the same day of later months, on the last day of shorter ones") {
  const Day start = day_of(2026, 1, 31);
  const auto months = [&](int year, int month, int day) {
    return renewals_by(start, day_of(year, month, day), ContractPeriod::month);
  };
  CHECK(months(2026, 1, 31) == 0);
  CHECK(months(2026, 2, 27) == 0);
  CHECK(months(2026, 2, 28) == 1);
  CHECK(months(2026, 3, 30) == 1);
  CHECK(months(2026, 3, 31) == 2);
  CHECK(months(2027, 1, 31) == 12);
  CHECK(renewals_by(day_of(2025, 11, 5), day_of(2026, 11, 4), ContractPeriod::year) == 0);
  CHECK(renewals_by(day_of(2025, 11, 5), day_of(2026, 11, 5), ContractPeriod::year) == 1);
  CHECK(renewals_by(day_of(2025, 11, 5), day_of(2026, 5, 5), ContractPeriod::quarter) == 2);
  CHECK(renewals_by(day_of(2025, 11, 5), day_of(2025, 11, 18), ContractPeriod::week) == 1);
  CHECK(renewals_by(day_of(2025, 11, 5), day_of(2025, 10, 1), ContractPeriod::month) == 0);
}

TEST_CASE("counted by age, in rows or in columns: the published parameters") {
  for (const Rows& rows :
       {k_high_end_rows, Rows{{"cohort", "0", "1", "2", "3", "4", "5", "6", "7"},
                              {"2020", "1000", "869", "743", "653", "593", "551", "517", "491"}}}) {
    ContractsRequest request;
    request.period = ContractPeriod::year;
    request.discount_rate = 0.1;
    const ContractsFit result = fit(rows, request);
    CHECK(result.contracts == 1000);
    CHECK(result.periods == 7);
    REQUIRE(result.alpha);
    CHECK(result.alpha->value == doctest::Approx(0.668088351106).epsilon(1e-10));
    CHECK(result.beta->value == doctest::Approx(3.80609496406).epsilon(1e-10));
    CHECK(result.alpha->standard_error == doctest::Approx(0.1037).epsilon(1e-3));
    CHECK(result.beta->standard_error == doctest::Approx(0.7855).epsilon(1e-3));
    CHECK(result.log_likelihood == doctest::Approx(-1611.15814739).epsilon(1e-11));
    CHECK(*result.observed[3] == doctest::Approx(0.653));
    // alpha below 1: some stay for ever, and the answer says so.
    for (const ResidualLifetime& left : result.residual) {
      CHECK_FALSE(left.undiscounted);
      CHECK(left.discounted.low < left.discounted.value);
      CHECK(left.discounted.high > left.discounted.value);
    }
    REQUIRE(result.warnings.size() == 1);
    CHECK(result.warnings[0].code == "endless_lifetime");
    for (std::size_t t = 1; t < result.survival.size(); ++t) {
      const Banded& share = result.survival[t];
      CHECK(share.low < share.value);
      CHECK(share.value < share.high);
      CHECK(share.high < 1);
      CHECK(share.value == doctest::Approx(result.survival[t - 1].value * result.retention[t - 1]));
      CHECK(share.value < result.survival[t - 1].value);
    }
  }
}

TEST_CASE("one row per contract: what ended, what runs, what is not due yet") {
  ContractsRequest request;
  request.today = day_of(2026, 4, 10);
  const ContractsFit result = fit({{"会员号", "开通日期", "取消日期"},
                                   {"a", "2026-01-01", "2026-01-20"},  // ended at the first renewal
                                   {"b", "2026-01-01", "2026-02-01"},  // on the day of the first
                                   {"c", "2026-01-01", "2026-03-15"},  // after two renewals
                                   {"d", "2026-01-05", ""},            // running, three made
                                   {"e", "2026-02-15", "至今"},        // running, one made
                                   {"f", "2026-01-01", "2027-01-01"},  // ends in future: running
                                   {"g", "2026-04-01", "2026-04-05"},  // first renewal not yet due
                                   {"a", "2026-01-01", "2026-01-20"},  // the same again
                                   {"h", "", ""},
                                   {"i", "2026-05-01", ""},
                                   {"j", "2026-03-01", "2026-02-01"},
                                   {"k", "soon", ""}},
                                  request);
  CHECK(result.contracts == 7);
  CHECK(dropped(result, DropReason::duplicate_record) == 1);
  CHECK(dropped(result, DropReason::missing_date) == 1);
  CHECK(dropped(result, DropReason::future_date) == 1);
  CHECK(dropped(result, DropReason::bad_date) == 2);
  // Met the first renewal: a, b (ended), c, d, e, f; the second: c, d, f; the third: c (ended), d, f.
  CHECK(*result.observed[1] == doctest::Approx(4.0 / 6));
  CHECK(*result.observed[2] == doctest::Approx(4.0 / 6));
  CHECK(*result.observed[3] == doctest::Approx(4.0 / 6 * 2 / 3));
  CHECK_FALSE(result.observed[4]);
  REQUIRE(result.cohorts.size() == 3);
  CHECK(result.cohorts[0].start == "2026-01");
  CHECK(result.cohorts[0].contracts == 5);
  CHECK(result.cohorts[0].survivors == std::vector<double>{5, 3, 3, 2});
  CHECK(result.cohorts[1].survivors == std::vector<double>{1, 1});
  CHECK(result.cohorts[2].survivors == std::vector<double>{1});
}

TEST_CASE("what comes out goes into a plan") {
  const ContractsFit result = fit(k_high_end_rows);
  REQUIRE(result.formula);
  CHECK(result.formula->window_months == 12);
  CHECK(result.formula->rate.value == doctest::Approx(result.survival[1].value));
  double renewals = 0;
  for (std::size_t t = 1; t <= 12; ++t) renewals += result.survival[t].value;
  CHECK(result.formula->rate.value * result.formula->orders_per_repeater->value ==
        doctest::Approx(renewals));
  CHECK(*result.formula->retention > 0.8);
  CHECK(*result.formula->retention < 1);
  CHECK(result.renewals_by_month.size() == 24);
  CHECK(result.renewals_by_month[4] == doctest::Approx(result.survival[5].value));
  REQUIRE(result.inputs.size() == 2);
  CHECK(result.inputs[0].path == "repurchase.private_rate");
  CHECK(result.inputs[1].path == "repurchase.orders_per_repeater");
}

TEST_CASE("at the edges there are words instead of parameters, and no impossible number") {
  struct Edge {
    Rows rows;
    RenewalBoundary boundary;
  };
  const Edge edges[] = {
      {{{"period", "members"}, {"0", "20"}}, RenewalBoundary::no_renewals},
      {{{"period", "members"}, {"0", "20"}, {"1", "20"}, {"2", "20"}}, RenewalBoundary::all_kept},
      {{{"period", "members"}, {"0", "20"}, {"1", "0"}}, RenewalBoundary::none_kept},
      {{{"period", "members"}, {"0", "20"}, {"1", "15"}}, RenewalBoundary::one_renewal},
      {{{"period", "members"}, {"0", "100"}, {"1", "90"}, {"2", "81"}}, RenewalBoundary::all_alike},
      {{{"period", "members"}, {"0", "90"}, {"1", "60"}, {"2", "60"}}, RenewalBoundary::all_or_never},
  };
  for (const Edge& edge : edges) {
    const ContractsFit result = fit(edge.rows);
    CAPTURE(renewal_boundary_name(edge.boundary));
    CHECK(result.boundary == edge.boundary);
    CHECK_FALSE(result.alpha);
    CHECK(result.warnings.size() == 1);
    CHECK(result.warnings[0].code == renewal_boundary_name(edge.boundary));
    for (const Banded& share : result.survival) {
      CHECK(share.low >= 0);
      CHECK(share.low <= share.value);
      CHECK(share.value <= share.high);
      CHECK(share.high <= 1);
    }
    if (edge.boundary == RenewalBoundary::one_renewal) CHECK(result.survival.size() == 2);
    // Of 20 twice all: below 0.05^(1/40) a month is out of the question.
    if (edge.boundary == RenewalBoundary::all_kept) {
      CHECK(result.survival[1].low == doctest::Approx(std::pow(0.05, 1.0 / 40)));
      CHECK(result.formula->rate.value < 1);
    }
    for (const ResidualLifetime& left : result.residual) CHECK(std::isfinite(left.discounted.high));
  }
}

TEST_CASE("counts that rise or leave gaps are said, bad ones dropped") {
  const ContractsFit result = fit({{"cohort", "period", "members"},
                                   {"a", "0", "100"},
                                   {"a", "1", "80"},
                                   {"a", "2", "90"},
                                   {"b", "0", "50"},
                                   {"b", "2", "30"},
                                   {"b", "3", "25"},
                                   {"c", "0", "-5"},
                                   {"c", "x", "5"},
                                   {"c", "0", ""},
                                   {"a", "1", "70"},
                                   {"c", "1", "2.5"}});
  CHECK(dropped(result, DropReason::bad_number) == 4);
  CHECK(dropped(result, DropReason::missing_amount) == 1);
  CHECK(result.contracts == 150);
  REQUIRE(result.warnings.size() >= 2);
  CHECK(result.warnings[0].code == "count_rises");
  CHECK(result.warnings[1].code == "period_gap");
}

TEST_CASE("nothing to read is an error, stopping is one without words") {
  const std::string text = table_text({{"start", "end"}, {"never", ""}});
  SeparatedTable nothing(text);
  const auto failed = fit_contracts(nothing, {}, {});
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.errors()[0].code == ErrorCode::bad_csv);
  Rows many{{"start", "end"}};
  for (int i = 0; i < 5000; ++i) many.push_back({"2026-01-01", "2026-02-01"});
  const std::string long_text = table_text(many);
  SeparatedTable stopped(long_text);
  Execution execution;
  execution.progress = [](double) { return false; };
  const auto halted = fit_contracts(stopped, {}, execution);
  REQUIRE_FALSE(halted.ok());
  CHECK(halted.errors().empty());
}

TEST_SUITE_END();
