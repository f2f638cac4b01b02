#include "calibrate/cells.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iterator>

namespace growth::calibrate {
namespace {

/// No number and no date is longer; cells beyond it are neither.
constexpr std::size_t k_longest_cell = 120;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

constexpr std::string_view k_spaces[] = {" ",
                                         "\t",
                                         "\r",
                                         "\n",
                                         "\xE3\x80\x80" /* U+3000 */,
                                         "\xC2\xA0" /* no break */,
                                         "\xE2\x80\x8B" /* no width */,
                                         "\xEF\xBB\xBF" /* byte order mark */};

/// A byte that neither is nor belongs to anything that is trimmed.
bool is_bare(char c) { return c > ' ' && c < '\x7F' && c != '"' && c != '\'' && c != '='; }

bool take_front(std::string_view& text, std::string_view part) {
  if (text.substr(0, part.size()) != part) return false;
  text.remove_prefix(part.size());
  return true;
}
bool take_back(std::string_view& text, std::string_view part) {
  if (text.size() < part.size() || text.substr(text.size() - part.size()) != part) return false;
  text.remove_suffix(part.size());
  return true;
}

bool take_space_front(std::string_view& text) {
  for (const std::string_view space : k_spaces) {
    if (take_front(text, space)) return true;
  }
  return false;
}
bool take_space_back(std::string_view& text) {
  for (const std::string_view space : k_spaces) {
    if (take_back(text, space)) return true;
  }
  return false;
}

/// Sends the folded bytes of `cell` to `put`.
template <class Put>
void fold(std::string_view cell, const Put& put) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto byte = static_cast<unsigned char>(cell[i]);
    char c = cell[i];
    if (byte >= 0xE2 && i + 2 < cell.size()) {
      const std::string_view three = cell.substr(i, 3);
      const auto second = static_cast<unsigned char>(cell[i + 1]);
      const auto third = static_cast<unsigned char>(cell[i + 2]);
      if (three == k_spaces[4]) {
        c = ' ';
        i += 2;
      } else if (three == "\xE2\x88\x92") {  // the minus sign of typesetters
        c = '-';
        i += 2;
      } else if (byte == 0xEF && (second == 0xBC || second == 0xBD)) {
        // U+FF01..U+FF5E stand for U+0021..U+007E.
        const int code = ((second & 0x3F) << 6 | (third & 0x3F)) + 0xF000 - 0xFF00;
        if (code >= 0x01 && code <= 0x5E) {
          c = static_cast<char>(code + 0x20);
          i += 2;
        }
      }
    } else if (byte == 0xC2 && cell.substr(i, 2) == k_spaces[5]) {
      c = ' ';
      ++i;
    }
    put(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
}

/// A trimmed and folded cell of limited length, without a heap.
class FoldedCell {
 public:
  explicit FoldedCell(std::string_view cell) {
    const std::string_view inner = trimmed(cell);
    if (inner.size() > text_.size()) return;
    fold(inner, [&](char c) { text_[size_++] = c; });
  }
  /// Empty where the cell is too long or empty.
  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, k_longest_cell> text_;
  std::size_t size_{};
};

struct CurrencySign {
  std::string_view sign;  ///< folded
  std::string_view code;
};
// Longer signs before those they contain.
constexpr CurrencySign k_currency_signs[] = {
    {"us$", "USD"},  {"hk$", "HKD"},  {"nt$", "TWD"},
    {"$", "USD"},    {"£", "GBP"},    {"\xEF\xBF\xA1", "GBP"} /* full width */,
    {"€", "EUR"},    {"¥", "CNY"},    {"￥", "CNY"},
    {"rmb", "CNY"},  {"cny", "CNY"},  {"usd", "USD"},
    {"gbp", "GBP"},  {"eur", "EUR"},  {"hkd", "HKD"},
    {"twd", "TWD"},  {"jpy", "JPY"},  {"人民币", "CNY"},
    {"美元", "USD"}, {"港元", "HKD"}, {"港币", "HKD"},
    {"英镑", "GBP"}, {"欧元", "EUR"}, {"日元", "JPY"},
    {"元", "CNY"},   {"圆", "CNY"}};

/// The digits of a number: up to 19 of them as a whole number, and a power of ten.
struct Decimal {
  std::uint64_t digits{};
  int count{};     ///< of significant digits
  int exponent{};  ///< of ten
};

/// All of `text` as digits with thousands separators, a point and an exponent.
std::optional<Decimal> decimal_in(std::string_view text) {
  Decimal decimal;
  bool any = false;
  bool after_point = false;
  int group = 0;         // digits since the last separator
  bool grouped = false;  // a separator came before
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      any = true;
      if (!after_point) ++group;
      if (decimal.count < 19) {
        if (decimal.digits != 0 || c != '0') ++decimal.count;
        decimal.digits = decimal.digits * 10 + static_cast<unsigned>(c - '0');
        if (after_point) --decimal.exponent;
      } else if (!after_point) {
        ++decimal.exponent;
      }
    } else if (c == ',' && !after_point && (grouped ? group == 3 : group >= 1 && group <= 3)) {
      grouped = true;
      group = 0;
    } else if (c == '.' && !after_point) {
      after_point = true;
    } else {
      break;
    }
  }
  if (!any || (grouped && group != 3)) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' || i + 1 == text.size()) return std::nullopt;
    std::string_view power = text.substr(i + 1);
    const bool negative = power.front() == '-';
    if (negative || power.front() == '+') power.remove_prefix(1);
    if (power.empty() || power.size() > 3) return std::nullopt;
    int value = 0;
    for (const char c : power) {
      if (!is_digit(c)) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    decimal.exponent += negative ? -value : value;
  }
  return decimal;
}

