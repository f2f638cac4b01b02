// Runs a command natively through the one door, as the page does, one thread, and prints the times.
//   futures_runner COMMAND SCENARIO.json RUNS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "growth/run.hpp"

int main(int arguments, char** values) {
  if (arguments != 4) return 2;
  const std::string command = values[1];
  std::ifstream file(values[2]);
  const std::string scenario{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const int runs = std::atoi(values[3]);
  if (!growth::run(command, scenario, {}).ok) {
    std::puts("null");
    return 0;
  }
  std::printf("[");
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const bool ok = growth::run(command, scenario, {}).ok;
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    std::printf("%s%.4f", i == 0 ? "" : ", ", ok ? ms : -1.0);
  }
  std::puts("]");
}
