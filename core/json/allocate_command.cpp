#include <algorithm>
#include <array>

#include "growth/allocate.hpp"
#include "growth/fields.hpp"
#include "json/futures_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/request.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr Text k_budget_label{"每月预算", "Monthly budget"};
constexpr Text k_objective_label{"目标", "Objective"};
constexpr Text k_statistic_label{"按哪个统计量", "Statistic"};

const Field& spend_field() {
  const auto all = channel_fields();
  return std::find_if(
             all.begin(), all.end(),
             [](const ChannelFieldEntry& entry) { return entry.field.path == "monthly_spend"; })
      ->field;
}

/// One of a few words, by its position; the first where it is not given.
std::size_t choice_at(const Json& object, const char* name, Text label,
                      const std::vector<std::string>& words, Errors& errors) {
  const Json* value = find(object, name);
  const std::string path = join_path("allocate", name);
  if (value == nullptr) return 0;
  if (!value->is_string()) {
    errors.push_back(wrong_type(path, label, k_a_text, given(*value)));
    return 0;
  }
  const auto known = std::find(words.begin(), words.end(), value->get_ref<const std::string&>());
  if (known != words.end()) return static_cast<std::size_t>(known - words.begin());
  errors.push_back(out_of_range(path, label, given(*value), one_of(words)));
  return 0;
}

/// [min, max] of one channel; what is wrong with it is reported.
void read_bound(const Json& value, const std::string& path, SpendBounds& bound, Errors& errors) {
  const Field& field = spend_field();
  if (!value.is_array()) {
    errors.push_back(
        wrong_type(path, field.label, {"列表 [最少, 最多]", "a list [min, max]"}, given(value)));
    return;
  }
  if (value.size() != 2) {
    errors.push_back(
        out_of_range(path, field.label, given(value), {"[最少, 最多] 两个数", "[min, max]"}));
    return;
  }
  std::array<double, 2> ends{};
  bool legal = true;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string end_path = index_path(path, i);
    if (!value[i].is_number()) {
      errors.push_back(wrong_type(end_path, field.label, k_a_number, given(value[i])));
      legal = false;
      continue;
    }
    ends[i] = value[i].get<double>();
    if (ends[i] < field.range.low || ends[i] > field.range.high) {
      errors.push_back(
          out_of_range(end_path, field.label, ends[i], range_text(field.range, field.unit)));
      legal = false;
    }
  }
  if (!legal) return;
  if (ends[0] > ends[1]) {
    const std::string low = number_text(ends[0]);
    const std::string high = number_text(ends[1]);
    errors.push_back(conflict(path,
                              {"最少投 " + low + " 元，比最多投 " + high + " 元还多，请对调。",
                               "The least, ¥" + low + ", is above the most, ¥" + high + "; swap them."},
                              ends[0], "min at most max, " + high));
    return;
  }
  bound = {ends[0], ends[1]};
}

void read_bounds(const Json& wanted, const Scenario<double>& scenario, std::vector<SpendBounds>& bounds,
                 Errors& errors) {
  const Json* value = find(wanted, "bounds");
  if (value == nullptr) return;
  if (!value->is_object()) {
    errors.push_back(
        wrong_type("allocate.bounds", {"各渠道上下限", "Bounds"}, k_an_object, given(*value)));
    return;
  }
  std::vector<std::string> ids;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    const std::string& id = scenario.channels[c].id;
    ids.push_back(id);
    if (const Json* bound = find(*value, id)) {
      read_bound(*bound, join_path("allocate.bounds", id), bounds[c], errors);
    }
  }
  refuse_unknown(*value, "allocate.bounds", ids, errors);
}

void read_budget(const Json& wanted, AllocationRequest& read, Errors& errors) {
  constexpr Range k_budget_range{0, 1e9};
  const Json* value = find(wanted, "budget");
  if (value == nullptr) {
    errors.push_back(
        missing("allocate.budget", {"一个月一共能投的钱（元）", "the money there is per month, in ¥"}));
    return;
  }
  if (!value->is_number()) {
    errors.push_back(wrong_type("allocate.budget", k_budget_label, k_a_number, given(*value)));
    return;
  }
  read.budget = value->get<double>();
  if (read.budget < k_budget_range.low || read.budget > k_budget_range.high) {
    errors.push_back(out_of_range("allocate.budget", k_budget_label, read.budget,
                                  range_text(k_budget_range, Unit::yuan_per_month)));
    return;
  }
  double least = 0;
  for (const SpendBounds& bound : read.bounds) least += bound.low;
  if (read.budget >= least) return;
  const std::string total = number_text(least);
  const std::string budget = number_text(read.budget);
  errors.push_back(conflict(
      "allocate.budget",
      {"预算 " + budget + " 元不够：各渠道最少要投的加起来是 " + total + " 元。加预算，或调低下限。",
       "The budget of ¥" + budget + " does not cover the least of all channels, ¥" + total +
           " in all; raise the budget or lower the bounds."},
      read.budget, "at least " + total));
}

