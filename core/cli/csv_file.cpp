#include "cli/csv_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <istream>
#include <utility>

namespace growth::cli {
namespace {

constexpr std::size_t k_block = 256u << 10;
/// A cell beyond it is the rest of a file whose quote was never closed.
constexpr std::size_t k_longest_cell = 1u << 20;
constexpr std::size_t k_cell_step = 4096;
constexpr std::size_t k_rows_looked_at = 20;

/// Length of the part of `text` that ends with a whole character of UTF-8.
std::size_t whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0) == 0x80) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return length > back ? text.size() - back : text.size();
  }
  return text.size();
}

/// The separator that most of the first rows have as often as the first one.
char separator_of(std::string_view text) {
  constexpr std::string_view k_separators = ",\t;";
  std::array<std::vector<std::size_t>, k_separators.size()> counts;
  std::array<std::size_t, k_separators.size()> count{};
  bool quoted = false;
  const auto end_row = [&] {
    for (std::size_t i = 0; i < count.size(); ++i) counts[i].push_back(count[i]);
    count = {};
  };
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '\n') {
      end_row();
      if (counts[0].size() == k_rows_looked_at) break;
    } else if (!quoted) {
      const std::size_t which = k_separators.find(c);
      if (which != std::string_view::npos) ++count[which];
    }
  }
  if (counts[0].size() < k_rows_looked_at) end_row();
  std::size_t best = 0;
  std::pair<std::ptrdiff_t, std::size_t> most{};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::size_t first = counts[i].front();
    if (first == 0) continue;
    const std::pair now{std::count(counts[i].begin(), counts[i].end(), first), first};
    if (now <= most) continue;
    most = now;
    best = i;
  }
  return k_separators[best];
}

}  // namespace

CsvFile::CsvFile(std::istream& input, std::size_t bytes) : input_(input), bytes_(bytes) {
  if (bytes > k_largest_table) fail(table_too_large(bytes));
}

CsvFile::~CsvFile() {
  if (converts_) iconv_close(converter_);
  if (parses_) csv_free(&parser_);
}

void CsvFile::fail(Error error) {
  errors_.push_back(std::move(error));
  at_end_ = true;
}

bool CsvFile::next(Row& row) {
  while (next_row_ == row_ends_.size()) {
    if (at_end_) return false;
    forget_rows_taken();
    feed();
  }
  const std::size_t first = next_row_ == 0 ? 0 : row_ends_[next_row_ - 1];
  row.cells.clear();
  for (std::size_t i = first; i < row_ends_[next_row_]; ++i) {
    const std::size_t start = i == 0 ? 0 : cell_ends_[i - 1];
    row.cells.push_back(std::string_view(text_).substr(start, cell_ends_[i] - start));
  }
  ++next_row_;
  row.number = rows_taken_ + next_row_;
  return true;
}

double CsvFile::share_read() const {
  return bytes_ == 0 ? 0
                     : std::min(1.0, static_cast<double>(bytes_read_) / static_cast<double>(bytes_));
}

/// Keeps the cells of a row that is not whole yet.
void CsvFile::forget_rows_taken() {
  if (row_ends_.empty()) return;
  const std::size_t cells = row_ends_.back();
  const std::size_t bytes = cells == 0 ? 0 : cell_ends_[cells - 1];
  text_.erase(0, bytes);
  cell_ends_.erase(cell_ends_.begin(), cell_ends_.begin() + static_cast<std::ptrdiff_t>(cells));
  for (std::size_t& end : cell_ends_) end -= bytes;
  rows_taken_ += row_ends_.size();
  row_ends_.clear();
  next_row_ = 0;
}

void CsvFile::feed() {
  const std::size_t kept = raw_.size();
  raw_.resize(kept + k_block);
  input_.read(&raw_[kept], static_cast<std::streamsize>(k_block));
  const auto count = static_cast<std::size_t>(input_.gcount());
  raw_.resize(kept + count);
  bytes_read_ += count;
  if (bytes_read_ > k_largest_table) return fail(table_too_large(bytes_read_));
  at_end_ = count < k_block;
  std::string text;
  if (!decode(text)) return fail(not_text(rows_taken_ + row_ends_.size() + 1, 0));
  if (!parses_) {
    // Strict, because a quote that does not belong would let a cell swallow the rows behind it.
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    parses_ = true;
    csv_set_blk_size(&parser_, k_cell_step);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator_of(text)));
  }
  parse(text);
}

