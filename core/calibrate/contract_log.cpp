#include "calibrate/contract_log.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "calibrate/cells.hpp"
#include "calibrate/record_reader.hpp"

namespace growth::calibrate {
namespace {

/// Renewals of the oldest contracts there can be: a century of weeks.
constexpr int k_most_renewals = 5200;
/// Rows between two reports of progress.
constexpr std::size_t k_rows_per_report = 4096;

int months_of(ContractPeriod period) {
  switch (period) {
    case ContractPeriod::quarter: return 3;
    case ContractPeriod::year: return 12;
    case ContractPeriod::week:
    case ContractPeriod::month: break;
  }
  return 1;
}

/// "2026-11", "2026-Q4", "2026"; of weeks the day they begin.
std::string period_text(Day start, ContractPeriod period) {
  const CivilDate date = civil(start);
  const std::string year = date_text(start).substr(0, 4);
  switch (period) {
    case ContractPeriod::week: {
      // 1970-01-05 was a Monday.
      const Day since_monday = ((start - 4) % 7 + 7) % 7;
      return date_text(start - since_monday);
    }
    case ContractPeriod::quarter: return year + "-Q" + std::to_string((date.month + 2) / 3);
    case ContractPeriod::year: return year;
    case ContractPeriod::month: break;
  }
  return date_text(start).substr(0, 7);
}

Error nothing_left() {
  return bad_csv(0, 0,
                 {"没有一行能当作合约：请检查开始日期、结束日期或人数这几列。",
                  "no row could be read as a contract; check the columns of start and end, or of the "
                  "counts."},
                 "", "rows with a start and, where it has ended, an end; or counts by age");
}

struct Contract {
  Day start{};
  std::optional<Day> end;
};

/// What people write where a contract has no end.
bool is_running(std::string_view cell) {
  const std::string text = folded(cell);
  for (const std::string_view word :
       {"", "-", "--", "—", "/", "null", "none", "n/a", "至今", "在籍", "无", "生效中", "active"}) {
    if (text == word) return true;
  }
  return false;
}

class SingleContracts {
 public:
  SingleContracts(const RecordReader& reader, const ContractsRequest& request)
      : customer_(reader.column("customer")),
        start_(reader.column("start")),
        end_(reader.column("end")),
        order_(reader.date_order()),
        request_(request) {}

  void read(const Row& row, DropLog& drops) {
    const std::string_view start_cell = cell_of(row, start_);
    const std::string_view end_cell = cell_of(row, end_);
    if (start_cell.empty()) return drops.add(DropReason::missing_date, row.number);
    Contract contract;
    const auto start = day_in(start_cell, order_);
    if (!start) return drops.add(DropReason::bad_date, row.number);
    contract.start = *start;
    if (!is_running(end_cell)) {
      contract.end = day_in(end_cell, order_);
      if (!contract.end || *contract.end < *start) {
        return drops.add(DropReason::bad_date, row.number);
      }
    }
    if (request_.today && *start > *request_.today) {
      return drops.add(DropReason::future_date, row.number);
    }
    if (customer_) {
      // The same customer, start and end again are the same contract.
      std::string key(cell_of(row, customer_));
      key += '\n' + std::to_string(*start) + '\n' + std::string(end_cell);
      if (!cell_of(row, customer_).empty() && !seen_.insert(std::move(key)).second) {
        return drops.add(DropReason::duplicate_record, row.number);
      }
    }
    last_ = std::max({last_, *start, contract.end.value_or(*start)});
    contracts_.push_back(contract);
  }

  void finish(ContractLog& log) const {
    const Day end_of_record = request_.today.value_or(last_);
    struct Cohort {
      double contracts{};
      int seen{k_most_renewals};  // renewals that all of them have met
      std::vector<double> lost;   // by renewal, from the first
    };
    std::map<std::string, Cohort> cohorts;
    for (const Contract& contract : contracts_) {
      const int seen =
          std::min(k_most_renewals, renewals_by(contract.start, end_of_record, request_.period));
      Cohort& cohort = cohorts[period_text(contract.start, request_.period)];
      cohort.contracts += 1;
      cohort.seen = std::min(cohort.seen, seen);
      log.contracts += 1;
      // The renewal that was not made is the first one on or after the end.
      const int made = contract.end && *contract.end > contract.start
                           ? renewals_by(contract.start, *contract.end - 1, request_.period)
                           : 0;
      // One that is cancelled before it is due tells nothing yet: of the others of its age, those that
      // will stay, nothing is known either.
      if (!contract.end || made >= seen) {
        log.renewals.add_running(static_cast<std::size_t>(seen), 1);
        continue;
      }
      const auto renewal = static_cast<std::size_t>(made + 1);
      log.renewals.add_ended(renewal, 1);
      if (cohort.lost.size() < renewal) cohort.lost.resize(renewal);
      cohort.lost[renewal - 1] += 1;
    }
    for (const auto& [start, cohort] : cohorts) {
      ContractCohort entry{start, cohort.contracts, {cohort.contracts}};
      for (std::size_t t = 0; t < static_cast<std::size_t>(cohort.seen); ++t) {
        const double lost = t < cohort.lost.size() ? cohort.lost[t] : 0;
        entry.survivors.push_back(entry.survivors.back() - lost);
      }
      log.cohorts.push_back(std::move(entry));
    }
  }

