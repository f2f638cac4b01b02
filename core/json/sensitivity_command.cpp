#include <optional>

#include "growth/sensitivity.hpp"
#include "json/full_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

constexpr Range k_base_samples{1, 65536};

SensitivityRequest read_sensitivity(const Json& root, Errors& errors) {
  SensitivityRequest request;
  const std::string at = "sensitivity";
  const Json* object = find(root, at);
  if (!is_object({object, at}, errors)) return request;
  refuse_unknown(*object, at, {"metric", "methods", "base_samples"}, errors);
  if (const auto metric = read_summary_metric(member_of(*object, at, "metric"), errors)) {
    request.metric = *metric;
  }
  const Place methods = member_of(*object, at, "methods");
  if (is_list(methods, errors)) {
    request.tornado = false;
    request.sobol = false;
    for (std::size_t i = 0; i < methods.value->size(); ++i) {
      const auto method =
          read_choice(entry_of(*methods.value, methods.path, i), {"tornado", "sobol"}, errors);
      if (method) (*method == 0 ? request.tornado : request.sobol) = true;
    }
  }
  if (const auto count = read_whole(member_of(*object, at, "base_samples"), k_base_samples, errors)) {
    request.base_samples = static_cast<int>(*count);
  }
  return request;
}

/// What the two parts of the request make impossible together.
void check(const Uncertainty& uncertainty, const SensitivityRequest& request, Errors& errors) {
  if (uncertainty.inputs.empty()) {
    errors.push_back(missing("uncertainty.inputs",
                             {"至少一个不确定的数", "at least one input with a distribution"}));
  }
  if (request.sobol && !uncertainty.correlation.paths.empty()) {
    errors.push_back(
        conflict("sensitivity.methods",
                 {"有几项设成了相关，Sobol 指数就分不清是谁的影响；去掉相关，或只用 tornado。",
                  "Some inputs are correlated, so Sobol' indices cannot tell them apart; remove the "
                  "correlation or "
                  "ask for the tornado alone."},
                 std::string("sobol"), "tornado, while inputs are correlated"));
  }
}

void write(Writer& writer, const Sensitivity& result) {
  writer.begin_object().member("schema", "growth.sensitivity/1").member("metric", result.metric);
  writer.key("tornado").begin_array();
  for (const TornadoBar& bar : result.tornado) {
    writer.begin_object()
        .member("path", bar.path)
        .member("low", bar.low)
        .member("high", bar.high)
        .member("at_low", bar.at_low)
        .member("at_high", bar.at_high)
        .end_object();
  }
  writer.end_array();
  writer.key("sobol").begin_array();
  for (const SobolIndices& index : result.sobol) {
    writer.begin_object()
        .member("path", index.path)
        .member("first", index.first)
        .member("first_error", index.first_error)
        .member("total", index.total)
        .member("total_error", index.total_error)
        .end_object();
  }
  writer.end_array();
  // A tornado alone says nothing about them.
  const bool sampled = !result.sobol.empty();
  writer.member("mean", sampled ? std::optional(result.mean) : std::nullopt)
      .member("variance", sampled ? std::optional(result.variance) : std::nullopt)
      .end_object();
}

}  // namespace

Result<std::string> sensitivity_command(std::string_view text, const RunOptions& options) {
  Result<Draft> read = read_draft(text);
  if (!read.ok()) return read.errors();
  Draft draft = std::move(read).value();
  const Uncertainty uncertainty = read_uncertainty(draft);
  const SensitivityRequest wanted = read_sensitivity(draft.request.root, draft.errors);
  if (draft.errors.empty()) check(uncertainty, wanted, draft.errors);
  if (!draft.errors.empty()) return draft.errors;
  const auto result =
      sensitivity(draft.request.scenario, draft.request.pack, uncertainty, wanted, options.execution);
  if (!result) return Errors{not_finished("sensitivity")};
  if (!result->exists) {
    return Errors{conflict(
        "sensitivity.metric",
        {"“" + result->metric + "”在有的情形下不存在（比如没有投放就没有 ROAS），换一个指标。",
         "“" + result->metric +
             "” does not exist in some of the futures (no ROAS without spend); choose another metric."},
        result->metric, "a metric that exists in every future")};
  }
  Writer writer;
  write(writer, *result);
  return writer.take();
}

}  // namespace growth::json
