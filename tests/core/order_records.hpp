// The public order records under tests/data, read as they are.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "calibrate/customer_base.hpp"
#include "calibrate/gamma_gamma.hpp"

namespace growth::test {

/// Days since 1970-01-01 of a date of the Gregorian calendar.
[[nodiscard]] int day_number(int year, int month, int day);

/// Who bought on which day, and for how much in all.
class OrderRecords {
 public:
  /// A file below tests/ with the columns named here.
  OrderRecords(const std::string& file, const std::string& customer, const std::string& date,
               const std::string& amount);

  /// Of every customer who bought by that day; orders of one day count once.
  [[nodiscard]] std::vector<calibrate::DayHistory> histories(int last_day) const;
  /// Of the customers with repeat orders: how many, and their mean value.
  [[nodiscard]] std::vector<calibrate::SpendHistory> spend(int last_day) const;
  /// Orders of each customer in the order of their ids after one day and up to another.
  [[nodiscard]] std::vector<double> orders_between(int after, int last_day) const;

 private:
  std::map<std::string, std::map<int, double>> amounts_;  // by customer and day
};

[[nodiscard]] const OrderRecords& cdnow();
inline constexpr int k_cdnow_calibration_end = 10134;  // 1997-09-30
inline constexpr int k_cdnow_end = 10407;              // 1998-06-30
[[nodiscard]] const OrderRecords& online_retail();
inline constexpr int k_online_retail_end = 15317;  // 2011-12-09

}  // namespace growth::test
