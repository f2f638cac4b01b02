// Formulas that give a whole plan back from its inputs alone, month by month: those of quantities.hpp,
// and what these leave to a definition (cohorts of customers, vouchers in hand, programmes, the months
// in which money arrives) stated over further quantities. Whoever can work out the language, such as
// a spreadsheet, recomputes any plan with them; a test holds them against the model.
//
// Beyond the language of formula.hpp:
//   ago(x, n)       x of n months ago, 0 before the plan
//   earlier(x, y)   Σ over the months before of x times y, which is told by age, at the age since then
//   ages(x)         Σ over the ages 1 to k_ages
//   at_age(y, x)    y, which is told by age, at x months: between whole ages as y runs from the one to
//                   the other, from and to 0 before the first and after the last
//   age             1, 2, … where a quantity is told by age; prev(x) is there x at one month less
//   none            what does not exist, such as ROAS without spend
//   channels.0.id   a field of the first channel
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "growth/fields.hpp"
#include "growth/policy.hpp"
#include "growth/scenario.hpp"

namespace growth::analysis {

/// Months of age for which quantities by age are told: the longest lifetime that can be asked for.
inline constexpr int k_ages = 120;

/// Where a quantity stands, which is also over what it is told.
enum class Sheet {
  parameters,      ///< a number that a programme's rules state; no formula
  plan,            ///< one number
  ages,            ///< one for each age
  months,          ///< one for each month, as all that follow up to `summary`
  terms,           ///< what columns are made of
  workings,        ///< what quantities.hpp leaves to a definition
  programmes,      ///< what programmes earn and pay
  unit_economics,  ///< one number
  summary,         ///< one number
};
inline constexpr int k_sheet_count = 9;
[[nodiscard]] std::string_view sheet_name(Sheet sheet);

/// A quantity with what gives it. No formula: `values` is stated by the scenario itself.
struct Stated {
  std::string id;
  Sheet sheet{};
  Unit unit{Unit::none};
  Message label;
  Message definition;  ///< empty where the label says it all
  std::string formula;
  std::string first;  ///< in month 1 or at age 1, where it differs
  /// As evaluated, for each month or age or once; NaN where it does not exist.
  std::vector<double> values;
};

/// Adds a quantity with its formula; `first` where month 1 or age 1 has another.
Stated& state(std::vector<Stated>& all, Sheet sheet, std::string id, Unit unit, Message label,
              std::string formula, std::string first = {});

/// Every formula of a plan, evaluated from the inputs. `pack` as for plan() (plan.hpp).
[[nodiscard]] std::vector<Stated> recompute(const Scenario<double>& scenario, const PolicyPack* pack);

/// The formulas of what programmes earn and pay, by their rules: adds them to `stated`, and completes
/// those of its columns that programmes bear upon.
void state_programmes(const Scenario<double>& scenario, const Incentives& incentives,
                      std::vector<Stated>& stated);

}  // namespace growth::analysis
