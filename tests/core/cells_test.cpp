// What stands in the cells of merchants' files, and what only looks like it.
#include "calibrate/cells.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace growth;
using namespace growth::calibrate;

namespace {

void check_number(std::string_view cell, double value, std::string_view currency = "") {
  CAPTURE(std::string(cell));
  const auto number = number_in(cell);
  REQUIRE(number.has_value());
  CHECK(number->value == value);
  CHECK(number->currency == currency);
}

void check_day(std::string_view cell, const char* expected, DateOrder order = DateOrder::year_first) {
  CAPTURE(std::string(cell));
  const auto day = day_in(cell, order);
  REQUIRE(day.has_value());
  CHECK(date_text(*day) == expected);
}

}  // namespace

TEST_CASE("numbers as merchants' files write them") {
  check_number("1234.5", 1234.5);
  check_number(" 1,234.50 ", 1234.5);
  check_number("¥1，234.5", 1234.5, "CNY");
  check_number("￥ 88", 88, "CNY");
  check_number("88元", 88, "CNY");
  check_number("¥88 元", 88, "CNY");
  check_number("人民币 88", 88, "CNY");
  check_number("RMB88", 88, "CNY");
  check_number("CNY 12,345,678.90", 12345678.9, "CNY");
  check_number("$19.99", 19.99, "USD");
  check_number("US$19.99", 19.99, "USD");
  check_number("19.99 USD", 19.99, "USD");
  check_number("HK$ 20", 20, "HKD");
  check_number("£5", 5, "GBP");
  check_number("€5.5", 5.5, "EUR");
  check_number("１２３４", 1234);
  check_number("１，２３４．５", 1234.5);
  check_number("1.2万", 12000);
  check_number("1.2 万元", 12000, "CNY");
  check_number("3.4w", 34000);
  check_number("0.5亿", 5e7);
  check_number("12%", 0.12);
  check_number("１２．５％", 0.125);
  check_number("(35.00)", -35);
  check_number("($35.00)", -35, "USD");
  check_number("（35）", -35);
  check_number("-35", -35);
  check_number("-¥35", -35, "CNY");
  check_number("¥-35", -35, "CNY");
  check_number("−35", -35);
  check_number("+7", 7);
  check_number("'0012", 12);
  check_number("=\"0012\"", 12);
  check_number("\"12\"", 12);
  check_number("\t　12　\xC2\xA0", 12);
  check_number(".5", 0.5);
  check_number("5.", 5);
  check_number("1.5E+3", 1500);
  check_number("1e-2", 0.01);
  check_number("-0", 0);
  check_number("0.1", 0.1);
  check_number("123456789012345678901234567890", 123456789012345678901234567890.0);
  check_number("0.1234567890123456789", 0.1234567890123456789);
}

TEST_CASE("what is not wholly a number is none") {
  for (const char* cell :
       {"",           " ",      "-",     "--5",     "(-5)", "(5",    "5)",     "¥",
        "元",         "abc",    "12a",   "a12",     "1 2",  "12,50", "1,2345", "1234,567",
        ",123",       "1,,234", "1.2.3", "1.234,5", "12%%", "1万万", "1e",     "1e+",
        "1e9999",     "1e400",  "nan",   "inf",     "NaN",  "∞",     "0x10",   "¥5$",
        "2026-01-02", "12:30",  "1/2",   "5.0元起", ".",    "万"}) {
    CAPTURE(cell);
    CHECK_FALSE(number_in(cell).has_value());
  }
  CHECK_FALSE(number_in(std::string(1000, '9')).has_value());
  CHECK_FALSE(number_in(std::string_view("1\0002", 3)).has_value());
}

TEST_CASE("dates as merchants' files write them") {
  for (const char* cell : {"2026-11-21",
                           "2026/11/21",
                           "2026.11.21",
                           "20261121",
                           "2026年11月21日",
                           "2026年11月21号",
                           "2026 年 11 月 21 日",
                           "２０２６－１１－２１",
                           "26年11月21日",
                           "2026-11-21 08:30",
                           "2026-11-21 08:30:59",
                           "2026/11/21 8:30:59",
                           "2026-11-21T08:30:00+08:00",
                           "2026-11-21T00:30:00Z",
                           "2026-11-21T00:30:00.123456Z",
                           "2026-11-21 08:30:00 +0800",
                           "2026-11-21 08:30:00 UTC",
                           "2026年11月21日 08时30分00秒",
                           "2026年11月21日 星期六",
                           "2026-11-21 周六 08:30",
                           "2026/11/21 上午8:30:00",
                           "2026年11月21日8点30分",
                           "20261121083000",
                           "202611210830",
                           "20261121 08:30:00",
                           "Nov 21, 2026",
                           "November 21 2026",
                           "nov. 21, 2026, 8:30 AM",
                           "21 Nov 2026",
                           "21-Nov-2026",
                           "21-nov-26",
                           "21 November, 2026 20:30",
                           "Sat, 21 Nov 2026 08:30:00 +0800",
                           "Sat Nov 21 2026 08:30:00 GMT+0800 (China Standard Time)",
                           "46347",
                           "46347.5",
                           "'2026-11-21",
                           "=\"2026-11-21\"",
                           "\t2026-11-21　",
                           "21/11/2026",
                           "11/21/2026",
                           "21.11.2026",
                           "2026-11-21 24:00:00"}) {
    check_day(cell, "2026-11-21");
  }
  check_day("2026-1-2", "2026-01-02");
  check_day("2024-02-29", "2024-02-29");
  check_day("2000-02-29", "2000-02-29");
  check_day("03/04/2026", "2026-03-04", DateOrder::month_first);
  check_day("03/04/2026", "2026-04-03", DateOrder::day_first);
  check_day("3/4/2026 12:00", "2026-04-03", DateOrder::day_first);
  check_day("03/03/2026", "2026-03-03");
}

