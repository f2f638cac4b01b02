// A file of contracts, one by one or counted by age, as the renewals they have met.
#pragma once

#include <vector>

#include "calibrate/beta_geometric.hpp"
#include "growth/contracts.hpp"

namespace growth::calibrate {

struct ContractLog {
  Renewals renewals;
  double contracts{};
  std::vector<ContractCohort> cohorts;
  RecordsRead records;
};

/// Renewals of a contract that began on `start` and were due by `day`: those on the day count.
[[nodiscard]] int renewals_by(Day start, Day day, ContractPeriod period);

/// Reads the whole table. Errors as of RecordReader, and nothing left. Stopped: an empty list.
[[nodiscard]] Result<ContractLog> read_contract_log(Table& table, const ContractsRequest& request,
                                                    const Progress& progress);

}  // namespace growth::calibrate
