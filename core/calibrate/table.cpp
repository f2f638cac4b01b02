#include "growth/table.hpp"

#include <utility>

namespace growth {
namespace {

constexpr char k_cell_end = '\x1F';
constexpr char k_row_end = '\x1E';

}  // namespace

Error bad_csv(std::size_t row, std::size_t column, const Message& problem, std::string got,
              std::string allowed) {
  const std::string r = std::to_string(row);
  const std::string c = std::to_string(column);
  return {ErrorCode::bad_csv,
          "",
          {"第 " + r + " 行" + (column > 0 ? "第 " + c + " 列" : "") + "：" + problem.zh,
           "Row " + r + (column > 0 ? ", column " + c : "") + ": " + problem.en},
          std::move(got),
          std::move(allowed)};
}

Error table_too_large(std::size_t bytes) {
  const std::string most = std::to_string(k_largest_table >> 20);
  return {ErrorCode::too_large,
          "",
          {"文件太大，最多 " + most + " MB；可以按年份分开导出。",
           "The file is too large; at most " + most + " MiB are read. Export it year by year."},
          static_cast<double>(bytes),
          "at most " + most + " MiB"};
}

Error not_text(std::size_t row, std::size_t column) {
  return bad_csv(row, column,
                 {"这不是文本，可能是图片、压缩包或 Excel 工作簿；请另存为 CSV 再试。",
                  "this is no text but perhaps a picture, an archive or a workbook; save it as CSV."},
                 "", "a CSV file of text");
}

bool is_utf8(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    const unsigned lead = *at++;
    if (lead < 0x80) continue;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || end - at < more) return false;
    // Overlong forms, surrogates and what lies beyond Unicode show in the second byte.
    const unsigned second = *at;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
      return false;
    }
    for (int i = 0; i < more; ++i) {
      if ((*at++ & 0xC0) != 0x80) return false;
    }
  }
  return true;
}

SeparatedTable::SeparatedTable(std::string_view text) : text_(text) {
  if (text.size() > k_largest_table) {
    errors_.push_back(table_too_large(text.size()));
    position_ = text.size();
  }
}

bool SeparatedTable::next(Row& row) {
  if (position_ >= text_.size()) return false;
  row.cells.clear();
  row.number = ++row_;
  const std::size_t row_start = position_;
  std::size_t start = position_;
  for (std::size_t at = position_; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == k_cell_end) {
      row.cells.push_back(text_.substr(start, at - start));
      start = at + 1;
    } else if (c == k_row_end && start == at) {
      position_ = at + 1;
      const std::string_view whole = text_.substr(row_start, at - row_start);
      if (is_utf8(whole) && whole.find('\0') == std::string_view::npos) return true;
      errors_.push_back(not_text(row_, 0));
      position_ = text_.size();
      return false;
    } else if (c == k_row_end) {
      break;
    }
  }
  errors_.push_back(bad_csv(
      row_, row.cells.size() + 1,
      {"这一格没有结尾，表格没有传完整。", "this cell has no end; the table did not arrive whole."}, "",
      "every cell followed by U+001F, every row by U+001E"));
  position_ = text_.size();
  return false;
}

double SeparatedTable::share_read() const {
  return text_.empty() ? 1 : static_cast<double>(position_) / static_cast<double>(text_.size());
}

}  // namespace growth
