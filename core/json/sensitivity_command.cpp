#include <algorithm>
#include <cmath>
#include <optional>

#include "growth/quantities.hpp"
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
  if (!object->is_object()) return Errors{wrong_type(at, {}, k_an_object, given(*object))};
  Errors errors;
  refuse_unknown(*object, at, {"metric", "methods", "base_samples"}, errors);
  if (const Json* metric = find(*object, "metric")) {
    std::vector<std::string> names;
    for (const SummaryEntry& entry : summary_quantities()) names.emplace_back(entry.quantity.id);
    if (!metric->is_string()) {
      errors.push_back(wrong_type(at + ".metric", {}, k_a_text, given(*metric)));
    } else if (std::find(names.begin(), names.end(), metric->get<std::string>()) == names.end()) {
      errors.push_back(out_of_range(at + ".metric", {}, given(*metric), one_of(names)));
    } else {
      request.metric = metric->get<std::string>();
    }
  }
  if (const Json* methods = find(*object, "methods")) {
    const std::vector<std::string> names{"tornado", "sobol"};
    if (!methods->is_array()) {
      errors.push_back(wrong_type(at + ".methods", {}, k_a_list, given(*methods)));
    } else {
      request.tornado = false;
      request.sobol = false;
      for (std::size_t i = 0; i < methods->size(); ++i) {
        const Json& method = (*methods)[i];
        const std::string path = index_path(at + ".methods", i);
        if (!method.is_string()) {
          errors.push_back(wrong_type(path, {}, k_a_text, given(method)));
        } else if (method == "tornado") {
          request.tornado = true;
        } else if (method == "sobol") {
          request.sobol = true;
        } else {
          errors.push_back(out_of_range(path, {}, given(method), one_of(names)));
        }
      }
    }
  }
  if (const Json* samples = find(*object, "base_samples")) {
    const std::string path = at + ".base_samples";
    if (!samples->is_number()) {
      errors.push_back(wrong_type(path, {}, k_a_number, given(*samples)));
    } else {
      const double count = samples->get<double>();
      if (!(count >= k_base_samples.low && count <= k_base_samples.high) ||
          count != std::floor(count)) {
        errors.push_back(out_of_range(path, {}, count, range_text(k_base_samples, Unit::none, true)));
      } else {
        request.base_samples = static_cast<int>(count);
      }
    }
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
