// A CSV file as a table, read as it streams in: any usual encoding and separator, memory of one block.
#pragma once

#include <csv.h>
#include <iconv.h>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "growth/table.hpp"

namespace growth::cli {

/// UTF-8 and UTF-16 with or without a byte order mark, else GB18030 (which holds GBK). Cells end with a
/// comma, a semicolon or a tab, whichever the first rows show; line breaks of all kinds. Rows are
/// counted as records, blank ones too.
class CsvFile final : public Table {
 public:
  /// `input` must outlive the table; `bytes` is its size, 0 where that is not known.
  CsvFile(std::istream& input, std::size_t bytes);
  ~CsvFile() override;

  [[nodiscard]] bool next(Row& row) override;
  [[nodiscard]] const Errors& errors() const override { return errors_; }
  [[nodiscard]] double share_read() const override;

 private:
  enum class Encoding { ascii, utf8, utf16_le, utf16_be, gb18030 };

  void feed();
  void choose_encoding();
  [[nodiscard]] bool decode(std::string& text);
  [[nodiscard]] bool convert(std::string& text);
  void parse(std::string_view text);
  void forget_rows_taken();
  void fail(Error error);
  void fail_at_cell(const Message& problem, std::string allowed);

  static void cell_done(void* cell, std::size_t size, void* self);
  static void row_done(int terminator, void* self);

  std::istream& input_;
  std::size_t bytes_;
  std::size_t bytes_read_{};
  std::string raw_;  ///< read and not yet decoded
  Encoding encoding_{Encoding::ascii};
  bool started_{};
  bool at_end_{};
  iconv_t converter_{};
  bool converts_{};
  csv_parser parser_{};
  bool parses_{};

  // Rows that were parsed and not yet taken: cells one after the other, where each ends, and how many
  // cells there are up to the end of each row.
  std::string text_;
  std::vector<std::size_t> cell_ends_;
  std::vector<std::size_t> row_ends_;
  std::size_t next_row_{};    ///< among row_ends_
  std::size_t rows_taken_{};  ///< rows forgotten before them
  bool after_return_{};       ///< the last row ended with a carriage return
  Errors errors_;
};

}  // namespace growth::cli
