// The state of the room in month 1 against the published ladder, and what moves the result most.
#pragma once

#include <string>
#include <vector>

#include "analysis/gradient.hpp"
#include "growth/plan.hpp"
#include "model/incentives.hpp"

namespace growth::analysis {

/// Stage of a room from its views at two hours and those of a whole session (F28 to F31).
[[nodiscard]] RoomStage room_stage(double viewers_2h, double viewers_per_session);

/// The inputs whose slopes a diagnosis needs: benchmarks of the indicators, and every decision.
[[nodiscard]] std::vector<std::string> diagnosed_paths(const Scenario<double>& scenario);

/// `slopes` hold the diagnosed paths.
[[nodiscard]] Diagnosis diagnose(const Scenario<double>& scenario,
                                 const model::CompiledIncentives& incentives,
                                 const Month<double>& first_month, const Summary<double>& summary,
                                 const Slopes& slopes);

}  // namespace growth::analysis