double value_of(const Decimal& decimal) {
  constexpr double k_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr int k_largest_power = static_cast<int>(std::size(k_powers)) - 1;
  // Digits and power are exact doubles, so one operation rounds once (Clinger 1990).
  const auto digits = static_cast<double>(decimal.digits);
  if (decimal.count <= 15 && std::abs(decimal.exponent) <= k_largest_power) {
    return decimal.exponent < 0 ? digits / k_powers[-decimal.exponent]
                                : digits * k_powers[decimal.exponent];
  }
  const std::string text = std::to_string(decimal.digits) + "e" + std::to_string(decimal.exponent);
  return std::strtod(text.c_str(), nullptr);
}

constexpr std::string_view k_months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
constexpr std::string_view k_weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};

/// The place, from 1, of the name that `word` is or shortens to three letters or more; 0 for none.
template <std::size_t Count>
int place_of(std::string_view word, const std::string_view (&names)[Count]) {
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < Count; ++i) {
    if (names[i].substr(0, word.size()) == word) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
int days_of_month(int year, int month) {
  constexpr int k_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : k_days[month - 1];
}

constexpr int k_first_year = 1900;
constexpr int k_last_year = 2199;

bool exists(const CivilDate& date) {
  return date.year >= k_first_year && date.year <= k_last_year && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_of_month(date.year, date.month);
}

/// What is left of a cell while it is read from the front.
class Rest {
 public:
  explicit Rest(std::string_view text) : text_(text) {}

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] char front() const { return text_.empty() ? '\0' : text_.front(); }
  bool take(std::string_view part) { return take_front(text_, part); }
  void skip_spaces() {
    while (take(" ")) {
    }
  }
  [[nodiscard]] std::size_t digits() const {
    std::size_t count = 0;
    while (count < text_.size() && is_digit(text_[count])) ++count;
    return count;
  }
  /// All digits that follow, when they are at most `most` and at least one; -1 otherwise.
  int number(std::size_t most) {
    const std::size_t count = digits();
    if (count == 0 || count > most) return -1;
    return fixed(count);
  }
  /// The next `count` digits, which are there.
  int fixed(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (text_[i] - '0');
    text_.remove_prefix(count);
    return value;
  }
  std::string_view word() {
    std::size_t count = 0;
    while (count < text_.size() && is_letter(text_[count])) ++count;
    const std::string_view found = text_.substr(0, count);
    text_.remove_prefix(count);
    return found;
  }
  [[nodiscard]] bool ends_with_parenthesis() const {
    return text_.size() >= 2 && text_.front() == '(' && text_.back() == ')';
  }
  void clear() { text_ = {}; }

 private:
  std::string_view text_;
};

