#include "json/write.hpp"

#include <type_traits>

#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "json/read_scenario.hpp"
#include "json/write_warnings.hpp"

namespace growth::json {
namespace {

constexpr std::size_t k_most_errors = 256;

// ---------------------------------------------------------------- scenario

void write(Writer& writer, const Requirement& requirement) {
  writer.member("metric", metric_name(requirement.metric));
  if (requirement.at_least) writer.member("at_least", *requirement.at_least);
  if (requirement.at_most) writer.member("at_most", *requirement.at_most);
  if (requirement.below) writer.member("below", *requirement.below);
}

void write(Writer& writer, const Reward& reward) {
  writer.begin_object();
  writer.member("kind", reward_kind_name(reward.kind)).member("rule", reward_rule_name(reward.rule));
  const auto tiers = [&](std::string_view amount) {
    writer.key("tiers").begin_array();
    for (const Tier& tier : reward.tiers) {
      writer.begin_object().member("from", tier.from).member(amount, tier.amount).end_object();
    }
    writer.end_array();
  };
  switch (reward.rule) {
    case RewardRule::rate: writer.member("rate", reward.amount); break;
    case RewardRule::fee_saving: writer.member("down_to", reward.amount); break;
    case RewardRule::fixed: writer.member("value", reward.amount); break;
    case RewardRule::step: tiers("value"); break;
    case RewardRule::marginal: tiers("rate"); break;
  }
  writer.end_object();
}

void write(Writer& writer, const Programme& programme) {
  writer.begin_object().member("id", programme.id);
  if (!programme.name.zh.empty()) writer.member("name", programme.name);
  if (!programme.stages.empty()) writer.member("stages", programme.stages);
  if (programme.first_month) writer.member("first_month", *programme.first_month);
  if (programme.last_month) writer.member("last_month", *programme.last_month);
  if (!programme.tags.empty()) writer.member("tags", programme.tags);
  if (!programme.requirements.empty()) {
    writer.key("requires").begin_array();
    for (const Requirement& requirement : programme.requirements) {
      writer.begin_object();
      write(writer, requirement);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.member("metric", metric_name(programme.metric)).member("baseline", programme.baseline);
  writer.key("reward");
  write(writer, programme.reward);
  if (programme.cap_per_month) writer.member("cap_per_month", *programme.cap_per_month);
  if (programme.cap_total) writer.member("cap_total", *programme.cap_total);
  writer.member("delay_months", programme.delay_months);
  writer.member("valid_months", programme.valid_months);
  if (!programme.exclusive_group.empty()) {
    writer.member("exclusive_group", programme.exclusive_group);
  }
  writer.end_object();
}

void write(Writer& writer, const Stage& stage) {
  writer.begin_object().member("id", stage.id);
  if (!stage.name.zh.empty()) writer.member("name", stage.name);
  if (stage.until_months_open || stage.until_cumulative_gmv) {
    writer.key("until").begin_object();
    if (stage.until_months_open) writer.member("months_open", *stage.until_months_open);
    if (stage.until_cumulative_gmv) writer.member("cumulative_gmv", *stage.until_cumulative_gmv);
    writer.end_object();
  }
  writer.end_object();
}

void write_inline(Writer& writer, const Incentives& incentives) {
  if (!incentives.stages.empty()) {
    writer.key("stages").begin_array();
    for (const Stage& stage : incentives.stages) write(writer, stage);
    writer.end_array();
  }
  writer.key("programmes").begin_array();
  for (const Programme& programme : incentives.programmes) write(writer, programme);
  writer.end_array();
}

void write_channels(Writer& writer, const Scenario<double>& scenario) {
  writer.key("channels").begin_array();
  for (const Channel<double>& channel : scenario.channels) {
    writer.begin_object().member("id", channel.id);
    for (const ChannelFieldEntry& entry : channel_fields()) {
      writer.member(entry.field.path, entry.access.read(channel));
    }
    writer.end_object();
  }
  writer.end_array();
}

Writer& write_list(Writer& writer, const std::array<double, 12>& year) {
  writer.begin_array();
  for (const double factor : year) writer.value(factor);
  return writer.end_array();
}

/// Opens and closes the objects of dotted paths as they come in the order of the catalogue.
class PathWriter {
 public:
  explicit PathWriter(Writer& writer) : writer_(writer) {}

  /// Begins the member at `path` and returns the writer for its value.
  Writer& member(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    enter(dot == std::string_view::npos ? std::string_view() : path.substr(0, dot));
    return writer_.key(path.substr(dot == std::string_view::npos ? 0 : dot + 1));
  }
  void enter(std::string_view parent) {
    while (!contains(open_, parent)) {
      writer_.end_object();
      const std::size_t dot = open_.rfind('.');
      open_ = dot == std::string_view::npos ? std::string_view() : open_.substr(0, dot);
    }
    while (open_.size() < parent.size()) {
      const std::size_t begin = open_.empty() ? 0 : open_.size() + 1;
      const std::size_t end = std::min(parent.find('.', begin), parent.size());
      writer_.key(parent.substr(begin, end - begin)).begin_object();
      open_ = parent.substr(0, end);
    }
  }

 private:
  [[nodiscard]] static bool contains(std::string_view outer, std::string_view inner) {
    return outer.empty() || inner == outer ||
           (inner.size() > outer.size() && inner.substr(0, outer.size()) == outer &&
            inner[outer.size()] == '.');
  }

  Writer& writer_;
  std::string_view open_;
};

// ---------------------------------------------------------------- plan

void write_months(Writer& writer, const Plan& plan) {
  writer.begin_object();
  writer.key("month").begin_array();
  for (std::size_t t = 0; t < plan.months.size(); ++t) writer.value(t + 1);
  writer.end_array();
  writer.key("stage").begin_array();
  for (std::size_t t = 0; t < plan.months.size(); ++t) {
    if (plan.stages.empty()) {
      writer.null();
    } else {
      writer.value(plan.stages[t]);
    }
  }
  writer.end_array();
  for (const auto& entry : month_columns()) {
    writer.key(entry.quantity.id).begin_array();
    for (const Month<double>& month : plan.months) writer.value(entry.read(month));
    writer.end_array();
  }
  writer.end_object();
}

void write_unit_economics(Writer& writer, const Plan& plan) {
  const UnitEconomics<double>& units = plan.unit_economics;
  writer.begin_object();
  for (const auto& entry : unit_economics_quantities()) {
    writer.member(entry.quantity.id, entry.read(units));
  }
  writer.key("max_cost_per_viewer_channels").begin_object();
  for (std::size_t i = 0; i < plan.scenario.channels.size(); ++i) {
    writer.member(plan.scenario.channels[i].id, units.max_cost_per_viewer_channels[i]);
  }
  writer.end_object();
  writer.member("break_even_roi", break_even_roi(units));
  writer.member("customer_payback_months", customer_payback_months(units, plan.summary));
  writer.end_object();
}

void write(Writer& writer, const LedgerEntry& entry) {
  writer.begin_object()
      .member("id", entry.id)
      .member("kind", reward_kind_name(entry.kind))
      .member("earned", entry.earned)
      .member("paid", entry.paid)
      .member("capped", entry.capped)
      .member("pending", entry.pending);
  writer.key("next_tier");
  if (entry.next_tier) {
    writer.begin_object()
        .member("from", entry.next_tier->from)
        .member(entry.next_tier->is_rate ? "rate" : "value", entry.next_tier->amount)
        .member("short_by", entry.next_tier->short_by)
        .member("month", entry.next_tier->month)
        .end_object();
  } else {
    writer.null();
  }
  writer.member("value", entry.value)
      .member("active_months", entry.active_months)
      .member("missing_tags", entry.missing_tags);
  writer.key("unmet").begin_array();
  for (const Unmet& unmet : entry.unmet) {
    writer.begin_object();
    write(writer, unmet.requirement);
    writer.member("got", unmet.got).member("month", unmet.month).end_object();
  }
  writer.end_array().end_object();
}

Writer& write_members(Writer& writer, const Contribution& contribution) {
  return writer.member("profit", contribution.profit)
      .member("gmv", contribution.gmv)
      .member("cost", contribution.cost)
      .member("roi", contribution.roi);
}

void write(Writer& writer, const Attribution& attribution) {
  const auto part = [&](std::string_view name, const Contribution& contribution) {
    writer.key(name).begin_object();
    write_members(writer, contribution).end_object();
  };
  writer.begin_object();
  part("private_pool", attribution.private_pool);
  part("vouchers", attribution.vouchers);
  writer.key("channels").begin_object();
  for (const ChannelResult& channel : attribution.channels) {
    writer.key(channel.id).begin_object();
    write_members(writer, channel.contribution)
        .member("viewers", channel.viewers)
        .member("new_customers", channel.new_customers)
        .end_object();
  }
  writer.end_object();
  part("incentives", attribution.incentives);
  part("repurchase", attribution.repurchase);
  writer.key("marginal_profit_per_yuan").begin_object();
  for (const ChannelResult& channel : attribution.channels) {
    writer.member(channel.id, channel.marginal_profit_per_yuan);
  }
  writer.end_object().end_object();
}

void write(Writer& writer, const Given& got) {
  std::visit(
      [&](const auto& value) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::monostate>) {
          writer.null();
        } else {
          writer.value(value);
        }
      },
      got);
}

}  // namespace

void write(Writer& writer, const Json& json) {
  if (json.is_object()) {
    writer.begin_object();
    for (const auto& [key, value] : json.get_ref<const Json::object_t&>()) {
      writer.key(key);
      write(writer, value);
    }
    writer.end_object();
  } else if (json.is_array()) {
    writer.begin_array();
    for (const Json& value : json.get_ref<const Json::array_t&>()) write(writer, value);
    writer.end_array();
  } else if (json.is_string()) {
    writer.value(json.get_ref<const std::string&>());
  } else if (json.is_number()) {
    writer.value(json.get<double>());
  } else if (json.is_boolean()) {
    writer.value(json.get<bool>());
  } else {
    writer.null();
  }
}

void write(Writer& writer, const Scenario<double>& scenario, const Json& request) {
  writer.begin_object().member("schema", k_scenario_schema);
  if (!scenario.name.empty()) writer.member("name", scenario.name);
  PathWriter paths(writer);
  for (const FieldEntry& entry : fields()) {
    const std::string_view path = entry.field.path;
    if (path == "vouchers.opening_balance") {
      paths.enter("");
      write_channels(writer, scenario);
    }
    std::visit(
        [&](const auto& access) {
          const auto& value = access.read(scenario);
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::array<double, 12>>) {
            write_list(paths.member(path), value);
          } else if constexpr (std::is_same_v<Value, Curve>) {
            if (value) paths.member(path).value(*value);
          } else {
            paths.member(path).value(value);
          }
        },
        entry.access);
  }
  // The last fields are those of incentives, whose object is still open.
  if (scenario.incentives.own) write_inline(writer, *scenario.incentives.own);
  paths.enter("");
  for (const std::string_view key : k_request_keys) {
    const Json* value = find(request, key);
    if (value == nullptr) continue;
    writer.key(key);
    write(writer, *value);
  }
  writer.end_object();
}

