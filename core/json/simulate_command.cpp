#include "growth/simulate.hpp"
#include "json/full_commands.hpp"
#include "json/problems.hpp"
#include "json/read_uncertainty.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

constexpr std::string_view k_quantile_names[] = {"p5", "p25", "p50", "p75", "p95"};

struct SpreadMember {
  std::string_view name;
  double Spread::*member;
};
constexpr SpreadMember k_spread_members[] = {{"p5", &Spread::p5},   {"p25", &Spread::p25},
                                             {"p50", &Spread::p50}, {"p75", &Spread::p75},
                                             {"p95", &Spread::p95}, {"mean", &Spread::mean}};

void write_members(Writer& writer, const Spread& spread) {
  for (const auto& [name, member] : k_spread_members) writer.member(name, spread.*member);
}

void write_months(Writer& writer, const Futures& futures) {
  writer.key("months").begin_object();
  for (const FanColumn& column : futures.columns) {
    writer.key(column.column).begin_object();
    for (const auto& [name, member] : k_spread_members) {
      writer.key(name).begin_array();
      for (const Spread& month : column.months) writer.value(month.*member);
      writer.end_array();
    }
    writer.end_object();
  }
  writer.end_object();
}

void write_totals(Writer& writer, const Futures& futures) {
  writer.key("totals").begin_object();
  for (const TotalSpread& total : futures.totals) {
    writer.key(total.metric).begin_object();
    write_members(writer, total.spread);
    writer.member("sd", total.sd);
    writer.key("histogram").begin_object().member("edges", total.histogram.edges);
    writer.member("counts", total.histogram.counts).end_object();
    writer.end_object();
  }
  writer.end_object();
}

void write_probability(Writer& writer, const Futures& futures) {
  writer.key("probability").begin_object();
  writer.member("profit_positive", futures.profit_positive.value)
      .member("payback", futures.payback.value);
  writer.key("targets").begin_array();
  for (std::size_t i = 0; i < futures.targets.size(); ++i) {
    const Target& target = futures.uncertainty.targets[i];
    writer.begin_object()
        .member("metric", target.metric)
        .member("at_least", target.at_least)
        .member("probability", futures.targets[i].value)
        .end_object();
  }
  writer.end_array().end_object();
}

void write_standard_errors(Writer& writer, const Futures& futures) {
  writer.key("standard_error");
  // One future has no replicates.
  if (futures.uncertainty.trials < 2) {
    writer.null();
    return;
  }
  writer.begin_object().key("totals").begin_object();
  for (const TotalSpread& total : futures.totals) {
    writer.key(total.metric).begin_object();
    write_members(writer, total.standard_error);
    writer.end_object();
  }
  writer.end_object();
  writer.key("probability").begin_object();
  writer.member("profit_positive", futures.profit_positive.standard_error)
      .member("payback", futures.payback.standard_error);
  writer.key("targets").begin_array();
  for (const Probability& target : futures.targets) writer.value(target.standard_error);
  writer.end_array().end_object().end_object();
}

void write(Writer& writer, const Futures& futures, int horizon_months) {
  const Uncertainty& uncertainty = futures.uncertainty;
  writer.begin_object()
      .member("schema", "growth.simulation/1")
      .member("trials", uncertainty.trials)
      .member("seed", static_cast<double>(uncertainty.seed))
      .member("sampler", sampler_name(uncertainty.sampler));
  write_months(writer, futures);
  write_totals(writer, futures);
  write_probability(writer, futures);
  writer.key("payback_month").begin_object();
  for (std::size_t q = 0; q < futures.payback_month.size(); ++q) {
    writer.member(k_quantile_names[q], futures.payback_month[q]);
  }
  writer.end_object();
  write_standard_errors(writer, futures);
  writer.key("central");
  write(writer, futures.central, horizon_months);
  writer.end_object();
}

}  // namespace

Result<std::string> simulate_command(std::string_view text, const RunOptions& options) {
  Result<Draft> read = read_draft(text);
  if (!read.ok()) return read.errors();
  Draft draft = std::move(read).value();
  const Uncertainty uncertainty = read_uncertainty(draft);
  if (!draft.errors.empty()) return draft.errors;
  const Scenario<double>& scenario = draft.request.scenario;
  const auto futures = simulate(scenario, draft.request.pack, uncertainty, options.execution);
  if (!futures) return Errors{not_finished("simulate")};
  Writer writer;
  write(writer, *futures, scenario.horizon_months);
  return writer.take();
}

}  // namespace growth::json