void take_chinese_weekday(Rest& rest) {
  for (const std::string_view week : {"星期", "周", "礼拜"}) {
    if (!rest.take(week)) continue;
    for (const std::string_view day : {"一", "二", "三", "四", "五", "六", "日", "天"}) {
      if (rest.take(day)) break;
    }
    break;
  }
}

/// `+08:00`, `+0800`, `z`, `utc`, `gmt+0800 (china standard time)`.
bool take_zone(Rest& rest) {
  rest.skip_spaces();
  bool named = false;
  for (const std::string_view zone : {"utc", "gmt", "cst", "z"}) {
    if (rest.take(zone)) {
      named = true;
      break;
    }
  }
  if (!named) rest.skip_spaces();
  if (rest.front() == '+' || rest.front() == '-') {
    if (!rest.take("+")) rest.take("-");
    const std::size_t digits = rest.digits();
    if (digits != 1 && digits != 2 && digits != 4) return false;
    rest.fixed(digits);
    if (digits <= 2 && rest.take(":")) {
      if (rest.digits() != 2) return false;
      rest.fixed(2);
    }
  }
  rest.skip_spaces();
  if (rest.ends_with_parenthesis()) rest.clear();
  return rest.empty();
}

/// Whether the rest of a date is nothing, a weekday or a time of day.
bool is_time(Rest rest) {
  rest.skip_spaces();
  rest.take(",");
  rest.skip_spaces();
  take_chinese_weekday(rest);
  rest.skip_spaces();
  if (rest.empty()) return true;
  if (rest.take("t")) rest.skip_spaces();
  for (const std::string_view part : {"上午", "下午", "凌晨", "早上", "中午", "晚上"}) {
    if (rest.take(part)) break;
  }
  rest.skip_spaces();
  const int hour = rest.number(2);
  if (hour < 0 || hour > 24) return false;
  if (!rest.take(":") && !rest.take("时") && !rest.take("点")) return false;
  const int minute = rest.number(2);
  if (minute < 0 || minute > 59) return false;
  rest.take("分");
  rest.take(":");
  if (rest.digits() > 0) {
    const int second = rest.number(2);
    if (second < 0 || second > 60) return false;
    rest.take("秒");
    if (rest.take(".") || rest.take(",")) {
      const std::size_t fraction = rest.digits();
      if (fraction == 0 || fraction > 9) return false;
      rest.fixed(fraction);
    }
  }
  rest.skip_spaces();
  if (!rest.take("am")) rest.take("pm");
  return take_zone(rest);
}

std::optional<Day> day_if(const CivilDate& date, const Rest& rest) {
  if (!exists(date) || !is_time(rest)) return std::nullopt;
  return day_of(date.year, date.month, date.day);
}

/// Two digits mean 1970..2069.
int full_year(int year, std::size_t digits) {
  if (digits == 4) return year;
  if (digits != 2) return 0;
  return year < 70 ? 2000 + year : 1900 + year;
}

/// `20261121`, with or without a time written as closely.
std::optional<Day> compact_day(Rest rest, std::size_t digits) {
  CivilDate date;
  date.year = rest.fixed(4);
  date.month = rest.fixed(2);
  date.day = rest.fixed(2);
  if (digits > 8) {
    if (rest.fixed(2) > 24 || rest.fixed(2) > 59) return std::nullopt;
    if (digits == 14 && rest.fixed(2) > 60) return std::nullopt;
  }
  return day_if(date, rest);
}

/// `nov 21, 2026`, `sat nov 21 2026`, `sat, 21 nov 2026` from its first word on.
std::optional<Day> day_with_word(Rest rest) {
  std::string_view word = rest.word();
  if (place_of(word, k_weekdays) > 0) {
    rest.take(".");
    rest.take(",");
    rest.skip_spaces();
    if (rest.digits() > 0) {
      // The day first, as in the middle of `21-nov-2026`.
      CivilDate date;
      date.day = rest.number(2);
      rest.skip_spaces();
      date.month = place_of(rest.word(), k_months);
      rest.skip_spaces();
      const std::size_t digits = rest.digits();
      date.year = digits == 4 ? rest.fixed(4) : 0;
      return day_if(date, rest);
    }
    word = rest.word();
  }
  CivilDate date;
  date.month = place_of(word, k_months);
  rest.take(".");
  rest.skip_spaces();
  if (!rest.take("-")) rest.take("/");
  date.day = rest.number(2);
  if (date.month == 0 || date.day < 0) return std::nullopt;
  rest.take(",");
  rest.skip_spaces();
  if (!rest.take("-")) rest.take("/");
  const std::size_t digits = rest.digits();
  date.year = digits == 4 ? rest.fixed(4) : 0;
  return day_if(date, rest);
}

