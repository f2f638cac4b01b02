#include "order_records.hpp"

#include <algorithm>
#include <sstream>

#include "support.hpp"

namespace growth::test {
namespace {

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, ',');) result.push_back(cell);
  return result;
}

}  // namespace

int day_number(int year, int month, int day) {
  // March is the first month, so that the leap day is the last of its year.
  const int shifted_year = month > 2 ? year : year - 1;
  const int shifted_month = (month + 9) % 12;
  const int days = 365 * shifted_year + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 +
                   (153 * shifted_month + 2) / 5 + day - 1;
  return days - 719468;
}

OrderRecords::OrderRecords(const std::string& file, const std::string& customer,
                           const std::string& date, const std::string& amount) {
  std::istringstream lines(file_text(file));
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> names = cells(line);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::size_t customer_at = column(customer), date_at = column(date), amount_at = column(amount);
  while (std::getline(lines, line)) {
    const std::vector<std::string> row = cells(line);
    const std::string& text = row.at(date_at);
    const int day = day_number(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
                               std::stoi(text.substr(8, 2)));
    amounts_[row.at(customer_at)][day] += std::stod(row.at(amount_at));
  }
}

std::vector<calibrate::DayHistory> OrderRecords::histories(int last_day) const {
  std::vector<calibrate::DayHistory> result;
  for (const auto& [customer, days] : amounts_) {
    const int first = days.begin()->first;
    if (first > last_day) continue;
    const auto after = days.upper_bound(last_day);
    result.push_back({static_cast<std::uint32_t>(std::distance(days.begin(), after) - 1),
                      static_cast<std::uint32_t>(std::prev(after)->first - first),
                      static_cast<std::uint32_t>(last_day - first)});
  }
  return result;
}

std::vector<calibrate::SpendHistory> OrderRecords::spend(int last_day) const {
  std::vector<calibrate::SpendHistory> result;
  for (const auto& [customer, days] : amounts_) {
    double orders = 0, sum = 0;
    for (auto day = std::next(days.begin()); day != days.end() && day->first <= last_day; ++day) {
      orders += 1;
      sum += day->second;
    }
    if (sum > 0) result.push_back({orders, sum / orders});
  }
  return result;
}

std::vector<double> OrderRecords::orders_between(int after, int last_day) const {
  std::vector<double> result;
  for (const auto& [customer, days] : amounts_) {
    if (days.begin()->first > after) continue;
    result.push_back(
        static_cast<double>(std::distance(days.upper_bound(after), days.upper_bound(last_day))));
  }
  return result;
}

const OrderRecords& cdnow() {
  static const OrderRecords records("data/cdnow_sample_transactions.csv", "customer_id", "date",
                                    "dollars");
  return records;
}

const OrderRecords& online_retail() {
  static const OrderRecords records("data/online_retail_invoices.csv", "customer_id", "date",
                                    "amount_gbp");
  return records;
}

}  // namespace growth::test
