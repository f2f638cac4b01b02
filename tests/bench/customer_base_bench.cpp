// Times of grouping, fitting and predicting repeat purchase: the customers of a file (a line each:
// repeat orders, day of the last one, days observed), then 100,000 and a million synthetic ones. Prints
// milliseconds, the best of a few runs, as JSON lines.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <vector>

#include "calibrate/customer_base.hpp"
#include "synthetic_customers.hpp"

namespace {

using growth::CustomerBaseModel;
namespace calibrate = growth::calibrate;

constexpr const char* k_names[] = {"nbd", "bg_nbd", "mbg_nbd", "pareto_nbd"};

template <class Work>
double best_milliseconds(int runs, Work&& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
    best = std::min(best, passed.count());
  }
  return best;
}

void measure(const char* name, const std::vector<calibrate::DayHistory>& customers) {
  const int runs = customers.size() > 500000 ? 3 : 10;
  calibrate::Histories histories;
  const double grouping = best_milliseconds(runs, [&] { histories = calibrate::grouped(customers); });
  std::printf("{\"of\": \"%s\", \"customers\": %zu, \"groups\": %zu, \"grouping_ms\": %.3f}\n", name,
              customers.size(), histories.groups.size(), grouping);
  for (int model = 0; model < 4; ++model) {
    const auto kind = static_cast<CustomerBaseModel>(model);
    calibrate::CustomerBaseFit fit;
    const double fitting =
        best_milliseconds(runs, [&] { fit = *calibrate::fit_customer_base(kind, histories); });
    const double refitting = best_milliseconds(
        runs, [&] { fit = *calibrate::fit_customer_base(kind, histories, &fit.parameters); });
    const std::size_t predicted = std::min<std::size_t>(histories.groups.size(), 1000);
    double orders = 0, residual = 0;
    const double predicting = best_milliseconds(3, [&] {
      for (std::size_t i = 0; i < predicted; ++i) {
        orders += calibrate::expected_orders(
            kind, fit.parameters,
            histories.history(histories.groups[i * (histories.groups.size() / predicted)]), 52);
      }
    });
    const double discounting = best_milliseconds(3, [&] {
      for (std::size_t i = 0; i < predicted; ++i) {
        residual += calibrate::residual_orders(
            kind, fit.parameters,
            histories.history(histories.groups[i * (histories.groups.size() / predicted)]), 0.002);
      }
    });
    std::printf(
        "{\"model\": \"%s\", \"fit_ms\": %.3f, \"refit_ms\": %.3f, \"evaluations\": %d, \"year_us\": "
        "%.3f, "
        "\"residual_us\": %.3f, \"parameters\": [%.6g, %.6g, %.6g, %.6g], \"log_likelihood\": %.6f, "
        "\"kept\": %.3g}\n",
        k_names[model], fitting, refitting, fit.evaluations,
        1e3 * predicting / static_cast<double>(predicted),
        1e3 * discounting / static_cast<double>(predicted), fit.parameters[0], fit.parameters[1],
        fit.parameters[2], fit.parameters[3], fit.log_likelihood, orders + residual);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    std::vector<calibrate::DayHistory> customers;
    std::FILE* file = std::fopen(argv[1], "r");
    if (file == nullptr) return 1;
    calibrate::DayHistory history;
    while (std::fscanf(file, "%u %u %u", &history.repeats, &history.last, &history.age) == 3) {
      customers.push_back(history);
    }
    std::fclose(file);
    measure("file", customers);
  }
  for (const std::uint32_t count : {100000u, 1000000u}) {
    measure("synthetic", growth::bench::synthetic_customers(count));
  }
}
