// A plan taken apart for pictures: how visits become customers, orders and a larger pool month by
// month, which cohort places which repeat orders, how GMV becomes profit, where the room stands on the
// published ladder, and what the spend returns by each usual definition.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/fields.hpp"
#include "growth/plan.hpp"
#include "growth/result.hpp"

namespace growth {

struct FlowNode {
  std::string_view id;
  Text label;
};

struct FlowLink {
  std::string_view source;  ///< id of a node of the same flow
  std::string_view target;
  std::vector<double> values;  ///< per month, never negative
};

/// What passes in a month, in one unit. Of a node with links on both sides as much leaves as arrives.
struct Flow {
  std::string_view id;
  Unit unit{};
  Text label;
  Text definition;
  std::vector<FlowNode> nodes;  ///< from source to sink
  std::vector<FlowLink> links;
};

/// Customers who began in the same month, and the repeat orders they place in the months after it.
struct Cohort {
  int month{};                     ///< 1-based; 0: the customers from before the plan
  double joined{};                 ///< customers who kept their first order, in the pool at first
  double outside{};                ///< and outside it
  std::vector<double> by_pool;     ///< repeat orders in plan month `month` + 1, `month` + 2, …
  std::vector<double> by_outside;  ///< of those who were never in the pool or have left it
};

/// A step from GMV to profit over the whole plan; the first and the last are totals.
struct BridgeStep {
  std::string_view id;
  Text label;
  double value{};    ///< ¥; what is deducted is negative
  double running{};  ///< what is left after this step
};

/// A stage of the room and the reading it begins at.
struct Rung {
  RoomStage stage{};
  std::string_view metric;  ///< viewers_2h, or viewers_per_session
  double from{};
  bool exclusive{};       ///< begins above `from`, not at it
  std::string_view fact;  ///< id of the published figure; empty for the lowest
};

struct NextRung {
  RoomStage stage{};
  double short_by{};  ///< in units of the rung's metric
};

struct RoomReading {
  RoomStage stage{};
  double viewers_2h{};
  double viewers_per_session{};
  std::optional<NextRung> next;
};

struct Room {
  std::vector<Rung> rungs;  ///< from the lowest
  std::vector<RoomReading> months;
};

/// A number with the formula it follows from; where it does not exist, why.
struct StatedNumber {
  std::optional<double> value;
  Text reason{};
  std::string formula;
  Message in_words;
  std::string with_numbers;  ///< sums over months as one number; empty without a value
};

/// What the media spend returns, by one of the definitions in use.
struct ReturnOnSpend {
  std::string_view id;
  Text label;
  Text definition;
  StatedNumber value;
  StatedNumber break_even;  ///< the value from which on it pays by this definition
};

/// One definition times `factor` is the other.
struct ReturnConversion {
  std::string_view from;
  std::string_view to;
  Text label;  ///< what the factor is
  StatedNumber factor;
};

struct Breakdown {
  std::vector<Flow> flows;
  std::vector<Cohort> cohorts;  ///< the customers from before first, then month by month
  std::vector<BridgeStep> bridge;
  Room room;
  std::vector<ReturnOnSpend> returns;
  std::vector<ReturnConversion> conversions;
};

[[nodiscard]] Breakdown breakdown(const Plan& plan);

}  // namespace growth
