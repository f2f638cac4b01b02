// Tables in one text, and the text that is none.
#include "growth/table.hpp"

#include <doctest/doctest.h>

using namespace growth;

TEST_CASE("cells and rows come as they were written") {
  SeparatedTable table(
      "a\x1F"
      "b\x1F\x1E"
      "1\x1F\x1F\x1E\x1E"
      "x,\n\"y\x1F\x1E");
  Row row;
  REQUIRE(table.next(row));
  CHECK(row.number == 1);
  CHECK(row.cells == std::vector<std::string_view>{"a", "b"});
  REQUIRE(table.next(row));
  CHECK(row.cells == std::vector<std::string_view>{"1", ""});
  CHECK(table.share_read() > 0.3);
  REQUIRE(table.next(row));
  CHECK(row.cells.empty());
  REQUIRE(table.next(row));
  CHECK(row.number == 4);
  CHECK(row.cells == std::vector<std::string_view>{"x,\n\"y"});
  CHECK_FALSE(table.next(row));
  CHECK(table.errors().empty());
  CHECK(table.share_read() == 1);
  SeparatedTable empty("");
  CHECK_FALSE(empty.next(row));
  CHECK(empty.errors().empty());
}

TEST_CASE("what is cut off, no text or too large is said") {
  const auto problem_of = [](std::string_view text) {
    SeparatedTable table(text);
    Row row;
    while (table.next(row)) {
    }
    REQUIRE(table.errors().size() == 1);
    CHECK_FALSE(table.next(row));
    return table.errors()[0];
  };
  for (const char* text : {"a", "a\x1F",
                           "a\x1F\x1E"
                           "b",
                           "a\x1E",
                           "a\x1F"
                           "b\x1E"}) {
    CHECK(problem_of(text).code == ErrorCode::bad_csv);
  }
  CHECK(problem_of("a\x1F\x1E"
                   "b\x1F")
            .message.en.find("Row 2, column 2") == 0);
  CHECK(problem_of("a\xFF\x1F\x1E").code == ErrorCode::bad_csv);
  CHECK(problem_of(std::string_view("a\0b\x1F\x1E", 5)).message.en.find("no text") !=
        std::string::npos);
  CHECK(problem_of(std::string(k_largest_table + 1, 'a')).code == ErrorCode::too_large);
}

TEST_CASE("UTF-8 is checked to the last byte") {
  for (const char* good :
       {"", "abc", "\xC2\x80", "中文", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) {
    CHECK(is_utf8(good));
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC2", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "a\xE4\xB8z", "\xD6\xD0\xCE\xC4"}) {
    CHECK_FALSE(is_utf8(bad));
  }
}
