// A merchant's table row by row, once its columns are known; and the account of rows that are left out.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calibrate/cells.hpp"
#include "calibrate/columns.hpp"
#include "growth/calibrate.hpp"
#include "growth/table.hpp"

namespace growth::calibrate {

/// Counts rows by why they are left out and keeps the numbers of the first of each.
class DropLog {
 public:
  /// In any order of rows.
  void add(DropReason reason, std::size_t row);
  [[nodiscard]] std::size_t count(DropReason reason) const {
    return entries_[static_cast<std::size_t>(reason)].count;
  }
  /// The reasons that occurred, in their order, with rising row numbers.
  [[nodiscard]] std::vector<Dropped> list() const;

 private:
  static constexpr std::size_t k_reasons = static_cast<std::size_t>(DropReason::bad_number) + 1;
  std::array<Dropped, k_reasons> entries_;
};

/// Reads the column names and the first rows, finds the columns, then hands out every row from the
/// first.
class RecordReader {
 public:
  RecordReader(Table& table, RecordKind kind) : table_(table), kind_(kind) {}

  /// Errors: an empty table, columns that cannot be found or were chosen wrongly, dates whose day and
  /// month cannot be told apart while `date_order` does not say so.
  [[nodiscard]] Errors open(const std::vector<ColumnChoice>& choices,
                            std::optional<DateOrder> date_order);

  /// The next row that is not wholly empty; empty ones are counted. False at the end and at a problem.
  [[nodiscard]] bool next(Row& row);
  /// What ended the table before its end: the table's own problems, rows wider than the column names,
  /// too many rows.
  [[nodiscard]] const Errors& errors() const { return errors_; }

  [[nodiscard]] const Recognition& recognition() const { return recognition_; }
  /// The column of a field, nothing where the file has none.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view field) const {
    return recognition_.column_of(field);
  }
  [[nodiscard]] DateOrder date_order() const { return date_order_; }
  [[nodiscard]] double share_read() const { return table_.share_read(); }
  /// Rows so far without the column names, empty ones included.
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] DropLog& drops() { return drops_; }
  [[nodiscard]] const DropLog& drops() const { return drops_; }
  /// What was read so far; the currency is left to the caller.
  [[nodiscard]] RecordsRead records() const;

 private:
  [[nodiscard]] bool read_header();
  void read_first_rows();
  [[nodiscard]] bool take(Row& row);

  Table& table_;
  RecordKind kind_;
  std::vector<std::string> header_;
  FirstRows first_rows_;
  std::vector<std::size_t> first_numbers_;
  std::size_t handed_out_{};  ///< of the first rows
  std::size_t rows_{};
  Recognition recognition_;
  DateOrder date_order_{};
  DropLog drops_;
  Errors errors_;
};

/// The trimmed cell of a column; empty where the row is too short or there is no such column.
[[nodiscard]] std::string_view cell_of(const Row& row, std::optional<std::size_t> column);

}  // namespace growth::calibrate