Result<AllocationRequest> allocation_request(const Request& request) {
  const Json* wanted = find(request.root, "allocate");
  constexpr const char* k_members = "{budget, objective, bounds?, statistic?}";
  Errors errors;
  if (request.scenario.channels.empty()) {
    errors.push_back(missing(
        "channels", {"至少一个付费渠道，才有预算可分", "at least one channel to give money to"}));
  }
  if (wanted == nullptr) {
    errors.push_back(missing("allocate", {k_members, k_members}));
    return errors;
  }
  if (!wanted->is_object()) {
    errors.push_back(wrong_type("allocate", {}, k_an_object, given(*wanted)));
    return errors;
  }
  AllocationRequest read;
  read.bounds.assign(request.scenario.channels.size(), {0, spend_field().range.high});
  Errors bound_errors;
  read_bounds(*wanted, request.scenario, read.bounds, bound_errors);
  read_budget(*wanted, read, errors);
  read.objective = static_cast<Objective>(
      choice_at(*wanted, "objective", k_objective_label, {"profit", "gmv"}, errors));
  errors.insert(errors.end(), bound_errors.begin(), bound_errors.end());
  read.statistic = static_cast<AllocationStatistic>(
      choice_at(*wanted, "statistic", k_statistic_label, {"plan", "p10", "probability"}, errors));
  if (read.statistic != AllocationStatistic::plan && find(request.root, "uncertainty") == nullptr) {
    errors.push_back(
        missing("uncertainty", {"各个拿不准的数有多不准", "what is uncertain, and how much"}));
  }
  refuse_unknown(*wanted, "allocate", {"budget", "objective", "bounds", "statistic"}, errors);
  if (!errors.empty()) return errors;
  return read;
}

/// {id: number} in the order of the scenario.
void write_by_channel(Writer& writer, std::string_view name, const Scenario<double>& scenario,
                      const std::vector<double>& numbers) {
  writer.key(name).begin_object();
  for (std::size_t c = 0; c < numbers.size(); ++c) writer.member(scenario.channels[c].id, numbers[c]);
  writer.end_object();
}

void write_split(Writer& writer, std::string_view name, const Scenario<double>& scenario,
                 const Split& split) {
  writer.key(name).begin_object();
  write_by_channel(writer, "spend", scenario, split.spend);
  writer.member("objective", split.objective).end_object();
}

}  // namespace

Result<std::string> allocate_command(std::string_view text, const RunOptions& options) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Result<AllocationRequest> wanted = allocation_request(request.value());
  if (!wanted.ok()) return wanted.errors();
  const Scenario<double>& scenario = request.value().scenario;
  Uncertainty uncertainty;
  if (wanted.value().statistic != AllocationStatistic::plan) {
    Result<Uncertainty> read = read_uncertainty(request.value().root, scenario);
    if (!read.ok()) return read.errors();
    uncertainty = std::move(read).value();
  }
  const auto result =
      allocate(scenario, request.value().pack, wanted.value(), uncertainty, options.execution);
  if (!result) return Errors{not_finished("allocate")};

  Writer writer;
  writer.begin_object().member("schema", "growth.allocation/1");
  write_by_channel(writer, "spend", scenario, result->best.spend);
  writer.member("objective", result->best.objective).member("unspent", result->unspent);
  write_by_channel(writer, "marginal", scenario, result->marginal);
  write_split(writer, "current", scenario, result->current);
  write_split(writer, "equal_split", scenario, result->equal);
  writer.key("flat").begin_object();
  for (std::size_t c = 0; c < result->flat.size(); ++c) {
    writer.key(scenario.channels[c].id).begin_array();
    writer.value(result->flat[c].low).value(result->flat[c].high).end_array();
  }
  writer.end_object();
  writer.key("curve").begin_array();
  for (const Allocation::Point& point : result->curve) {
    writer.begin_object().member("budget", point.budget).member("objective", point.objective);
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace growth::json