void write(Writer& writer, const Summary<double>& summary, int horizon_months) {
  writer.begin_object();
  for (const SummaryEntry& entry : summary_quantities()) {
    writer.member(entry.quantity.id, summary_value(entry, summary, horizon_months));
  }
  writer.end_object();
}

void write_members(Writer& writer, const Diagnosis& diagnosis) {
  writer.member("stage", room_stage_name(diagnosis.stage))
      .member("viewers_2h", diagnosis.viewers_2h)
      .member("viewers_per_session", diagnosis.viewers_per_session)
      .member("public_share", diagnosis.public_share)
      .member("fully_public", diagnosis.fully_public)
      .member("gpm", diagnosis.gpm)
      .member("published_gpm", diagnosis.published_gpm);
  writer.key("indicators").begin_array();
  for (const IndicatorReading& reading : diagnosis.indicators) {
    writer.begin_object()
        .member("id", reading.id)
        .member("value", reading.value)
        .member("benchmark", reading.benchmark)
        .member("ratio", reading.ratio)
        .member("at_limit", reading.at_limit)
        .member("elasticity", reading.elasticity)
        .member("profit_per_percent", reading.profit_per_percent)
        .member("profit_at_benchmark", reading.profit_at_benchmark)
        .end_object();
  }
  writer.end_array();
  writer.key("levers").begin_array();
  for (const Lever& lever : diagnosis.levers) {
    writer.begin_object()
        .member("path", lever.path)
        .member("value", lever.value)
        .member("step", lever.step)
        .member("gmv_elasticity", lever.gmv_elasticity)
        .member("gmv_per_step", lever.gmv_per_step)
        .member("profit_per_step", lever.profit_per_step)
        .end_object();
  }
  writer.end_array();
  writer.member("best_indicator", diagnosis.best_indicator).member("best_lever", diagnosis.best_lever);
}

