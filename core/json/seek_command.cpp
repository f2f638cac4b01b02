#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/goal_metric.hpp"
#include "growth/seek.hpp"
#include "json/full_commands.hpp"
#include "json/input_paths.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr std::array k_statistics{Statistic::plan, Statistic::mean, Statistic::p5,
                                  Statistic::p10,  Statistic::p25,  Statistic::p50,
                                  Statistic::p75,  Statistic::p90,  Statistic::p95};

constexpr Text k_input_label{"反推的输入", "Input"};
constexpr Text k_metric_label{"目标指标", "Metric"};
constexpr Text k_target_label{"目标值", "Target"};

constexpr const char* k_seek = "seek";

/// The field of the numeric input that is to be found; what is none is reported.
std::optional<Field> input_field(const std::string& path, Draft& draft) {
  const InputPaths paths(draft.request.scenario);
  if (const Field* field = paths.number(path)) return *field;
  if (const Field* other = InputPaths::other(path)) {
    draft.errors.push_back(no_continuous_input("seek.path", other->label, path));
  } else if (draft.knows(path)) {
    draft.errors.push_back(unknown_choice("seek.path", k_input_label, path, one_of(paths.numbers()),
                                          nearest_name(path, paths.numbers())));
  }
  return {};
}

void read_range(const Json& wanted, const Field& field, SeekRequest& request, Errors& errors) {
  const auto limit = [&](const char* name, double otherwise) -> std::optional<double> {
    const Place place = member_of(wanted, k_seek, name, field.label);
    if (place.value == nullptr) return otherwise;
    return read_number(place, field.range, errors, field.unit);
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

void read_statistic(const Json& wanted, SeekRequest& request, Errors& errors) {
  std::vector<std::string> names;
  for (const Statistic statistic : k_statistics) names.emplace_back(statistic_name(statistic));
  const auto position =
      read_choice(member_of(wanted, k_seek, "statistic", k_statistic_label), names, errors);
  if (!position) return;
  request.statistic = k_statistics[*position];
  if (request.statistic == Statistic::plan) return;
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

SeekRequest read_seek(Draft& draft) {
  const Scenario<double>& scenario = draft.request.scenario;
  Errors& errors = draft.errors;
  SeekRequest read;
  const Place wanted = member_of(draft.request.root, {}, k_seek);
  constexpr const char* k_members = "{path, metric, target, low?, high?, statistic?}";
  if (!is_there(wanted, {k_members, k_members}, errors) || !is_object(wanted, errors)) return read;
  const Json& object = *wanted.value;

  std::optional<Field> field;
  const Place path = member_of(object, k_seek, "path", k_input_label);
  is_there(path,
           {"一个数字输入的路径，如 private.users", "the path of a numeric input, e.g. private.users"},
           errors);
  if (const std::string* text = read_text(path, errors)) {
    read.path = *text;
    field = input_field(*text, draft);
  }
  const std::vector<std::string> metrics = analysis::goal_metric_names(scenario);
  const Place metric = member_of(object, k_seek, "metric", k_metric_label);
  is_there(metric, one_of(metrics), errors);
  if (const std::string* text = read_text(metric, errors)) {
    read.metric = *text;
    const bool certain = draft.channels_known || !analysis::GoalMetric::is_of_channel(*text);
    if (!analysis::GoalMetric::find(*text, scenario) && certain) {
      errors.push_back(unknown_choice(metric.path, k_metric_label, given(*metric.value),
                                      one_of(metrics), nearest_name(*text, metrics)));
    }
  }
  const Place target = member_of(object, k_seek, "target", k_target_label);
  is_there(target, {"要达到的数", "the number to reach"}, errors);
  read.target = read_number(target, k_all_numbers, errors).value_or(0);
  if (field) read_range(object, *field, read, errors);
  read_statistic(object, read, errors);
  refuse_unknown(object, k_seek, {"path", "metric", "target", "low", "high", "statistic"}, errors);
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
  Result<Draft> read = read_draft(text);
  if (!read.ok()) return read.errors();
  Draft draft = std::move(read).value();
  const SeekRequest wanted = read_seek(draft);
  const Uncertainty uncertainty =
      wanted.statistic == Statistic::plan ? Uncertainty{} : required_uncertainty(draft);
  if (!draft.errors.empty()) return draft.errors;
  const auto result =
      seek(draft.request.scenario, draft.request.pack, wanted, uncertainty, options.execution);
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