/// By the byte order mark, or by where zero bytes stand.
void CsvFile::choose_encoding() {
  const std::string_view start(raw_);
  if (start.substr(0, 3) == "\xEF\xBB\xBF") {
    encoding_ = Encoding::utf8;
    raw_.erase(0, 3);
  } else if (start.substr(0, 2) == "\xFF\xFE") {
    encoding_ = Encoding::utf16_le;
    raw_.erase(0, 2);
  } else if (start.substr(0, 2) == "\xFE\xFF") {
    encoding_ = Encoding::utf16_be;
    raw_.erase(0, 2);
  } else {
    // Digits, commas and line breaks have their zero byte on one side, a few letters on the other; a
    // picture or a workbook has them on both.
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0' ? 1 : 0;
    constexpr std::size_t k_least_share = 20;
    constexpr std::size_t k_times_others = 8;
    const auto mostly_at = [&](std::size_t side) {
      return zeros[side] * k_least_share > start.size() &&
             zeros[side] > k_times_others * zeros[1 - side];
    };
    if (mostly_at(1)) encoding_ = Encoding::utf16_le;
    if (mostly_at(0)) encoding_ = Encoding::utf16_be;
  }
}

/// Appends what of raw_ is whole characters, as UTF-8; false where it is no text.
bool CsvFile::decode(std::string& text) {
  if (!started_) {
    started_ = true;
    choose_encoding();
  }
  if (encoding_ == Encoding::ascii || encoding_ == Encoding::utf8) {
    if (raw_.find('\0') != std::string::npos) return false;
    const std::size_t whole = at_end_ ? raw_.size() : whole_characters(raw_);
    const std::string_view part = std::string_view(raw_).substr(0, whole);
    const bool only_ascii =
        std::all_of(part.begin(), part.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    if (only_ascii || is_utf8(part)) {
      // The first characters beyond ASCII tell UTF-8 from GB18030.
      if (!only_ascii) encoding_ = Encoding::utf8;
      text.append(part);
      raw_.erase(0, whole);
      return true;
    }
    if (encoding_ == Encoding::utf8) return false;
    encoding_ = Encoding::gb18030;
  }
  return convert(text) && text.find('\0') == std::string::npos;
}

bool CsvFile::convert(std::string& text) {
  if (!converts_) {
    const char* const name = encoding_ == Encoding::utf16_le   ? "UTF-16LE"
                             : encoding_ == Encoding::utf16_be ? "UTF-16BE"
                                                               : "GB18030";
    converter_ = iconv_open("UTF-8", name);
    if (converter_ == reinterpret_cast<iconv_t>(-1)) return false;
    converts_ = true;
  }
  char* from = raw_.data();
  std::size_t left = raw_.size();
  std::array<char, 16384> block;
  while (left > 0) {
    char* to = block.data();
    std::size_t room = block.size();
    const std::size_t converted = iconv(converter_, &from, &left, &to, &room);
    const int problem = errno;
    text.append(block.data(), block.size() - room);
    if (converted != static_cast<std::size_t>(-1) || problem == E2BIG) continue;
    // A character cut by the end of the block waits for the next one; by the end of the file it is
    // none.
    if (problem != EINVAL || at_end_) return false;
    break;
  }
  raw_.erase(0, raw_.size() - left);
  return true;
}

void CsvFile::parse(std::string_view text) {
  if (csv_parse(&parser_, text.data(), text.size(), cell_done, row_done, this) != text.size()) {
    fail_at_cell(
        {"引号放错了位置：格子里的引号要写两个，整格再用引号括起来。",
         "a quote does not belong here; within a cell it is written twice and the cell is quoted."},
        "quotes around a cell, two for one within");
  } else if (csv_get_buffer_size(&parser_) > k_longest_cell) {
    fail_at_cell({"这一格太长，可能少了一个引号。", "this cell is too long; a quote may be missing."},
                 "cells of at most 1 MiB");
  } else if (at_end_ && csv_fini(&parser_, cell_done, row_done, this) != 0) {
    fail_at_cell({"这一格的引号没有关上。", "the quote of this cell is never closed."},
                 "a closing quote");
  }
}

/// At the cell the parser stands in.
void CsvFile::fail_at_cell(const Message& problem, std::string allowed) {
  const std::size_t row = rows_taken_ + row_ends_.size() + 1;
  const std::size_t before = row_ends_.empty() ? 0 : row_ends_.back();
  fail(bad_csv(row, cell_ends_.size() - before + 1, problem, "", std::move(allowed)));
}

void CsvFile::cell_done(void* cell, std::size_t size, void* self) {
  auto& file = *static_cast<CsvFile*>(self);
  file.text_.append(static_cast<const char*>(cell), size);
  file.cell_ends_.push_back(file.text_.size());
  file.after_return_ = false;
}

void CsvFile::row_done(int terminator, void* self) {
  auto& file = *static_cast<CsvFile*>(self);
  const std::size_t before = file.row_ends_.empty() ? 0 : file.row_ends_.back();
  // The second half of a line break CR LF ends no further row, nor does the end of the file.
  const bool nothing = file.cell_ends_.size() == before;
  const bool second_half = nothing && file.after_return_ && terminator == '\n';
  file.after_return_ = terminator == '\r';
  if (second_half || (nothing && terminator == -1)) return;
  file.row_ends_.push_back(file.cell_ends_.size());
}

}  // namespace growth::cli