void write(Writer& writer, const Plan& plan, const Json& request) {
  writer.begin_object().member("schema", "growth.plan/1");
  writer.key("scenario");
  write(writer, plan.scenario, request);
  writer.key("months");
  write_months(writer, plan);
  writer.key("summary");
  write(writer, plan.summary, plan.scenario.horizon_months);
  writer.key("unit_economics");
  write_unit_economics(writer, plan);
  writer.key("ledger").begin_array();
  for (const LedgerEntry& entry : plan.ledger) write(writer, entry);
  writer.end_array();
  writer.key("attribution");
  write(writer, plan.attribution);
  writer.key("diagnosis").begin_object();
  write_members(writer, plan.diagnosis);
  writer.end_object();
  write_warnings(writer, plan.warnings);
  writer.end_object();
}

void write(Writer& writer, const analysis::Explanation& explanation) {
  writer.begin_object()
      .member("schema", "growth.explanation/1")
      .member("id", explanation.id)
      .member("section", explanation.section)
      .member("month", explanation.month == 0 ? std::nullopt : std::optional(explanation.month))
      .member("unit", unit_name(explanation.unit))
      .member("label", explanation.label)
      .member("definition", explanation.definition)
      .member("value", explanation.value)
      .member("formula", explanation.formula)
      .member("in_words", explanation.in_words)
      .member("with_numbers", explanation.with_numbers);
  writer.key("terms").begin_array();
  for (const analysis::ExplainedTerm& term : explanation.terms) {
    writer.begin_object()
        .member("id", term.id)
        .member("label", term.label)
        .member("unit", unit_name(term.unit))
        .member("value", term.value)
        .end_object();
  }
  writer.end_array().end_object();
}

void write(Writer& writer, const Errors& errors) {
  writer.begin_object().key("errors").begin_array();
  for (std::size_t i = 0; i < errors.size() && i < k_most_errors; ++i) {
    const Error& error = errors[i];
    writer.begin_object()
        .member("code", code_name(error.code))
        .member("path", error.path)
        .member("message", error.message);
    writer.key("got");
    write(writer, error.got);
    writer.member("allowed", error.allowed).end_object();
  }
  writer.end_array();
  if (errors.size() > k_most_errors) writer.member("omitted", errors.size() - k_most_errors);
  writer.end_object();
}

}  // namespace growth::json