TEST_CASE("two digits of a year count where the order is said, or where one reading is left") {
  check_day("03/04/26", "2026-03-04", DateOrder::month_first);
  check_day("03/04/98", "1998-04-03", DateOrder::day_first);
  check_day("98/12/31", "1998-12-31");
  check_day("12/31/98", "1998-12-31");
  check_day("31/12/98", "1998-12-31");
  CHECK_FALSE(day_in("21/11/26", DateOrder::year_first).has_value());
  CHECK_FALSE(day_in("03/04/26", DateOrder::year_first).has_value());
}

TEST_CASE("what is no date of a calendar is none") {
  for (const char* cell : {"",
                           " ",
                           "2026",
                           "2026-11",
                           "2026年11月",
                           "2026-13-01",
                           "2026-02-29",
                           "1900-02-29",
                           "2026-04-31",
                           "2026-00-10",
                           "2026-10-00",
                           "0000-00-00",
                           "2026-11-21abc",
                           "2026-11-21 25:00",
                           "2026-11-21 08:61",
                           "2026-11-21 08",
                           "2026-11-21 - 2026-11-22",
                           "2026-11-21~2026-11-22",
                           "2026/11-21",
                           "12345",
                           "19999",
                           "80001",
                           "46347.5x",
                           "20261301",
                           "20260230",
                           "99991231",
                           "123456",
                           "1763683200",
                           "13/13/2026",
                           "03/04/2026",
                           "32/01/2026",
                           "001/02/2026",
                           "Foo 21, 2026",
                           "Nov 31, 2026",
                           "Ma 3, 2026",
                           "Nov 2026",
                           "昨天",
                           "2026-11-21-08",
                           "1.5",
                           "-46347",
                           "20261121256060"}) {
    CAPTURE(cell);
    CHECK_FALSE(day_in(cell, DateOrder::year_first).has_value());
  }
  // Against the file's own order.
  CHECK_FALSE(day_in("21/11/2026", DateOrder::month_first).has_value());
  CHECK_FALSE(day_in("11/21/2026", DateOrder::day_first).has_value());
  CHECK_FALSE(day_in(std::string(500, '1'), DateOrder::year_first).has_value());
}

TEST_CASE("days count from 1970 and back") {
  CHECK(day_of(1970, 1, 1) == 0);
  CHECK(day_of(2000, 3, 1) == 11017);  // 30 years, 7 leap days, 31 + 29 days
  CHECK(day_of(1969, 12, 31) == -1);
  CHECK(day_of(1997, 9, 30) - day_of(1997, 1, 1) == 272);
  CHECK(date_text(0) == "1970-01-01");
  for (Day day = day_of(1899, 12, 1); day < day_of(2201, 1, 1); ++day) {
    const CivilDate date = civil(day);
    if (day_of(date.year, date.month, date.day) != day) {
      FAIL_CHECK(date_text(day));
    }
  }
}

TEST_CASE("cells are trimmed of what surrounds them and folded for comparing") {
  CHECK(trimmed("  a b \t") == "a b");
  CHECK(trimmed("　客户　") == "客户");
  CHECK(trimmed("=\"0012\"") == "0012");
  CHECK(trimmed("'0012") == "0012");
  CHECK(trimmed("\"\"") == "");
  CHECK(trimmed("\xEF\xBB\xBF"
                "date") == "date");
  CHECK(trimmed("'") == "");
  CHECK(trimmed("=\"") == "=\"");
  CHECK(folded("ＡＢｃ　１２（％）") == "abc 12(%)");
  CHECK(folded("订单号") == "订单号");
  CHECK(folded("\xEF\xBC") == "\xEF\xBC");  // a character cut in two stays as it is
}
