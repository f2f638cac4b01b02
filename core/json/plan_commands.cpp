#include "json/plan_commands.hpp"

#include <cmath>

#include "analysis/explain.hpp"
#include "growth/plan.hpp"
#include "json/library.hpp"
#include "json/problems.hpp"
#include "json/request.hpp"
#include "json/wanted_id.hpp"
#include "json/write.hpp"

namespace growth::json {

Result<std::string> plan_command(std::string_view text, const RunOptions&) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  Writer writer;
  write(writer, plan(request.value().scenario, request.value().pack), request.value().root);
  return writer.take();
}

Result<std::string> diagnose_command(std::string_view text, const RunOptions&) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  Writer writer;
  writer.begin_object().member("schema", "growth.diagnosis/1");
  write_members(writer, plan(request.value().scenario, request.value().pack).diagnosis);
  writer.end_object();
  return writer.take();
}

namespace {

/// What to explain: from the options, else from the key `explain` of the scenario.
struct ExplainRequest {
  std::string metric;
  double month{1};
};

Result<ExplainRequest> explain_request(const Json& root, const RunOptions& options) {
  if (!options.metric.empty()) {
    return ExplainRequest{options.metric, static_cast<double>(options.month)};
  }
  ExplainRequest request;
  Errors errors;
  const Json* wanted = find(root, "explain");
  const Json* metric = wanted != nullptr ? find(*wanted, "metric") : nullptr;
  const Json* month = wanted != nullptr ? find(*wanted, "month") : nullptr;
  if (metric == nullptr) {
    errors.push_back(missing("explain.metric", one_of(analysis::explainable_metrics())));
  } else if (!metric->is_string()) {
    errors.push_back(wrong_type("explain.metric", {}, k_a_text, given(*metric)));
  } else {
    request.metric = metric->get<std::string>();
  }
  if (month != nullptr && !month->is_number()) {
    errors.push_back(wrong_type("explain.month", {}, k_a_number, given(*month)));
  } else if (month != nullptr) {
    request.month = month->get<double>();
  }
  if (!errors.empty()) return errors;
  return request;
}

}  // namespace

Result<std::string> explain_command(std::string_view text, const RunOptions& options) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  const Result<ExplainRequest> wanted = explain_request(request.value().root, options);
  if (!wanted.ok()) return wanted.errors();
  const std::string& metric = wanted.value().metric;
  const double month = wanted.value().month;
  const double horizon = request.value().scenario.horizon_months;
  if (!(month >= 1 && month <= horizon) || month != std::floor(month)) {
    return Errors{
        out_of_range("explain.month", {}, month, range_text({1, horizon}, Unit::months, true))};
  }
  const Plan result = plan(request.value().scenario, request.value().pack);
  const auto explanation = analysis::explain(metric, result, static_cast<int>(month));
  if (!explanation) {
    return Errors{out_of_range("explain.metric", {}, given(Json(metric)),
                               one_of(analysis::explainable_metrics()))};
  }
  Writer writer;
  write(writer, *explanation);
  return writer.take();
}

namespace {

/// A list of what `files` hold, or the one that was asked for: `write_whole` gets its file.
template <class WriteItem, class WriteWhole>
Result<std::string> files_answer(std::string_view text, data::Files files, std::string_view key,
                                 WriteItem&& write_item, WriteWhole&& write_whole) {
  const Result<std::string> id = wanted_id(text);
  if (!id.ok()) return id.errors();
  Writer writer;
  if (id.value().empty()) {
    writer.begin_object().key(key).begin_array();
    for (const data::File& file : files) {
      writer.begin_object();
      write_item(writer, content(file));
      writer.end_object();
    }
    writer.end_array().end_object();
    return writer.take();
  }
  for (const data::File& file : files) {
    if (file.name != id.value()) continue;
    write_whole(writer, file);
    return writer.take();
  }
  return Errors{out_of_range("id", {}, id.value(), one_of(names_of(files)))};
}

/// Members of a shipped file: texts, and texts in both languages.
void write_overview(Writer& writer, const Json& whole, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    writer.key(name);
    write(writer, *find(whole, name));
  }
}

}  // namespace

Result<std::string> presets_command(std::string_view text, const RunOptions&) {
  return files_answer(
      text, data::presets(), "presets",
      [](Writer& writer, const Json& preset) {
        write_overview(writer, preset, {"id", "name", "summary", "platform"});
      },
      [](Writer& writer, const data::File& file) { writer.raw(file.text); });
}

Result<std::string> policies_command(std::string_view text, const RunOptions&) {
  // What only the date of the data and the programmes tell.
  const auto write_state = [](Writer& writer, std::string_view id) {
    const PolicyPack* pack = find_pack(id);
    writer.member("expired", pack->expired).member("assumed", pack->assumed);
  };
  return files_answer(
      text, data::policies(), "policies",
      [&](Writer& writer, const Json& pack) {
        write_overview(writer, pack,
                       {"id", "name", "summary", "effective_from", "effective_to", "grade"});
        write_state(writer, find(pack, "id")->get_ref<const std::string&>());
      },
      [&](Writer& writer, const data::File& file) {
        writer.begin_object();
        write_state(writer, file.name);
        const Json pack = content(file);
        for (const auto& [key, value] : pack.get_ref<const Json::object_t&>()) {
          writer.key(key);
          write(writer, value);
        }
        writer.end_object();
      });
}

}  // namespace growth::json
