#include <cmath>

#include "analysis/recompute.hpp"
#include "json/full_commands.hpp"
#include "json/request.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

void write(Writer& writer, const analysis::Stated& line) {
  writer.begin_object()
      .member("id", line.id)
      .member("sheet", analysis::sheet_name(line.sheet))
      .member("unit", unit_name(line.unit))
      .member("label", line.label)
      .member("definition", line.definition)
      .member("formula", line.formula)
      .member("first", line.first);
  writer.key("values").begin_array();
  for (const double value : line.values) {
    writer.value(std::isfinite(value) ? std::optional(value) : std::nullopt);
  }
  writer.end_array().end_object();
}

}  // namespace

Result<std::string> formulas_command(std::string_view text, const RunOptions&) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Scenario<double>& scenario = request.value().scenario;
  const PolicyPack* pack = request.value().pack;
  Writer writer;
  writer.begin_object()
      .member("schema", "growth.formulas/1")
      .member("months", scenario.horizon_months)
      .member("ages", analysis::k_ages);
  writer.key("quantities").begin_array();
  for (const analysis::Stated& line : analysis::recompute(scenario, pack)) write(writer, line);
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace growth::json
