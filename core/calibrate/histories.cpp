// Histories counted once each: sorted by digits, so that a million customers take milliseconds.
#include <algorithm>
#include <utility>

#include "calibrate/customer_base.hpp"

namespace growth::calibrate {
namespace {

constexpr int k_digit_bits = 11;
constexpr std::uint32_t k_digits = 1u << k_digit_bits;

/// Sorts by one field and keeps the order of equals; as many passes as the largest value has digits.
void sort_by(std::uint32_t DayHistory::*field, std::vector<DayHistory>& customers,
             std::vector<DayHistory>& room) {
  std::uint32_t all = 0;
  for (const DayHistory& customer : customers) all |= customer.*field;
  for (int shift = 0; shift < 32 && (all >> shift) != 0; shift += k_digit_bits) {
    std::array<std::uint32_t, k_digits> place{};
    for (const DayHistory& customer : customers) ++place[customer.*field >> shift & (k_digits - 1)];
    std::uint32_t next = 0;
    for (std::uint32_t& start : place) next += std::exchange(start, next);
    for (const DayHistory& customer : customers) {
      room[place[customer.*field >> shift & (k_digits - 1)]++] = customer;
    }
    customers.swap(room);
  }
}

bool same(const DayHistory& a, const DayHistory& b) {
  return a.repeats == b.repeats && a.last == b.last && a.age == b.age;
}

}  // namespace

double Histories::customers() const {
  double sum = 0;
  for (const Group& group : groups) sum += group.customers;
  return sum;
}

Histories grouped(std::vector<DayHistory> customers, double days_per_unit) {
  Histories result;
  std::vector<DayHistory> room(customers.size());
  sort_by(&DayHistory::age, customers, room);
  sort_by(&DayHistory::last, customers, room);
  sort_by(&DayHistory::repeats, customers, room);

  std::uint32_t longest = 0;
  std::size_t different = 0;
  for (std::size_t i = 0; i < customers.size(); ++i) {
    longest = std::max(longest, customers[i].age);
    different += i == 0 || !same(customers[i], customers[i - 1]);
  }
  // Which days occur, and then the place of each.
  std::vector<std::uint32_t> place(customers.empty() ? 0 : longest + std::size_t{1});
  for (const DayHistory& customer : customers) place[customer.last] = place[customer.age] = 1;
  for (std::size_t day = 0; day < place.size(); ++day) {
    if (place[day] == 0) continue;
    place[day] = static_cast<std::uint32_t>(result.times.size());
    result.times.push_back(static_cast<double>(day) / days_per_unit);
  }

  result.groups.reserve(different);
  for (std::size_t i = 0; i < customers.size(); ++i) {
    if (i == 0 || !same(customers[i], customers[i - 1])) {
      result.groups.push_back(
          {customers[i].repeats, place[customers[i].last], place[customers[i].age], 0});
    }
    result.groups.back().customers += 1;
  }
  return result;
}

Histories ungrouped(const std::vector<History>& customers) {
  Histories result;
  result.times.reserve(2 * customers.size());
  for (const History& customer : customers) {
    result.times.push_back(customer.last);
    result.times.push_back(customer.age);
  }
  std::sort(result.times.begin(), result.times.end());
  result.times.erase(std::unique(result.times.begin(), result.times.end()), result.times.end());
  const auto place = [&](double time) {
    return static_cast<std::uint32_t>(std::lower_bound(result.times.begin(), result.times.end(), time) -
                                      result.times.begin());
  };
  result.groups.reserve(customers.size());
  for (const History& customer : customers) {
    result.groups.push_back(
        {static_cast<std::uint32_t>(customer.repeats), place(customer.last), place(customer.age), 1});
  }
  return result;
}

}  // namespace growth::calibrate
