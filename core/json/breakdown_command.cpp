#include "growth/breakdown.hpp"
#include "json/plan_commands.hpp"
#include "json/request.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

void write(Writer& writer, const Flow& flow) {
  writer.begin_object()
      .member("id", flow.id)
      .member("unit", unit_name(flow.unit))
      .member("label", flow.label)
      .member("definition", flow.definition);
  writer.key("nodes").begin_array();
  for (const FlowNode& node : flow.nodes) {
    writer.begin_object().member("id", node.id).member("label", node.label).end_object();
  }
  writer.end_array().key("links").begin_array();
  for (const FlowLink& link : flow.links) {
    writer.begin_object()
        .member("source", link.source)
        .member("target", link.target)
        .member("values", link.values)
        .end_object();
  }
  writer.end_array().end_object();
}

void write(Writer& writer, const Cohort& cohort) {
  writer.begin_object()
      .member("month", cohort.month)
      .member("joined", cohort.joined)
      .member("outside", cohort.outside)
      .member("repeat_orders_private", cohort.by_pool)
      .member("repeat_orders_public", cohort.by_outside)
      .end_object();
}

void write(Writer& writer, const BridgeStep& step) {
  writer.begin_object()
      .member("id", step.id)
      .member("label", step.label)
      .member("value", step.value)
      .member("running", step.running)
      .end_object();
}

void write(Writer& writer, const Rung& rung) {
  writer.begin_object()
      .member("stage", room_stage_name(rung.stage))
      .member("metric", rung.metric)
      .member("from", rung.from)
      .member("exclusive", rung.exclusive)
      .key("fact");
  if (rung.fact.empty()) {
    writer.null();
  } else {
    writer.value(rung.fact);
  }
  writer.end_object();
}

void write(Writer& writer, const RoomReading& reading) {
  writer.begin_object()
      .member("stage", room_stage_name(reading.stage))
      .member("viewers_2h", reading.viewers_2h)
      .member("viewers_per_session", reading.viewers_per_session)
      .key("next");
  if (reading.next) {
    writer.begin_object()
        .member("stage", room_stage_name(reading.next->stage))
        .member("short_by", reading.next->short_by)
        .end_object();
  } else {
    writer.null();
  }
  writer.end_object();
}

/// The members of a number with its formula, within an object the caller has begun.
void write_members(Writer& writer, std::string_view name, const StatedNumber& stated) {
  writer.member(name, stated.value).key("reason");
  if (stated.value) {
    writer.null();
  } else {
    writer.value(stated.reason);
  }
  writer.member("formula", stated.formula)
      .member("in_words", stated.in_words)
      .member("with_numbers", stated.with_numbers);
}

void write(Writer& writer, const ReturnOnSpend& definition) {
  writer.begin_object()
      .member("id", definition.id)
      .member("label", definition.label)
      .member("definition", definition.definition);
  write_members(writer, "value", definition.value);
  writer.key("break_even").begin_object();
  write_members(writer, "value", definition.break_even);
  writer.end_object().end_object();
}

void write(Writer& writer, const ReturnConversion& conversion) {
  writer.begin_object()
      .member("from", conversion.from)
      .member("to", conversion.to)
      .member("label", conversion.label);
  write_members(writer, "factor", conversion.factor);
  writer.end_object();
}

template <class Entry>
void write_list(Writer& writer, std::string_view name, const std::vector<Entry>& entries) {
  writer.key(name).begin_array();
  for (const Entry& entry : entries) write(writer, entry);
  writer.end_array();
}

}  // namespace

Result<std::string> breakdown_command(std::string_view text, const RunOptions&) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Breakdown parts = breakdown(plan(request.value().scenario, request.value().pack));
  Writer writer;
  writer.begin_object().member("schema", "growth.breakdown/1");
  write_list(writer, "flows", parts.flows);
  write_list(writer, "cohorts", parts.cohorts);
  write_list(writer, "bridge", parts.bridge);
  writer.key("room").begin_object();
  write_list(writer, "rungs", parts.room.rungs);
  write_list(writer, "months", parts.room.months);
  writer.end_object().key("roi").begin_object();
  write_list(writer, "definitions", parts.returns);
  write_list(writer, "conversions", parts.conversions);
  writer.end_object().end_object();
  return writer.take();
}

}  // namespace growth::json
