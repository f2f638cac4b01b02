#include <algorithm>

#include "calibrate/columns.hpp"
#include "json/document.hpp"
#include "json/fit_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/reading.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr std::string_view k_date_orders[] = {"year_first", "month_first", "day_first"};

struct ColumnsRequest {
  calibrate::RecordKind kind{};
  std::vector<std::string> header;
  calibrate::FirstRows rows;
};

std::vector<std::string> read_cells(const Place& row, Errors& errors) {
  std::vector<std::string> cells;
  if (!is_list(row, errors)) return cells;
  for (std::size_t i = 0; i < row.value->size(); ++i) {
    const std::string* cell = read_text(entry_of(*row.value, row.path, i), errors);
    if (cell == nullptr) break;
    cells.push_back(*cell);
  }
  return cells;
}

Result<ColumnsRequest> read_columns_request(std::string_view text) {
  Result<Document> document = parse(text);
  if (!document.ok()) return document.errors();
  const Json& root = document.value().root;
  if (!root.is_object()) return Errors{wrong_type("", {}, k_an_object, given(root))};
  ColumnsRequest request;
  Errors errors = std::move(document.value().errors);
  refuse_unknown(root, "", {"kind", "rows"}, errors);
  std::vector<std::string> kinds;
  for (const calibrate::RecordKind kind : calibrate::k_record_kinds) {
    kinds.emplace_back(record_kind_name(kind));
  }
  const Place kind = member_of(root, "", "kind");
  if (is_there(kind, one_of(kinds), errors)) {
    if (const auto place = read_choice(kind, kinds, errors)) {
      request.kind = calibrate::k_record_kinds[*place];
    }
  }
  const Place rows = member_of(root, "", "rows");
  const Message allowed{"表格的前几行，第一行是列名", "the first rows of a table, column names first"};
  if (is_there(rows, allowed, errors) && is_list(rows, errors)) {
    if (rows.value->empty()) errors.push_back(out_of_range("rows", {}, given(*rows.value), allowed));
    for (std::size_t i = 0; i < rows.value->size() && errors.empty(); ++i) {
      std::vector<std::string> cells = read_cells(entry_of(*rows.value, "rows", i), errors);
      if (i == 0) {
        request.header = std::move(cells);
      } else {
        request.rows.push_back(std::move(cells));
      }
    }
  }
  if (!errors.empty()) return errors;
  return request;
}

}  // namespace

Result<std::string> recognise_columns_command(std::string_view text, const RunOptions&) {
  const Result<ColumnsRequest> request = read_columns_request(text);
  if (!request.ok()) return request.errors();
  const auto recognised =
      calibrate::recognise(request.value().kind, request.value().header, request.value().rows);
  if (!recognised.ok()) return recognised.errors();
  const calibrate::Recognition& recognition = recognised.value();
  Writer writer;
  writer.begin_object().member("schema", "growth.columns/1");
  writer.member("kind", record_kind_name(request.value().kind));
  writer.key("columns").begin_array();
  for (std::size_t i = 0; i < recognition.columns.size(); ++i) {
    const calibrate::FileColumn& column = recognition.columns[i];
    writer.begin_object().member("index", i).member("name", column.name).key("field");
    if (column.field.empty()) {
      writer.null();
    } else {
      writer.value(column.field);
    }
    writer.member("sure", column.sure).member("examples", column.examples).end_object();
  }
  writer.end_array().member("missing", recognition.missing).key("date_order");
  if (recognition.date_order) {
    writer.value(k_date_orders[static_cast<std::size_t>(*recognition.date_order)]);
  } else {
    writer.null();
  }
  writer.member("sure", recognition.sure).end_object();
  return writer.take();
}

}  // namespace growth::json
