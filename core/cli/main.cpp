// growthcalc: arguments and streams around the one door. All JSON and all numbers come from run().
#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/batch.hpp"
#include "cli/csv_file.hpp"
#include "cli/parallel.hpp"
#include "growth/run.hpp"

namespace {

constexpr int k_done = 0;
constexpr int k_input_at_fault = 1;
constexpr int k_usage = 2;

bool speaks_chinese() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
      return std::string_view(value).substr(0, 2) == "zh";
    }
  }
  return false;
}

int finish(const growth::Response& response) {
  std::cout << response.text << '\n';
  if (response.ok) return k_done;
  std::cerr << "growthcalc: " << (speaks_chinese() ? response.headline.zh : response.headline.en)
            << '\n';
  return k_input_at_fault;
}

/// The whole of a file, or of standard input for "-".
bool read_all(const std::string& name, std::string& text) {
  if (name == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    return true;
  }
  std::ifstream file(name, std::ios::binary);
  if (!file) return false;
  text.assign(std::istreambuf_iterator<char>(file), {});
  return !file.bad();
}

int unreadable(const std::string& name) {
  std::cerr << "growthcalc: cannot read " << name << '\n';
  return k_usage;
}

/// Bytes of a file that can be told, else 0.
std::size_t size_of(std::istream& input) {
  const auto end = input.seekg(0, std::ios::end).tellg();
  input.clear();
  input.seekg(0);
  return end > 0 ? static_cast<std::size_t>(end) : 0;
}

/// The command of a fit on a CSV file.
int fit(const std::string& kind, const std::string& name, const std::string& request,
        growth::RunOptions options) {
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    // A folder opens but does not read.
    if (!file || (file.peek(), file.bad())) return unreadable(name);
    file.clear();
  }
  growth::cli::CsvFile table(name == "-" ? std::cin : file, name == "-" ? 0 : size_of(file));
  options.table = &table;
  return finish(growth::run("fit_" + kind, request, options));
}

/// A JSON string literal of an argument.
std::string json_literal(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return literal + '"';
}

/// The day it is here, as 2026-11-21.
std::string today() {
  const std::time_t now = std::time(nullptr);
  std::array<char, 11> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", std::localtime(&now));
  return text.data();
}

/// What `fit` is given: the file, and members of the request as they were typed.
struct FitOptions {
  std::string file;
  std::vector<std::pair<std::string, std::string>> texts;  ///< member and value
  std::vector<std::pair<std::string, std::string>> columns;
  std::vector<std::pair<std::string, std::string>> numbers;
  std::string scenario;  ///< JSON of a file
  bool season{};

  [[nodiscard]] std::string request() const {
    std::string text = "{";
    const auto add = [&text](const std::string& name, const std::string& value) {
      if (text.back() != '{') text += ',';
      text += json_literal(name) + ':' + value;
    };
    bool dated = false;
    for (const auto& [name, value] : texts) {
      add(name, json_literal(value));
      dated = dated || name == "today";
    }
    if (!dated) add("today", json_literal(today()));
    if (season) add("season", "true");
    for (const auto& [name, value] : numbers) add(name, value);
    if (!scenario.empty()) add("scenario", scenario);
    if (!columns.empty()) {
      add("columns", "{");
      for (const auto& [field, name] : columns) add(field, json_literal(name));
      text += '}';
    }
    return text + '}';
  }
};

