#include "calibrate/cells.hpp"
#include "growth/sessions.hpp"
#include "json/distribution.hpp"
#include "json/fit_commands.hpp"
#include "json/problems.hpp"
#include "json/read_fit_request.hpp"
#include "json/read_scenario.hpp"
#include "json/write_records.hpp"
#include "json/write_warnings.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

/// The key `scenario`: what the log cannot tell. Programmes have no part in it.
void read_base(const Json& root, SessionsRequest& request, Errors& errors) {
  const Json* given_scenario = find(root, "scenario");
  if (given_scenario == nullptr) return;
  Document document;
  document.root = *given_scenario;
  if (document.root.is_object()) document.root.erase("incentives");
  const Result<Scenario<double>> scenario = read_scenario(document, {});
  if (!scenario.ok()) {
    for (Error error : scenario.errors()) {
      error.path = error.path.empty() ? "scenario" : join_path("scenario", error.path);
      errors.push_back(std::move(error));
    }
    return;
  }
  request.scenario = scenario.value();
  const Json* pool = find(document.root, "private");
  request.knows_pool = pool != nullptr && find(*pool, "users") != nullptr;
}

Result<SessionsRequest> read_sessions_request(std::string_view text) {
  Result<OrdersRequest> shared = read_fit_request(text, calibrate::RecordKind::sessions);
  if (!shared.ok()) return shared.errors();
  SessionsRequest request;
  request.columns = shared.value().columns;
  request.date_order = shared.value().date_order;
  request.today = shared.value().today;
  if (text.empty()) return request;
  const Result<Document> document = parse(text);
  Errors errors;
  read_base(document.value().root, request, errors);
  if (!errors.empty()) return errors;
  return request;
}

void write_estimates(Writer& writer, const SessionsFit& fit) {
  writer.key("estimates").begin_object();
  for (const LearnedInput& input : fit.learned) {
    writer.key(input.path).begin_object().member("value", input.value);
    writer.member("standard_error", input.standard_error).key("distribution");
    if (input.distribution) {
      write(writer, *input.distribution);
    } else {
      writer.null();
    }
    writer.end_object();
  }
  writer.end_object();
  writer.key("not_learned").begin_array();
  for (const NotLearned& input : fit.not_learned) {
    writer.begin_object().member("path", input.path);
    writer.member("reason", not_learned_name(input.reason));
    writer.member("message", input.message).end_object();
  }
  writer.end_array();
}

/// What was learned by its path, and the channels whole: a scenario's list of them is all or nothing.
void write_scenario(Writer& writer, const SessionsFit& fit) {
  Json scenario = Json::object();
  for (const LearnedInput& input : fit.learned) {
    if (input.path.find('[') != std::string::npos) continue;
    const std::size_t dot = input.path.find('.');
    scenario[input.path.substr(0, dot)][input.path.substr(dot + 1)] = input.value;
  }
  writer.key("scenario").begin_object();
  for (const auto& [group, members] : scenario.items()) {
    writer.key(group).begin_object();
    for (const auto& [name, value] : members.items()) writer.member(name, value.get<double>());
    writer.end_object();
  }
  if (fit.has_channels) {
    writer.key("channels").begin_array();
    for (const Channel<double>& channel : fit.scenario.channels) {
      writer.begin_object().member("id", channel.id);
      for (const ChannelFieldEntry& entry : channel_fields()) {
        writer.member(entry.field.path, entry.access.read(channel));
      }
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
}

void write_fit(Writer& writer, const SessionsFit& fit) {
  writer.key("fit").begin_object().key("dates").begin_array();
  for (const Day day : fit.dates) writer.value(calibrate::date_text(day));
  writer.end_array();
  writer.member("observed", fit.observed).member("predicted", fit.predicted);
  writer.member("dispersion", fit.dispersion).end_object();
}

}  // namespace

Result<std::string> fit_sessions_command(std::string_view text, const RunOptions& options) {
  const Result<SessionsRequest> request = read_sessions_request(text);
  if (!request.ok()) return request.errors();
  if (options.table == nullptr) return Errors{no_table()};
  const Result<SessionsFit> result = fit_sessions(*options.table, request.value(), options.execution);
  if (!result.ok()) {
    return result.errors().empty() ? Errors{not_finished("fit_sessions")} : result.errors();
  }
  const SessionsFit& fit = result.value();
  Writer writer;
  writer.begin_object().member("schema", "growth.fit_sessions/1");
  writer.member("sessions", fit.sessions);
  writer.key("period").begin_object();
  writer.member("from", calibrate::date_text(fit.from));
  writer.member("to", calibrate::date_text(fit.to)).end_object();
  write_records_read(writer, fit.records);
  write_estimates(writer, fit);
  write_scenario(writer, fit);
  write_uncertain_inputs(writer, fit.inputs);
  write_fit(writer, fit);
  write_warnings(writer, fit.warnings);
  writer.end_object();
  return writer.take();
}

}  // namespace growth::json
