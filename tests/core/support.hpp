// What several test files need: files of the repository, JSON of requests and answers, random
// scenarios.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "growth/plan.hpp"

namespace growth::test {

using Json = nlohmann::ordered_json;

/// Text of a file below tests/.
std::string file_text(const std::string& name);
std::vector<std::string> file_names(const std::string& folder);

/// The answer to a command; `ok` tells whether it succeeded.
Json ask(const std::string& command, const Json& request);
Json ask(const std::string& command, const Json& request, bool& ok);
Json plan_of(const Json& scenario);
/// The errors of a request that fails, which may be no JSON.
Json errors_of(const std::string& command, const std::string& request);

/// A request that has one error, at `path`, told in both languages.
struct ErrorCase {
  const char* wanted;  ///< JSON of the command's own key
  const char* code;
  const char* path;
};
void check_error(const std::string& command, const ErrorCase& bad);

/// A small generator (SplitMix64, Steele et al. 2014), so that scenarios are the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  double uniform();  ///< in [0, 1)
  double between(double low, double high) { return low + (high - low) * uniform(); }
  bool chance(double probability) { return uniform() < probability; }
  int whole(int low, int high);

 private:
  std::uint64_t state_;
};

/// A legal scenario with every numeric field drawn from its typical range, sometimes a pack's worth of
/// programmes. Equal seeds give equal scenarios.
Scenario<double> random_scenario(std::uint64_t seed);

/// The scenario as the engine writes it.
Json scenario_json(const Scenario<double>& scenario);

/// Rows of cells, the column names first, as a SeparatedTable reads them.
using Rows = std::vector<std::vector<std::string>>;
std::string table_text(const Rows& rows);

/// A Poisson number by inversion; of a mean below 700.
double poisson(Random& random, double mean);

/// |a-b| relative to the larger of both and `scale`.
double relative_difference(double a, double b, double scale = 0);

}  // namespace growth::test