struct NumberPart {
  int value{};
  std::size_t digits{};
};

/// Three parts whose order is open: `21/11/2026`, `11/21/26`, `26.1.2`.
std::optional<Day> day_of_parts(const std::array<NumberPart, 3>& part, DateOrder order,
                                const Rest& rest) {
  const auto date_at = [&](std::size_t year, std::size_t month, std::size_t day) {
    return CivilDate{full_year(part[year].value, part[year].digits), part[month].value,
                     part[day].value};
  };
  if (order == DateOrder::month_first) return day_if(date_at(2, 0, 1), rest);
  if (order == DateOrder::day_first) return day_if(date_at(2, 1, 0), rest);
  // Nobody said which stands first, so only what has one reading counts.
  std::optional<CivilDate> only;
  for (const CivilDate& date : {date_at(0, 1, 2), date_at(2, 0, 1), date_at(2, 1, 0)}) {
    if (!exists(date)) continue;
    if (only && (only->year != date.year || only->month != date.month || only->day != date.day)) {
      return std::nullopt;
    }
    only = date;
  }
  if (!only) return std::nullopt;
  return day_if(*only, rest);
}

std::optional<Day> excel_day(std::string_view text) {
  constexpr int k_smallest = 20000;
  constexpr int k_largest = 80000;
  constexpr int k_serial_of_1970 = 25569;
  Rest rest(text);
  const int serial = rest.number(5);
  if (serial < k_smallest || serial > k_largest) return std::nullopt;
  if (rest.take(".")) {
    const std::size_t digits = rest.digits();
    for (std::size_t i = 0; i < digits; ++i) rest.fixed(1);
  }
  if (!rest.empty()) return std::nullopt;
  return serial - k_serial_of_1970;
}

}  // namespace

std::optional<CellNumber> number_in(std::string_view cell) {
  const FoldedCell folded_cell(cell);
  std::string_view text = folded_cell.text();
  CellNumber number;
  bool negative = false;
  bool signed_already = false;
  const auto take_sign = [&](bool minus) {
    const bool first = !signed_already;
    signed_already = true;
    negative = minus;
    return first;
  };
  const auto take_currency = [&](bool front) {
    for (const CurrencySign& sign : k_currency_signs) {
      std::string_view rest = text;
      if (!(front ? take_front(rest, sign.sign) : take_back(rest, sign.sign))) continue;
      // Two signs of one currency go together (¥ … 元), of two they do not.
      if (!number.currency.empty() && number.currency != sign.code) return false;
      number.currency = sign.code;
      text = rest;
      return true;
    }
    return false;
  };
  while (!text.empty() && !is_digit(text.front()) && text.front() != '.') {
    if (take_space_front(text)) continue;
    if (text.front() == '-' || text.front() == '+') {
      if (!take_sign(text.front() == '-')) return std::nullopt;
      text.remove_prefix(1);
    } else if (text.front() == '(' && text.back() == ')' && text.size() > 1) {
      if (!take_sign(true)) return std::nullopt;
      text.remove_prefix(1);
      text.remove_suffix(1);
    } else if (!take_currency(true)) {
      return std::nullopt;
    }
  }
  int shift = 0;
  bool scaled = false;
  while (!text.empty() && !is_digit(text.back()) && text.back() != '.') {
    if (take_space_back(text)) continue;
    if (!scaled && take_back(text, "%")) {
      shift = -2;
      scaled = true;
    } else if (!scaled && (take_back(text, "万") || take_back(text, "w"))) {
      shift = 4;
      scaled = true;
    } else if (!scaled && take_back(text, "亿")) {
      shift = 8;
      scaled = true;
    } else if (!take_currency(false)) {
      return std::nullopt;
    }
  }
  std::optional<Decimal> decimal = decimal_in(text);
  if (!decimal) return std::nullopt;
  decimal->exponent += shift;
  const double value = value_of(*decimal);
  if (!std::isfinite(value)) return std::nullopt;
  number.value = negative && value != 0 ? -value : value;
  return number;
}

