#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/goal_metric.hpp"
#include "growth/fields.hpp"
#include "growth/seek.hpp"
#include "json/futures_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/request.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr std::array k_statistics{Statistic::plan, Statistic::mean, Statistic::p5,
                                  Statistic::p10,  Statistic::p25,  Statistic::p50,
                                  Statistic::p75,  Statistic::p90,  Statistic::p95};

constexpr Text k_input_label{"反推的输入", "Input"};
constexpr Text k_metric_label{"目标指标", "Metric"};
constexpr Text k_target_label{"目标值", "Target"};
constexpr Text k_statistic_label{"按哪个统计量", "Statistic"};

/// The text at `seek.<name>`; nothing where it is missing or no text, which is reported.
const std::string* text_at(const Json& object, const char* name, Text label, const Message& allowed,
                           Errors& errors) {
  const std::string path = join_path("seek", name);
  const Json* value = find(object, name);
  if (value == nullptr) {
    errors.push_back(missing(path, allowed));
    return nullptr;
  }
  if (!value->is_string()) {
    errors.push_back(wrong_type(path, label, k_a_text, given(*value)));
    return nullptr;
  }
  return &value->get_ref<const std::string&>();
}

std::optional<double> number_at(const Json& object, const char* name, Text label, Errors& errors) {
  const Json* value = find(object, name);
  if (value == nullptr) return {};
  if (!value->is_number()) {
    errors.push_back(wrong_type(join_path("seek", name), label, k_a_number, given(*value)));
    return {};
  }
  return value->get<double>();
}

/// The field of a numeric input; what is none is reported.
std::optional<Field> input_field(const std::string& path, Scenario<double> scenario, Errors& errors) {
  std::vector<std::string> paths;
  std::optional<Field> found;
  visit_numbers(scenario, [&](const Field& field, std::string_view known, double) {
    paths.emplace_back(known);
    if (known == path) found = field;
  });
  if (found) return found;
  for (const FieldEntry& entry : fields()) {
    if (entry.field.path == path) {
      errors.push_back(no_continuous_input("seek.path", entry.field.label, path));
      return {};
    }
  }
  errors.push_back(
      unknown_choice("seek.path", k_input_label, path, one_of(paths), nearest_name(path, paths)));
  return {};
}

void read_range(const Json& wanted, const Field& field, SeekRequest& request, Errors& errors) {
  const auto limit = [&](const char* name, double otherwise) -> std::optional<double> {
    const bool given_at_all = find(wanted, name) != nullptr;
    const std::optional<double> value = number_at(wanted, name, field.label, errors);
    if (!value) return given_at_all ? std::nullopt : std::optional(otherwise);
    if (*value >= field.range.low && *value <= field.range.high) return value;
    errors.push_back(out_of_range(join_path("seek", name), field.label, *value,
                                  range_text(field.range, field.unit)));
    return {};
  };
  const std::optional<double> low = limit("low", field.range.low);
  const std::optional<double> high = limit("high", field.range.high);
  if (!low || !high) return;
  if (*low >= *high) {
    errors.push_back(conflict("seek.low",
                              {"反推范围写反了：从 " + number_text(*low) + " 到 " + number_text(*high) +
                                   "，前面的要比后面的小。",
                               "The range to search runs from " + number_text(*low) + " to " +
                                   number_text(*high) + "; the first must be below the second."},
                              *low, "below seek.high, " + number_text(*high)));
  }
  request.low = *low;
  request.high = *high;
}

