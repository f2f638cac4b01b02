// Any bytes through the one door: never a crash, always JSON, and an accepted scenario's completed form
// is accepted again. With clang: -fsanitize=fuzzer; otherwise main.cpp runs the corpus.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "growth/run.hpp"
#include "growth/table.hpp"

namespace {

/// An answer must be JSON, and a refusal must say why.
nlohmann::json checked(const growth::Response& response) {
  nlohmann::json answer = nlohmann::json::parse(response.text, nullptr, false);
  if (answer.is_discarded()) std::abort();
  if (!response.ok) {
    if (!answer.contains("errors") || answer["errors"].empty()) std::abort();
    if (answer["errors"][0]["code"] == "internal") std::abort();
  }
  return answer;
}

/// The commands that run a scenario many times, stopped soon where the input asks for much.
void run_futures(const std::string& request) {
  for (const char* command : {"simulate", "sensitivity", "seek", "allocate", "decide"}) {
    int reports = 0;
    growth::RunOptions options;
    options.execution.progress = [&reports](double) { return ++reports < 3; };
    checked(growth::run(command, request, options));
  }
}

/// What is no object is also a table: as it is, and with commas and line breaks for what ends its cells
/// and rows, so that the corpus can be read.
void run_fits(const std::string& text) {
  std::string separated;
  for (const char c : text) {
    if (c == ',') {
      separated += '\x1F';
    } else if (c == '\n') {
      separated += "\x1F\x1E";
    } else {
      separated += c;
    }
  }
  for (const std::string& table_text : {text, separated}) {
    for (const char* command : {"fit_orders", "fit_sessions", "fit_contracts"}) {
      for (const char* request : {"", R"({"date_order":"day_first","today":"2026-11-21"})"}) {
        growth::SeparatedTable table(table_text);
        growth::RunOptions options;
        options.table = &table;
        checked(growth::run(command, request, options));
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string request(reinterpret_cast<const char*>(data), size);
  checked(growth::run("recognise_columns", request, {}));
  if (request.empty() || request.front() != '{') run_fits(request);
  const growth::Response response = growth::run("plan", request, {});
  const nlohmann::json answer = checked(response);
  if (request.find("\"uncertainty\"") != std::string::npos) run_futures(request);
  if (!response.ok) return 0;
  checked(growth::run("breakdown", request, {}));
  if (!growth::run("plan", answer["scenario"].dump(), {}).ok) std::abort();
  return 0;
}
