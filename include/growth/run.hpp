// The one door: a command and its request as JSON text in, the answer as JSON text out. The command
// line, the WebAssembly module, the workers and the fuzzer all enter here.
//
//   plan, diagnose   a scenario                        the plan; its diagnosis alone
//   explain          a scenario with `explain: {metric, month?}`   how one number came about
//   breakdown        a scenario                        its plan taken apart for pictures
//   simulate         a scenario with `uncertainty`     its futures
//   sensitivity      … and `sensitivity`               which guesses matter
//   seek             a scenario with `seek`            where a metric reaches a target
//   allocate         a scenario with `allocate`        the best split of a budget
//   decide           a scenario, maybe with `decide`   the ten questions of a merchant
//   schema, presets, policies, facts   nothing, or {"id": …}       the list, or one whole
//   cases            nothing                            published outcomes against computed ones
//   recognise_columns  {kind, rows}                     which column of a file is which
//   fit_orders, fit_sessions, fit_contracts   nothing or {columns, …}, and a table   what records say
//
// Requests are UTF-8 and at most 4 MiB.
#pragma once

#include <string>
#include <string_view>

#include "growth/result.hpp"
#include "growth/table.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

struct RunOptions {
  bool pretty{false};   ///< indent the answer
  std::string metric;   ///< of explain, instead of the key in the scenario
  int month{1};         ///< of explain, with `metric`
  Execution execution;  ///< of simulate, sensitivity, seek, allocate, decide and the fits
  Table* table{};       ///< of the fits; is read once
};

struct Response {
  bool ok{};         ///< false: `text` is {"errors": […]}
  std::string text;  ///< JSON
  Message headline;  ///< of a failure: one sentence; empty in the modules of a page
};

/// Never throws and never ends the program; a failure of the engine itself comes back as an error
/// of code "internal".
[[nodiscard]] Response run(std::string_view command, std::string_view request,
                           const RunOptions& options) noexcept;

/// The answer of `cases` as a table for reading.
[[nodiscard]] std::string cases_table();

}  // namespace growth
