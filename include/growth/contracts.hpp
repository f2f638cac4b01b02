// Memberships and courses: how many renew, period by period, and how long those still there will stay.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/calibrate.hpp"
#include "growth/fields.hpp"

namespace growth {

/// From one renewal to the next: 7 days, or 1, 3 or 12 calendar months.
enum class ContractPeriod { week, month, quarter, year };
/// "week", "month", "quarter", "year".
[[nodiscard]] std::string_view contract_period_name(ContractPeriod period);

/// Why the renewals give no alpha and beta, only a rate or nothing.
enum class RenewalBoundary {
  none,          ///< they do
  no_renewals,   ///< nobody has met a renewal yet
  all_kept,      ///< nobody has ended
  none_kept,     ///< nobody has renewed
  one_renewal,   ///< only the first renewal has been seen: its rate, nothing about later ones
  all_alike,     ///< renewal does not get likelier with age: one rate for all
  all_or_never,  ///< whoever renews once stays
};
/// "no_renewals", …; of none "none".
[[nodiscard]] std::string_view renewal_boundary_name(RenewalBoundary boundary);

struct ContractsRequest {
  std::vector<ColumnChoice> columns;  ///< others are recognised
  std::optional<DateOrder> date_order;
  ContractPeriod period{ContractPeriod::month};
  /// End of the record: contracts that end later are still running. Without it the last date of the
  /// file.
  std::optional<Day> today;
  /// Per period, within k_contract_discount_range.
  double discount_rate{0.01};
};
inline constexpr Range k_contract_discount_range{1e-4, 10};

/// A number with the ends of its 95 % interval.
struct Banded {
  double value{};
  double low{};
  double high{};
};

struct ContractCohort {
  std::string start;  ///< period of the start as a text; as in the file where it counts contracts
  double contracts{};
  std::vector<double> survivors;  ///< after 0, 1, … renewals that all of the cohort have met
};

/// Renewals still to be expected of a contract whose next one is due now.
struct ResidualLifetime {
  Banded discounted;
  std::optional<double> undiscounted;  ///< nothing where it is infinite: alpha at most 1
};

/// Share of the contracts that renew within a window, and how often those do: inputs of the plan.
struct RenewalFormula {
  int window_months{};
  Estimate rate;
  std::optional<Estimate> orders_per_repeater;  ///< nothing where later renewals are not known
  std::optional<double> retention;              ///< decay per month with the same mean age of renewals
};

struct ContractsFit {
  RecordsRead records;
  double contracts{};
  std::size_t periods{};  ///< renewals that the oldest contract has met
  ContractPeriod period{};
  RenewalBoundary boundary{};
  std::optional<Estimate> alpha;
  std::optional<Estimate> beta;
  double log_likelihood{};
  /// After 0, 1, … renewals; the observed share as long as anyone has met the renewal.
  std::vector<std::optional<double>> observed;
  std::vector<Banded> survival;            ///< as far as it can be told; empty with no_renewals
  std::vector<double> retention;           ///< of renewal 1, 2, …
  std::vector<ResidualLifetime> residual;  ///< after 0, 1, … renewals; empty where it cannot be told
  double discount_rate{};
  std::vector<ContractCohort> cohorts;    ///< by start
  std::vector<double> renewals_by_month;  ///< renewals per contract at age 1, 2, … months of 30 days
  std::optional<RenewalFormula> formula;
  std::vector<UncertainInput> inputs;
  std::vector<Warning> warnings;
};

/// An empty list of errors: it was stopped.
[[nodiscard]] Result<ContractsFit> fit_contracts(Table& table, const ContractsRequest& request,
                                                 const Execution& execution);

}  // namespace growth
