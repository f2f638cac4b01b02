// Results to JSON. Numbers round-trip; objects keep the order of the documentation.
#pragma once

#include "analysis/explain.hpp"
#include "growth/plan.hpp"
#include "growth/result.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace growth::json {

/// JSON that was read, as it came; never deeper than the reader allows.
void write(Writer& writer, const Json& json);
/// The completed scenario; reads back to the same one. What other commands read from `request`, the
/// scenario as it came, travels on with it.
void write(Writer& writer, const Scenario<double>& scenario, const Json& request);
/// `request` as above.
void write(Writer& writer, const Plan& plan, const Json& request);
/// The totals of a plan over its horizon.
void write(Writer& writer, const Summary<double>& summary, int horizon_months);
/// The members of a diagnosis, within an object the caller has begun.
void write_members(Writer& writer, const Diagnosis& diagnosis);
void write(Writer& writer, const analysis::Explanation& explanation);
/// `{errors: […]}`; more than a few hundred are cut, with `omitted` saying how many.
void write(Writer& writer, const Errors& errors);

}  // namespace growth::json
