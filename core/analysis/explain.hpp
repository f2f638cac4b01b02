// How a reported number came about: definition, formula in words, and the same with the numbers of
// this plan put in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/fields.hpp"
#include "growth/plan.hpp"

namespace growth::analysis {

struct ExplainedTerm {
  std::string id;
  Unit unit{};
  Text label;
  double value{};
};

struct Explanation {
  std::string id;
  std::string section;  ///< "summary", "unit_economics" or "months"
  int month{};          ///< 1-based, of "months"; 0 otherwise
  Unit unit{};
  Text label;
  Text definition;
  std::optional<double> value;  ///< absent where the number does not exist (no spend, never pays back)
  std::string formula;          ///< as stated; empty where the definition alone says it
  Message in_words;             ///< the formula with labels
  std::string with_numbers;     ///< the formula with the numbers of this plan
  std::vector<ExplainedTerm> terms;
};

/// Fills in what a formula says: its words, and as of `month` (0-based) its numbers and terms.
void fill_formula(Explanation& explanation, std::string_view formula, const Plan& plan, int month);

/// `metric` is an id of quantities.hpp, if need be with its section (`summary.gmv`,
/// `months.gmv`); bare ids are looked up in summary, unit economics, months in that order. `month` is
/// 1-based and counts for "months" only. Nothing where there is no such metric.
[[nodiscard]] std::optional<Explanation> explain(std::string_view metric, const Plan& plan, int month);

/// Every metric that can be explained, with its section.
[[nodiscard]] std::vector<std::string> explainable_metrics();

}  // namespace growth::analysis
