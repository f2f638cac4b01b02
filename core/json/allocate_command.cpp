#include <algorithm>
#include <array>

#include "growth/allocate.hpp"
#include "growth/fields.hpp"
#include "json/full_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr Text k_budget_label{"每月预算", "Monthly budget"};
constexpr Text k_objective_label{"目标", "Objective"};

const Field& spend_field() {
  const auto all = channel_fields();
  return std::find_if(
             all.begin(), all.end(),
             [](const ChannelFieldEntry& entry) { return entry.field.path == "monthly_spend"; })
      ->field;
}

constexpr const char* k_allocate = "allocate";

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
    const auto end =
        read_number(entry_of(value, path, i, field.label), field.range, errors, field.unit);
    legal = legal && end.has_value();
    ends[i] = end.value_or(0);
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

std::vector<SpendBounds> read_bounds(const Json& wanted, const Draft& draft, Errors& errors) {
  const std::vector<Channel<double>>& channels = draft.request.scenario.channels;
  std::vector<SpendBounds> bounds(channels.size(), {0, spend_field().range.high});
  const Place given_bounds = member_of(wanted, k_allocate, "bounds", {"各渠道上下限", "Bounds"});
  if (!is_object(given_bounds, errors)) return bounds;
  std::vector<std::string> ids;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    const std::string& id = channels[c].id;
    ids.push_back(id);
    if (const Json* bound = find(*given_bounds.value, id)) {
      read_bound(*bound, join_path(given_bounds.path, id), bounds[c], errors);
    }
  }
  if (draft.channels_known) refuse_unknown(*given_bounds.value, given_bounds.path, ids, errors);
  return bounds;
}

void read_budget(const Json& wanted, AllocationRequest& read, Errors& errors) {
  constexpr Range k_budget_range{0, 1e9};
  const Place place = member_of(wanted, k_allocate, "budget", k_budget_label);
  is_there(place, {"一个月一共能投的钱（元）", "the money there is per month, in ¥"}, errors);
  const auto amount = read_number(place, k_budget_range, errors, Unit::yuan_per_month);
  if (!amount) return;
  read.budget = *amount;
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

AllocationRequest read_allocation(Draft& draft) {
  Errors& errors = draft.errors;
  AllocationRequest read;
  if (draft.channels_known && draft.request.scenario.channels.empty()) {
    errors.push_back(missing(
        "channels", {"至少一个付费渠道，才有预算可分", "at least one channel to give money to"}));
  }
  const Place wanted = member_of(draft.request.root, {}, k_allocate);
  constexpr const char* k_members = "{budget, objective, bounds?, statistic?}";
  if (!is_there(wanted, {k_members, k_members}, errors) || !is_object(wanted, errors)) return read;
  const Json& object = *wanted.value;
  // The budget must cover the bounds, but is told of first.
  Errors bound_errors;
  read.bounds = read_bounds(object, draft, bound_errors);
  read_budget(object, read, errors);
  const auto choice = [&](const char* name, Text label, const std::vector<std::string>& words) {
    return read_choice(member_of(object, k_allocate, name, label), words, errors).value_or(0);
  };
  read.objective = static_cast<Objective>(choice("objective", k_objective_label, {"profit", "gmv"}));
  errors.insert(errors.end(), bound_errors.begin(), bound_errors.end());
  read.statistic = static_cast<AllocationStatistic>(
      choice("statistic", k_statistic_label, {"plan", "p10", "probability"}));
  refuse_unknown(object, k_allocate, {"budget", "objective", "bounds", "statistic"}, errors);
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
  Result<Draft> read = read_draft(text);
  if (!read.ok()) return read.errors();
  Draft draft = std::move(read).value();
  const AllocationRequest wanted = read_allocation(draft);
  const Uncertainty uncertainty =
      wanted.statistic == AllocationStatistic::plan ? Uncertainty{} : required_uncertainty(draft);
  if (!draft.errors.empty()) return draft.errors;
  const Scenario<double>& scenario = draft.request.scenario;
  const auto result = allocate(scenario, draft.request.pack, wanted, uncertainty, options.execution);
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