 private:
  std::optional<std::size_t> customer_;
  std::optional<std::size_t> start_;
  std::optional<std::size_t> end_;
  DateOrder order_;
  const ContractsRequest& request_;
  std::set<std::string> seen_;
  std::vector<Contract> contracts_;
  Day last_{std::numeric_limits<Day>::min()};
};

/// Rows of cohort, age and count, or of cohort and a count for each age.
class CountedContracts {
 public:
  explicit CountedContracts(const RecordReader& reader)
      : cohort_(reader.column("cohort")),
        period_(reader.column("period")),
        count_(reader.column("count")) {
    const auto& columns = reader.recognition().columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (const auto age = age_of_field(columns[i].field)) ages_.push_back({i, *age});
    }
  }

  void read(const Row& row, DropLog& drops) {
    const std::string cohort(cell_of(row, cohort_));
    if (!ages_.empty()) {
      for (const auto& [column, age] : ages_) {
        const std::string_view cell = cell_of(row, column);
        // A young cohort has no count yet.
        if (cell.empty()) continue;
        if (!add(cohort, age, cell)) return drops.add(DropReason::bad_number, row.number);
      }
      return;
    }
    const std::string_view count = cell_of(row, count_);
    const auto age = number_in(cell_of(row, period_));
    if (count.empty()) return drops.add(DropReason::missing_amount, row.number);
    if (!age || !(age->value >= 0 && age->value <= k_most_renewals) ||
        age->value != std::floor(age->value) || !add(cohort, static_cast<int>(age->value), count)) {
      drops.add(DropReason::bad_number, row.number);
    }
  }

  void finish(ContractLog& log) const {
    bool rises = false;
    bool gaps = false;
    for (const auto& [start, counts] : cohorts_) {
      ContractCohort entry{start, counts.begin()->second, {}};
      int last_age = -1;
      double last = 0;
      for (const auto& [age, count] : counts) {
        if (last_age < 0 || age == last_age + 1) {
          // More than before cannot be renewals of the same contracts.
          rises = rises || (last_age >= 0 && count > last);
          if (last_age >= 0 && count <= last) {
            log.renewals.add(static_cast<std::size_t>(age), last - count, count);
          }
          entry.survivors.push_back(count);
        } else {
          gaps = true;
        }
        last_age = age;
        last = count;
      }
      log.contracts += entry.contracts;
      log.cohorts.push_back(std::move(entry));
    }
    if (rises) {
      log.records.warnings.push_back(
          {"count_rises",
           "count",
           {"有批次的人数后来变多了，同一批合约不会这样；这几步没有计入。",
            "In some cohorts the count rises, which contracts of one cohort cannot; those steps are "
            "left out."}});
    }
    if (gaps) {
      log.records.warnings.push_back({"period_gap",
                                      "period",
                                      {"有批次中间缺了几期，缺口两边没有计入。",
                                       "Some cohorts lack periods; steps across a gap are left out."}});
    }
  }

 private:
  struct Age {
    std::size_t column{};
    int age{};
  };

  /// False where it is no number of contracts, or one was there already.
  bool add(const std::string& cohort, int age, std::string_view cell) {
    const auto count = number_in(cell);
    constexpr double k_most_contracts = 1e12;
    if (!count || !(count->value >= 0 && count->value <= k_most_contracts) ||
        count->value != std::floor(count->value)) {
      return false;
    }
    return cohorts_[cohort].emplace(age, count->value).second;
  }

  std::optional<std::size_t> cohort_;
  std::optional<std::size_t> period_;
  std::optional<std::size_t> count_;
  std::vector<Age> ages_;
  std::map<std::string, std::map<int, double>> cohorts_;
};

/// Reads every row into `records`; false when stopped.
template <class Records>
bool read_rows(RecordReader& reader, Records& records, const Progress& progress) {
  Row row;
  while (reader.next(row)) {
    records.read(row, reader.drops());
    if (progress && reader.rows() % k_rows_per_report == 0 && !progress(reader.share_read())) {
      return false;
    }
  }
  return true;
}

}  // namespace

int renewals_by(Day start, Day day, ContractPeriod period) {
  if (day <= start) return 0;
  if (period == ContractPeriod::week) return (day - start) / 7;
  const CivilDate from = civil(start);
  const CivilDate to = civil(day);
  int months = (to.year - from.year) * 12 + to.month - from.month;
  // A contract of the 31st is due on the last day of shorter months.
  const CivilDate tomorrow = civil(day + 1);
  const bool last_of_month = tomorrow.month != to.month;
  if (to.day < from.day && !last_of_month) --months;
  return months / months_of(period);
}

Result<ContractLog> read_contract_log(Table& table, const ContractsRequest& request,
                                      const Progress& progress) {
  RecordReader reader(table, RecordKind::contracts);
  if (Errors errors = reader.open(request.columns, request.date_order); !errors.empty()) return errors;
  ContractLog log;
  if (reader.column("start") && reader.column("end")) {
    SingleContracts contracts(reader, request);
    if (!read_rows(reader, contracts, progress)) return Errors{};
    contracts.finish(log);
  } else {
    CountedContracts contracts(reader);
    if (!read_rows(reader, contracts, progress)) return Errors{};
    contracts.finish(log);
  }
  if (!reader.errors().empty()) return reader.errors();
  if (!(log.contracts > 0)) return Errors{nothing_left()};
  RecordsRead records = reader.records();
  records.warnings.insert(records.warnings.end(), log.records.warnings.begin(),
                          log.records.warnings.end());
  log.records = std::move(records);
  return log;
}

}  // namespace growth::calibrate