std::optional<Day> day_in(std::string_view cell, DateOrder order) {
  const FoldedCell folded_cell(cell);
  const std::string_view text = folded_cell.text();
  if (text.empty()) return std::nullopt;
  if (is_letter(text.front())) return day_with_word(Rest(text));
  Rest rest(text);
  const std::size_t digits = rest.digits();
  if (digits == 8 || digits == 12 || digits == 14) return compact_day(rest, digits);
  if (digits == 5) return excel_day(text);
  if (digits == 0 || digits > 4) return std::nullopt;
  NumberPart first;
  first.digits = digits;
  first.value = rest.fixed(digits);
  rest.skip_spaces();

  if (rest.take("年")) {
    CivilDate date;
    date.year = full_year(first.value, first.digits);
    rest.skip_spaces();
    date.month = rest.number(2);
    rest.skip_spaces();
    if (!rest.take("月")) return std::nullopt;
    rest.skip_spaces();
    date.day = rest.number(2);
    rest.skip_spaces();
    if (!rest.take("日")) rest.take("号");
    return day_if(date, rest);
  }

  std::string_view separator;
  for (const std::string_view candidate : {"-", "/", "."}) {
    if (rest.take(candidate)) {
      separator = candidate;
      break;
    }
  }
  rest.skip_spaces();
  if (is_letter(rest.front())) {
    // `21-nov-2026`, `21 nov 26`: beside the name of a month the day stands first by custom.
    CivilDate date;
    date.day = first.value;
    date.month = place_of(rest.word(), k_months);
    rest.take(".");
    rest.take(",");
    rest.skip_spaces();
    if (!separator.empty()) rest.take(separator);
    const std::size_t year_digits = rest.digits();
    if (year_digits != 2 && year_digits != 4) return std::nullopt;
    date.year = full_year(rest.fixed(year_digits), year_digits);
    return day_if(date, rest);
  }
  if (separator.empty()) return std::nullopt;
  NumberPart second;
  second.digits = rest.digits();
  if (second.digits == 0 || second.digits > 2) return std::nullopt;
  second.value = rest.fixed(second.digits);
  rest.skip_spaces();
  if (!rest.take(separator)) return std::nullopt;
  rest.skip_spaces();
  NumberPart third;
  third.digits = rest.digits();
  if (third.digits == 0 || third.digits == 3 || third.digits > 4) return std::nullopt;
  third.value = rest.fixed(third.digits);
  if (first.digits == 4) {
    if (third.digits > 2) return std::nullopt;
    return day_if({first.value, second.value, third.value}, rest);
  }
  if (first.digits > 2) return std::nullopt;
  return day_of_parts({first, second, third}, order, rest);
}

// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras have 400 years.
Day day_of(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate civil(Day day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  date.month = shifted_month + (shifted_month < 10 ? 3 : -9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

std::string date_text(Day day) {
  const CivilDate date = civil(day);
  const auto two = [](int value) {
    return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  };
  return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

std::string_view trimmed(std::string_view cell) {
  // Most cells have nothing around them.
  if (!cell.empty() && is_bare(cell.front()) && is_bare(cell.back())) return cell;
  for (;;) {
    const std::size_t before = cell.size();
    while (take_space_front(cell)) {
    }
    while (take_space_back(cell)) {
    }
    // Excel's ="0012" and '0012 keep a number from being shortened.
    if (cell.size() >= 3 && cell.substr(0, 2) == "=\"" && cell.back() == '"') cell.remove_prefix(1);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
      cell.remove_prefix(1);
      cell.remove_suffix(1);
    }
    if (!cell.empty() && cell.front() == '\'') cell.remove_prefix(1);
    if (cell.size() == before) return cell;
  }
}

std::string folded(std::string_view cell) {
  std::string text;
  text.reserve(cell.size());
  fold(cell, [&](char c) { text += c; });
  return text;
}

}  // namespace growth::calibrate
