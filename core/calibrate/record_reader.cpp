#include "calibrate/record_reader.hpp"

#include <algorithm>
#include <utility>

namespace growth {

std::string_view drop_reason_name(DropReason reason) {
  switch (reason) {
    case DropReason::empty_row: return "empty_row";
    case DropReason::missing_customer: return "missing_customer";
    case DropReason::missing_date: return "missing_date";
    case DropReason::missing_amount: return "missing_amount";
    case DropReason::bad_date: return "bad_date";
    case DropReason::bad_amount: return "bad_amount";
    case DropReason::future_date: return "future_date";
    case DropReason::cancelled: return "cancelled";
    case DropReason::refunded: return "refunded";
    case DropReason::zero_amount: return "zero_amount";
    case DropReason::test_order: return "test_order";
    case DropReason::duplicate_order: return "duplicate_order";
    case DropReason::duplicate_record: return "duplicate_record";
    case DropReason::same_day: return "same_day";
    case DropReason::other_currency: return "other_currency";
    case DropReason::bad_number: return "bad_number";
  }
  return "";
}

}  // namespace growth

namespace growth::calibrate {
namespace {

/// Rows from which columns and the order of day and month are told.
constexpr std::size_t k_first_rows = 1000;

bool is_empty(const std::vector<std::string_view>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return trimmed(cell).empty(); });
}

Text label_of(std::string_view field) {
  if (field == "customer") return {"客户", "the customer"};
  if (field == "date") return {"日期", "the date"};
  if (field == "start") return {"开始日期", "the start"};
  if (field == "end") return {"结束日期", "the end"};
  if (field == "period") return {"期数", "the period"};
  return {"人数", "the count"};
}

Error missing_column(const std::string& field, const std::vector<std::string>& header) {
  std::string names;
  for (const std::string& name : header) names += (names.empty() ? "" : ", ") + name.substr(0, 60);
  // Cutting may split a character.
  if (!is_utf8(names) || names.size() > 1000) names = std::to_string(header.size());
  const Text label = label_of(field);
  return {ErrorCode::missing,
          "columns." + field,
          {"认不出哪一列是" + std::string(label.zh) + "，请指定；文件里有：" + names + "。",
           "No column was recognised as " + std::string(label.en) + "; choose one of: " + names + "."},
          {},
          "one of the file's columns: " + names};
}

}  // namespace

void DropLog::add(DropReason reason, std::size_t row) {
  Dropped& entry = entries_[static_cast<std::size_t>(reason)];
  ++entry.count;
  if (entry.rows.size() < k_most_listed_rows) {
    entry.rows.push_back(row);
    std::push_heap(entry.rows.begin(), entry.rows.end());
  } else if (row < entry.rows.front()) {
    // The largest of those kept makes room.
    std::pop_heap(entry.rows.begin(), entry.rows.end());
    entry.rows.back() = row;
    std::push_heap(entry.rows.begin(), entry.rows.end());
  }
}

std::vector<Dropped> DropLog::list() const {
  std::vector<Dropped> list;
  for (std::size_t i = 0; i < k_reasons; ++i) {
    if (entries_[i].count == 0) continue;
    list.push_back(entries_[i]);
    list.back().reason = static_cast<DropReason>(i);
    std::sort(list.back().rows.begin(), list.back().rows.end());
  }
  return list;
}

std::string_view cell_of(const Row& row, std::optional<std::size_t> column) {
  if (!column || *column >= row.cells.size()) return {};
  return trimmed(row.cells[*column]);
}

bool RecordReader::read_header() {
  Row row;
  while (table_.next(row)) {
    if (is_empty(row.cells)) continue;
    header_.assign(row.cells.begin(), row.cells.end());
    for (std::string& name : header_) name = std::string(trimmed(name));
    // Exports often end every line with a separator.
    while (!header_.empty() && header_.back().empty()) header_.pop_back();
    return true;
  }
  return false;
}

void RecordReader::read_first_rows() {
  Row row;
  while (first_rows_.size() < k_first_rows && table_.next(row)) {
    first_rows_.emplace_back(row.cells.begin(), row.cells.end());
    first_numbers_.push_back(row.number);
  }
}

Errors RecordReader::open(const std::vector<ColumnChoice>& choices,
                          std::optional<DateOrder> date_order) {
  if (!read_header()) {
    if (!table_.errors().empty()) return table_.errors();
    return {
        bad_csv(1, 0, {"文件是空的。", "the file is empty."}, "", "column names and rows below them")};
  }
  read_first_rows();
  if (first_rows_.empty()) {
    if (!table_.errors().empty()) return table_.errors();
    return {bad_csv(2, 0,
                    {"只有列名，下面没有数据。", "there are column names but no rows below them."}, "",
                    "column names and rows below them")};
  }
  Result<Recognition> recognised = recognise(kind_, header_, first_rows_, choices);
  if (!recognised.ok()) return recognised.errors();
  recognition_ = std::move(recognised).value();
  Errors errors;
  for (const std::string& field : recognition_.missing)
    errors.push_back(missing_column(field, header_));
  if (recognition_.ambiguous && !date_order) {
    const AmbiguousDate& date = *recognition_.ambiguous;
    errors.push_back(
        bad_csv(first_numbers_[date.row], date.column + 1,
                {"“" + date.cell + "”分不清哪个是月、哪个是日，请指定日期顺序（date_order）。",
                 "in “" + date.cell +
                     "” day and month cannot be told apart; say which stands first (date_order)."},
                date.cell, "date_order: month_first or day_first"));
    errors.back().path = "date_order";
  }
  date_order_ = date_order ? *date_order : recognition_.date_order.value_or(DateOrder::year_first);
  return errors;
}

bool RecordReader::take(Row& row) {
  if (handed_out_ < first_rows_.size()) {
    row.number = first_numbers_[handed_out_];
    row.cells.assign(first_rows_[handed_out_].begin(), first_rows_[handed_out_].end());
    ++handed_out_;
    return true;
  }
  if (table_.next(row)) return true;
  errors_ = table_.errors();
  return false;
}

bool RecordReader::next(Row& row) {
  while (take(row)) {
    if (rows_ == k_most_rows) {
      const std::string most = std::to_string(k_most_rows / 10'000);
      errors_ = {{ErrorCode::too_large,
                  "",
                  {"行数太多，最多 " + most + " 万行；可以按年份分开导出。",
                   "There are too many rows; at most 10 million are read. Export them year by year."},
                  {},
                  "at most " + std::to_string(k_most_rows) + " rows"}};
      return false;
    }
    ++rows_;
    // Beyond the names nothing may stand: a comma too many would move every cell behind it.
    for (std::size_t i = header_.size(); i < row.cells.size(); ++i) {
      if (trimmed(row.cells[i]).empty()) continue;
      errors_ = {
          bad_csv(row.number, i + 1,
                  {"这一行比列名多出内容，可能有没加引号的逗号。",
                   "this row has more cells than there are column names; a comma may lack its quotes."},
                  "", std::to_string(header_.size()) + " cells, as there are column names")};
      return false;
    }
    if (!is_empty(row.cells)) return true;
    drops_.add(DropReason::empty_row, row.number);
  }
  return false;
}

RecordsRead RecordReader::records() const {
  RecordsRead records;
  records.rows = rows_;
  for (std::size_t i = 0; i < recognition_.columns.size(); ++i) {
    const FileColumn& column = recognition_.columns[i];
    if (!column.field.empty()) records.columns.push_back({column.field, column.name, i});
  }
  records.dropped = drops_.list();
  return records;
}

}  // namespace growth::calibrate
