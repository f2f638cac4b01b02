// The words beside the numbers: every stated formula gives the number it explains.
#include "growth/quantities.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "analysis/explain.hpp"
#include "analysis/formula.hpp"
#include "check_each.hpp"
#include "support.hpp"

using namespace growth;

namespace {

/// A formula may leave out what the engine compensates, so sums are compared on their own scale.
void check_formula(const Quantity& quantity, const Plan& plan, int month, double got, double scale) {
  const bool first = month == 0 && !quantity.first.empty();
  const std::string_view formula = first ? quantity.first : quantity.formula;
  if (formula.empty()) return;
  CAPTURE(quantity.id);
  CAPTURE(month);
  CHECK_EACH(test::relative_difference(analysis::evaluate(formula, plan, month), got, scale) < 1e-9);
}

/// Size of the money in a month: differences of large amounts are held against it.
double scale_of(const Quantity& quantity, const Month<double>& month) {
  switch (quantity.unit) {
    case Unit::yuan:
      return 1e-3 * (month.gmv + month.outlays + month.voucher_balance + month.voucher_used);
    case Unit::users: return 1e-3 * month.private_users;
    default: return 1e-12;
  }
}

bool has_chinese(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead >= 0xE4 && lead <= 0xE9) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every formula gives its number, in every month of random plans") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Plan result = plan(test::random_scenario(seed), nullptr);
    const int months = static_cast<int>(result.months.size());
    for (int t = 0; t < months; ++t) {
      const Month<double>& month = result.months[static_cast<std::size_t>(t)];
      for (const auto entries : {month_columns(), month_terms()}) {
        for (const auto& entry : entries) {
          check_formula(entry.quantity, result, t, entry.read(month), scale_of(entry.quantity, month));
        }
      }
    }
    for (const SummaryEntry& entry : summary_quantities()) {
      const auto value = summary_value(entry, result.summary, result.scenario.horizon_months);
      if (value && entry.quantity.id != "payback_month") {
        check_formula(entry.quantity, result, months - 1, *value, 1e-3 * result.summary.gmv);
      }
    }
    for (const auto& entry : unit_economics_quantities()) {
      check_formula(entry.quantity, result, 0, entry.read(result.unit_economics), 1e-6);
    }
  }
}

TEST_CASE("every quantity has words in both languages and an id of its own") {
  const auto check = [](const auto& entries) {
    std::set<std::string_view> ids;
    for (const auto& entry : entries) {
      const Quantity& quantity = entry.quantity;
      CAPTURE(quantity.id);
      CHECK(ids.insert(quantity.id).second);
      CHECK(!quantity.label.en.empty());
      CHECK(has_chinese(quantity.definition.zh));
      CHECK(!has_chinese(quantity.definition.en));
    }
  };
  check(month_columns());
  check(month_terms());
  check(summary_quantities());
  check(unit_economics_quantities());
}

TEST_CASE("explain: formula in words and with numbers") {
  const Plan result = plan(Scenario<double>{}, nullptr);
  const auto settled = analysis::explain("months.settled_gmv", result, 1);
  REQUIRE(settled);
  CHECK(settled->in_words.zh == "成交额 GMV*(1 - 退货率)");
  CHECK(settled->in_words.en == "GMV*(1 - Return rate)");
  CHECK(settled->with_numbers == "53,103.1*(1 - 0.1)");
  CHECK(settled->terms.size() == 2);
  const auto total = analysis::explain("gmv", result, 1);
  REQUIRE(total);
  CHECK(total->section == "summary");
  CHECK(*total->value == result.summary.gmv);
  const auto weight = analysis::explain("account_weight", result, 2);
  REQUIRE(weight);
  CHECK(weight->with_numbers.empty());  // it reaches into the month before
  CHECK(!analysis::explain("no_such_metric", result, 1));
  CHECK(!analysis::explain("cac", result, 1)->value);
}

TEST_CASE("explain: every listed metric can be explained in every month") {
  const Plan result = plan(test::random_scenario(7), nullptr);
  for (const std::string& metric : analysis::explainable_metrics()) {
    CAPTURE(metric);
    const auto explanation = analysis::explain(metric, result, 1);
    REQUIRE(explanation);
    CHECK(explanation->section + "." + explanation->id == metric);
    for (const analysis::ExplainedTerm& term : explanation->terms) CHECK(std::isfinite(term.value));
  }
}
