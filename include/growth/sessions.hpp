// A log of live sessions: what viewers of each source buy, what the room makes of its first viewers,
// what money buys on a channel. Each as a value with an error and a distribution, or with the reason
// why the log does not tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/calibrate.hpp"
#include "growth/scenario.hpp"

namespace growth {

struct SessionsRequest {
  std::vector<ColumnChoice> columns;  ///< others are recognised
  std::optional<DateOrder> date_order;
  std::optional<Day> today;  ///< sessions after it are future dates; without it nothing is
  /// What the log cannot tell: benchmarks and weights of quality, account weight and first pushes,
  /// time between waves, channels.
  Scenario<double> scenario;
  bool knows_pool{};  ///< private.users of the scenario is the merchant's own number
};

/// An input that the sessions tell.
struct LearnedInput {
  std::string path;
  double value{};
  std::optional<double> standard_error;             ///< nothing where it has none: one observation
  std::optional<DistributionOfInput> distribution;  ///< within the input's range
};

enum class NotLearnedReason {
  missing_column,
  too_few,       ///< sessions, months or orders
  no_viewers,    ///< of that source
  no_variation,  ///< all sessions alike in what matters
  collinear,     ///< two sources rise and fall together
  boundary,      ///< the best value is where the input ends, and there is no interval to be had
  out_of_range,  ///< the best value is one the input cannot take
};
/// "missing_column", …
[[nodiscard]] std::string_view not_learned_name(NotLearnedReason reason);

/// An input that keeps the value it had.
struct NotLearned {
  std::string path;
  NotLearnedReason reason{};
  Message message;
};

struct SessionsFit {
  RecordsRead records;
  std::size_t sessions{};
  Day from{};
  Day to{};
  std::vector<LearnedInput> learned;
  std::vector<NotLearned> not_learned;
  Scenario<double> scenario;           ///< that of the request with what was learned
  bool has_channels{};                 ///< the log names paid channels; they are in the scenario
  std::vector<UncertainInput> inputs;  ///< of what was learned, but decisions
  std::vector<Day> dates;              ///< of the sessions behind the conversion rates
  std::vector<double> observed;        ///< orders of those
  std::vector<double> predicted;
  double dispersion{1};  ///< variance over mean of their orders
  std::vector<Warning> warnings;
};

/// Sessions that are needed for rates by source and for the room's leverage; of a source, with viewers.
inline constexpr std::size_t k_least_sessions = 8;
inline constexpr std::size_t k_least_sessions_of_source = 3;
/// Months with spend that are needed for the point of half saturation, and for an S-curve.
inline constexpr std::size_t k_least_months = 4;
inline constexpr std::size_t k_least_months_of_s_curve = 8;

/// An empty list of errors: it was stopped.
[[nodiscard]] Result<SessionsFit> fit_sessions(Table& table, const SessionsRequest& request,
                                               const Execution& execution);

}  // namespace growth
