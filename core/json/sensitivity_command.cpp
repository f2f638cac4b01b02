#include <optional>

#include "growth/sensitivity.hpp"
#include "json/futures_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/request.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

constexpr Range k_base_samples{1, 65536};

Result<SensitivityRequest> read_sensitivity(const Json& root) {
  SensitivityRequest request;
  const std::string at = "sensitivity";
  const Json* object = find(root, at);
  if (object == nullptr) return request;
  Errors errors;
  if (!is_object({object, at}, errors)) return errors;
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
  if (!errors.empty()) return errors;
  return request;
}

/// What the two parts of the request make impossible together.
Errors check(const Uncertainty& uncertainty, const SensitivityRequest& request) {
  Errors errors;
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
  return errors;
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
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Scenario<double>& scenario = request.value().scenario;
  const Result<Uncertainty> uncertainty = read_uncertainty(request.value().root, scenario);
  const Result<SensitivityRequest> wanted = read_sensitivity(request.value().root);
  Errors errors;
  if (!uncertainty.ok()) errors = uncertainty.errors();
  if (!wanted.ok()) errors.insert(errors.end(), wanted.errors().begin(), wanted.errors().end());
  if (errors.empty()) errors = check(uncertainty.value(), wanted.value());
  if (!errors.empty()) return errors;
  const auto result = sensitivity(scenario, request.value().pack, uncertainty.value(), wanted.value(),
                                  options.execution);
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