void read_statistic(const Json& root, const Json& wanted, SeekRequest& request, Errors& errors) {
  const Json* value = find(wanted, "statistic");
  if (value == nullptr) return;
  if (!value->is_string()) {
    errors.push_back(wrong_type("seek.statistic", k_statistic_label, k_a_text, given(*value)));
    return;
  }
  const std::string& name = value->get_ref<const std::string&>();
  std::vector<std::string> names;
  for (const Statistic statistic : k_statistics) names.emplace_back(statistic_name(statistic));
  const auto known = std::find(names.begin(), names.end(), name);
  if (known == names.end()) {
    errors.push_back(out_of_range("seek.statistic", k_statistic_label, given(*value), one_of(names)));
    return;
  }
  request.statistic = k_statistics[static_cast<std::size_t>(known - names.begin())];
  if (request.statistic == Statistic::plan) return;
  if (find(root, "uncertainty") == nullptr) {
    errors.push_back(
        missing("uncertainty", {"各个拿不准的数有多不准", "what is uncertain, and how much"}));
  }
  const auto is_total = [&](const SummaryEntry& entry) {
    return entry.quantity.id == analysis::GoalMetric::bare_name(request.metric);
  };
  const auto totals = summary_quantities();
  if (!request.metric.empty() && std::none_of(totals.begin(), totals.end(), is_total)) {
    errors.push_back(conflict(
        "seek.metric",
        {"“" + request.metric + "”是单客账，不随情形变；按统计量找只能用总账里的指标（如 profit）。",
         "“" + request.metric +
             "” belongs to the unit economics; a statistic can be sought of a total only (such as "
             "profit)."},
        request.metric, "a metric of summary"));
  }
}

Result<SeekRequest> seek_request(const Request& request) {
  const Json* wanted = find(request.root, "seek");
  constexpr const char* k_members = "{path, metric, target, low?, high?, statistic?}";
  if (wanted == nullptr) return Errors{missing("seek", {k_members, k_members})};
  if (!wanted->is_object()) return Errors{wrong_type("seek", {}, k_an_object, given(*wanted))};

  SeekRequest read;
  Errors errors;
  const std::vector<std::string> metrics = analysis::goal_metric_names(request.scenario);
  std::optional<Field> field;
  if (const auto* path = text_at(
          *wanted, "path", k_input_label,
          {"一个数字输入的路径，如 private.users", "the path of a numeric input, e.g. private.users"},
          errors)) {
    read.path = *path;
    field = input_field(*path, request.scenario, errors);
  }
  if (const auto* metric = text_at(*wanted, "metric", k_metric_label, one_of(metrics), errors)) {
    read.metric = *metric;
    if (!analysis::GoalMetric::find(*metric, request.scenario)) {
      errors.push_back(unknown_choice("seek.metric", k_metric_label, given(Json(*metric)),
                                      one_of(metrics), nearest_name(*metric, metrics)));
    }
  }
  if (find(*wanted, "target") == nullptr) {
    errors.push_back(missing("seek.target", {"要达到的数", "the number to reach"}));
  } else if (const auto target = number_at(*wanted, "target", k_target_label, errors)) {
    read.target = *target;
  }
  if (field) read_range(*wanted, *field, read, errors);
  read_statistic(request.root, *wanted, read, errors);
  refuse_unknown(*wanted, "seek", {"path", "metric", "target", "low", "high", "statistic"}, errors);
  if (!errors.empty()) return errors;
  return read;
}

void write_members(Writer& writer, const SeekPoint& point) {
  writer.member("value", point.value).member("reached", point.reached);
}

void write(Writer& writer, std::string_view name, const SeekPoint& point) {
  writer.key(name).begin_object();
  write_members(writer, point);
  writer.end_object();
}

}  // namespace

Result<std::string> seek_command(std::string_view text, const RunOptions& options) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Result<SeekRequest> wanted = seek_request(request.value());
  if (!wanted.ok()) return wanted.errors();
  const Scenario<double>& scenario = request.value().scenario;
  Uncertainty uncertainty;
  if (wanted.value().statistic != Statistic::plan) {
    Result<Uncertainty> read = read_uncertainty(request.value().root, scenario);
    if (!read.ok()) return read.errors();
    uncertainty = std::move(read).value();
  }
  const auto result =
      seek(scenario, request.value().pack, wanted.value(), uncertainty, options.execution);
  if (!result) return Errors{not_finished("seek")};

  Writer writer;
  writer.begin_object().member("schema", "growth.seek/1");
  writer.member("status", result->found ? "found" : "unreachable");
  if (result->nearest) {
    write_members(writer, *result->nearest);
  } else {
    writer.key("value").null().key("reached").null();
  }
  writer.member("met_now", result->met_now);
  write(writer, "current", result->current);
  write(writer, "best", result->best);
  writer.key("crossings").begin_array();
  for (const SeekPoint& point : result->crossings) {
    writer.begin_object();
    write_members(writer, point);
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace growth::json