CLI::App* add_fit(CLI::App& app, FitOptions& fits) {
  CLI::App* command = app.add_subcommand("fit", "What a merchant's own records say about the inputs");
  command->require_subcommand(1);
  command->fallthrough();
  const auto on_file = [&](const char* kind, const char* description) {
    CLI::App* subcommand = command->add_subcommand(kind, description);
    subcommand->add_option("FILE", fits.file, "CSV file; - reads standard input")->required();
    subcommand
        ->add_option_function<std::vector<std::string>>(
            "--column",
            [&fits](const std::vector<std::string>& given) {
              for (const std::string& column : given) {
                const std::size_t equals = column.find('=');
                if (equals == std::string::npos || equals == 0) {
                  throw CLI::ValidationError("--column", "write FIELD=COLUMN, not " + column);
                }
                fits.columns.emplace_back(column.substr(0, equals), column.substr(equals + 1));
              }
            },
            "Which column is which, as customer=买家昵称 or customer=3; may be repeated")
        ->expected(1)
        ->take_all();
    return subcommand;
  };
  const auto member = [&fits](CLI::App* subcommand, const char* option, const char* name,
                              const char* description) {
    subcommand->add_option_function<std::string>(
        option, [&fits, name](const std::string& value) { fits.texts.emplace_back(name, value); },
        description);
  };
  CLI::App* orders = on_file("orders", "Repeat purchase and order values of an order export");
  CLI::App* sessions = on_file("sessions", "Conversion and leverage of a log of live sessions");
  CLI::App* contracts = on_file("contracts", "Retention of memberships and courses");
  for (CLI::App* subcommand : {orders, sessions, contracts}) {
    member(subcommand, "--date-order", "date_order", "year_first, month_first or day_first");
    member(subcommand, "--today", "today",
           "Later days are left out, as 2026-11-21; the day it is without");
  }
  member(orders, "--calibration-end", "calibration_end",
         "Last day of the calibration period; later orders check it");
  member(orders, "--zero-orders", "zero_orders", "first_only, drop or keep");
  member(orders, "--scope", "scope", "Whose customers these are: private, public or both");
  member(contracts, "--period", "period", "From one renewal to the next: week, month, quarter or year");
  const auto number = [&fits](CLI::App* subcommand, const char* option, const char* name,
                              const char* description) {
    subcommand
        ->add_option_function<std::string>(
            option, [&fits, name](const std::string& value) { fits.numbers.emplace_back(name, value); },
            description)
        ->check(CLI::Number);
  };
  number(contracts, "--discount-rate", "discount_rate", "Of a renewal one period later, as 0.01");
  number(orders, "--horizon-months", "horizon_months", "How far the outlook looks, 12 without");
  number(orders, "--discount-rate-monthly", "discount_rate_monthly", "Of later orders, 0.01 without");
  number(orders, "--list-customers", "list_customers", "List the best so many customers");
  sessions->add_option_function<std::string>(
      "--scenario",
      [&fits](const std::string& name) {
        if (!read_all(name, fits.scenario))
          throw CLI::ValidationError("--scenario", "cannot read " + name);
      },
      "Scenario with what the log does not tell: benchmarks, account weight, size of the pool");
  orders->add_flag("--season", fits.season, "Estimate a season index as well");
  return command;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  CLI::App app{
      "Plans the growth of a WeChat Channels merchant: private traffic, incentives, vouchers, "
      "paid heating and repeat purchase.",
      "growthcalc"};
  app.require_subcommand(1);
  app.fallthrough();
  growth::RunOptions options;
  app.add_flag("--pretty", options.pretty, "Indent the JSON");
  int threads = 1;
  app.add_option("--threads", threads,
                 "Threads of batch and of what runs many futures; the numbers are the same for every "
                 "count")
      ->check(CLI::Range(1, 1024));

  std::string file = "-";
  const auto on_scenario = [&](const char* name, const char* description) {
    CLI::App* command = app.add_subcommand(name, description);
    command->add_option("FILE", file, "Scenario (JSON); - or nothing reads standard input");
    return command;
  };
  CLI::App* on_scenarios[] = {
      on_scenario("plan", "The full plan of a scenario"),
      on_scenario("diagnose", "State of the room and the best lever"),
      on_scenario("breakdown",
                  "The plan taken apart: flows, cohorts, GMV to profit, room, ROI by definition"),
      on_scenario("simulate", "The futures of a scenario: fan, probabilities (key uncertainty)"),
      on_scenario("sensitivity", "Which guesses matter: tornado and Sobol' indices (key sensitivity)"),
      on_scenario("seek", "Where an input brings a metric to its target (key seek of the scenario)"),
      on_scenario("allocate", "The best split of a budget over the channels (key allocate)"),
      on_scenario("decide", "The ten questions of a merchant, answered (key decide: one of them)"),
      on_scenario("formulas", "Every formula of a plan, to recompute it from its inputs elsewhere")};

  std::string metric;
  int month = 1;
  std::string explained_file;
  CLI::App* explain =
      app.add_subcommand("explain", "How a number came about: definition, formula, numbers");
  explain->add_option("METRIC", metric, "e.g. gmv, summary.profit, months.viewers_natural")->required();
  explain->add_option("FILE", explained_file,
                      "Scenario (JSON), - for standard input; without it the defaults");
  explain->add_option("--month", month, "Month of a month column, from 1");

  std::string batch_command = "plan";
  std::string batch_file = "-";
  CLI::App* batch = app.add_subcommand("batch", "One scenario per line in, one answer per line out");
  batch->add_option("FILE", batch_file, "Scenarios, one per line; - or nothing reads standard input");
  batch->add_option("--command", batch_command, "Command to run on each line")
      ->check(CLI::IsMember({"plan", "diagnose", "explain", "breakdown", "simulate", "sensitivity",
                             "seek", "allocate", "decide", "formulas"}));
  std::string id;
  const auto on_id = [&](const char* name, const char* description) {
    CLI::App* command = app.add_subcommand(name, description);
    command->add_option("ID", id, "One whole; without it the list");
    return command;
  };
  CLI::App* shipped[] = {on_id("schema", "Schemas of what goes in and out"),
                         on_id("presets", "Shipped merchants"),
                         on_id("policies", "Shipped policy packs"),
                         on_id("facts", "Published figures with source and grade")};
  bool as_json = false;
  CLI::App* cases = app.add_subcommand("cases", "Published outcomes against computed ones, as a table");
  cases->add_flag("--json", as_json, "As JSON");

  FitOptions fits;
  CLI::App* fit_command = add_fit(app, fits);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const int code = app.exit(problem, std::cout, std::cerr);
    return code == 0 ? k_done : k_usage;
  }

  options.execution.parallel = [&](int parts, const std::function<void(int)>& work) {
    growth::cli::in_parallel(threads, parts, work);
  };
  for (CLI::App* command : on_scenarios) {
    if (!command->parsed()) continue;
    std::string text;
    if (!read_all(file, text)) return unreadable(file);
    return finish(growth::run(command->get_name(), text, options));
  }
  if (fit_command->parsed()) {
    return fit(fit_command->get_subcommands().front()->get_name(), fits.file, fits.request(), options);
  }
  if (explain->parsed()) {
    std::string text = "{}";
    if (!explained_file.empty() && !read_all(explained_file, text)) return unreadable(explained_file);
    options.metric = metric;
    options.month = month;
    return finish(growth::run("explain", text, options));
  }
  if (batch->parsed()) {
    if (batch_file == "-") {
      return growth::cli::batch(std::cin, std::cout, batch_command, threads) ? k_done
                                                                             : k_input_at_fault;
    }
    std::ifstream input(batch_file, std::ios::binary);
    if (!input) return unreadable(batch_file);
    return growth::cli::batch(input, std::cout, batch_command, threads) ? k_done : k_input_at_fault;
  }
  if (cases->parsed()) {
    if (as_json) return finish(growth::run("cases", "", options));
    std::cout << growth::cases_table();
    return k_done;
  }
  for (CLI::App* command : shipped) {
    if (!command->parsed()) continue;
    const std::string request = id.empty() ? "" : "{\"id\":" + json_literal(id) + "}";
    return finish(growth::run(command->get_name(), request, options));
  }
  return k_usage;
}
