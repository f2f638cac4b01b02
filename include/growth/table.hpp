// A table as rows of text cells: what a CSV file, a page's file reader or a test hands to the commands
// that fit. Cells are UTF-8 and unquoted; the first row holds the column names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "growth/result.hpp"

namespace growth {

struct Row {
  std::size_t number{};                 ///< in the file, from 1; that of the column names is 1
  std::vector<std::string_view> cells;  ///< valid until the next row is read
};

inline constexpr std::size_t k_largest_table = std::size_t{256} << 20;  ///< bytes
inline constexpr std::size_t k_most_rows = 10'000'000;

/// A row that cannot be read: where (both from 1, a column of 0 is the whole row), what is wrong with
/// it, what was there and what would do.
[[nodiscard]] Error bad_csv(std::size_t row, std::size_t column, const Message& problem,
                            std::string got, std::string allowed);
/// A table of more bytes than k_largest_table.
[[nodiscard]] Error table_too_large(std::size_t bytes);
/// A table that is no text: an image, a workbook, an archive.
[[nodiscard]] Error not_text(std::size_t row, std::size_t column);
[[nodiscard]] bool is_utf8(std::string_view text);

/// Read once, from the first row to the last.
class Table {
 public:
  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  virtual ~Table() = default;

  /// Fills `row` with the next row; false at the end, and where the rest cannot be read.
  [[nodiscard]] virtual bool next(Row& row) = 0;
  /// Why the rest could not be read (bad_csv with row and column, too_large); empty after a good end.
  [[nodiscard]] virtual const Errors& errors() const = 0;
  /// The share of the table that has been read, 0..1, for a progress bar.
  [[nodiscard]] virtual double share_read() const = 0;
};

/// A table in one text: every cell ends with U+001F (unit separator), every row with U+001E (record
/// separator) after its last cell. This is how a page hands over what its CSV library parsed.
class SeparatedTable final : public Table {
 public:
  /// `text` must outlive the table.
  explicit SeparatedTable(std::string_view text);

  [[nodiscard]] bool next(Row& row) override;
  [[nodiscard]] const Errors& errors() const override { return errors_; }
  [[nodiscard]] double share_read() const override;

 private:
  std::string_view text_;
  std::size_t position_{};
  std::size_t row_{};
  Errors errors_;
};

}  // namespace growth
