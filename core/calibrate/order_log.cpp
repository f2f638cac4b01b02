#include "calibrate/order_log.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "calibrate/cells.hpp"
#include "calibrate/order_words.hpp"
#include "calibrate/record_reader.hpp"
#include "calibrate/string_table.hpp"

namespace growth::calibrate {
namespace {

constexpr std::size_t k_rows_between_reports = 4096;
/// Money is compared to half a cent.
constexpr double k_half_cent = 0.005;
/// No order is larger; what is, is a number of something else.
constexpr double k_largest_amount = 1e12;
constexpr std::uint32_t k_none = 0xFFFFFFFF;

/// A row that counts so far: the first of its order.
struct Sale {
  double amount{};
  std::uint32_t customer{};
  Day day{};
  std::uint32_t row{};
  std::uint32_t hash{};     ///< of the whole row
  std::uint8_t currency{};  ///< place in the list of currencies
  bool without_sale{};      ///< only refunds of an order that never came
  bool dropped{};
};

/// A further row of an order.
struct Line {
  double amount{};
  std::uint32_t sale{};
  std::uint32_t row{};
  std::uint32_t hash{};
};

/// Currencies in the order of appearance; the first place is "not said".
class Currencies {
 public:
  std::uint8_t place_of(std::string_view code) {
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      if (codes_[i] == code) return static_cast<std::uint8_t>(i);
    }
    // Beyond so many, all others are one.
    if (codes_.size() < k_most) codes_.emplace_back(code);
    return static_cast<std::uint8_t>(codes_.size() - 1);
  }
  [[nodiscard]] const std::string& code(std::size_t place) const { return codes_[place]; }
  [[nodiscard]] std::size_t size() const { return codes_.size(); }

 private:
  static constexpr std::size_t k_most = 200;
  std::vector<std::string> codes_{""};
};

/// `CNY` of what a cell of a currency column says: a code, a sign or a word.
std::string currency_code(std::string_view cell) {
  // A sign or word before any digit says the same as in an amount.
  if (const auto number = number_in(std::string(cell) + "1"); number && !number->currency.empty()) {
    return std::string(number->currency);
  }
  std::string code = folded(cell).substr(0, 12);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return is_utf8(code) ? code : std::string();
}

Warning warning(std::string code, Message message) { return {std::move(code), "", std::move(message)}; }

class OrderLogReader {
 public:
  OrderLogReader(Table& table, const OrdersRequest& request)
      : request_(request), reader_(table, RecordKind::orders) {}

  Result<OrderLog> run(const Progress& progress) {
    if (Errors errors = reader_.open(request_.columns, request_.date_order); !errors.empty()) {
      return errors;
    }
    find_columns();
    Row row;
    while (reader_.next(row)) {
      read(row);
      if (progress && reader_.rows() % k_rows_between_reports == 0 && !progress(reader_.share_read())) {
        return Errors{};
      }
    }
    if (!reader_.errors().empty()) return reader_.errors();
    if (progress && !progress(1)) return Errors{};
    join_lines();
    drop_other_currencies();
    return finished();
  }

 private:
  void find_columns() {
    customer_ = reader_.column("customer");
    date_ = reader_.column("date");
    amount_ = reader_.column("amount");
    order_id_ = reader_.column("order_id");
    status_ = reader_.column("status");
    refund_ = reader_.column("refund");
    currency_ = reader_.column("currency");
    remark_ = reader_.column("remark");
    if (amount_) named_currency_ = currency_of_name(reader_.recognition().columns[*amount_].name);
  }

  void drop(DropReason reason, std::size_t row) { reader_.drops().add(reason, row); }

  OrderState state_of(std::string_view words) {
    const std::uint32_t number = state_words_.number_of(words);
    if (number == states_.size()) states_.push_back(order_state(words));
    if (states_[number] == OrderState::unknown) ++unknown_states_;
    return states_[number];
  }

  /// The number of a row's order, none where it has no usable one.
  std::optional<std::uint32_t> order_of(std::string_view id) {
    if (id.empty() || id == "-") return std::nullopt;
    if (is_shortened_number(id)) {
      ++shortened_ids_;
      return std::nullopt;
    }
    const std::uint32_t order = order_ids_.number_of(id);
    if (order == sale_of_order_.size()) sale_of_order_.push_back(k_none);
    return order;
  }

  [[nodiscard]] std::uint32_t customer_of(std::string_view name) {
    // Mail addresses do not tell capitals apart.
    return name.find('@') == std::string_view::npos ? customers_.number_of(name)
                                                    : customers_.number_of(folded(name));
  }

  void read(const Row& row) {
    const std::string_view customer = cell_of(row, customer_);
    const std::string_view id = cell_of(row, order_id_);
    const std::string_view status = cell_of(row, status_);
    if (is_test_name(customer) || is_test_name(id) || is_test_name(status) ||
        (remark_ && is_test_remark(cell_of(row, remark_)))) {
      return drop(DropReason::test_order, row.number);
    }
    const OrderState state = status.empty() ? OrderState::good : state_of(status);
    if (state == OrderState::cancelled) return drop(DropReason::cancelled, row.number);
    if (state == OrderState::refunded) return drop(DropReason::refunded, row.number);
    const bool shortened = is_shortened_number(customer);
    if (shortened) ++shortened_customers_;
    if (shortened || is_guest(customer)) return drop(DropReason::missing_customer, row.number);
    const std::optional<std::uint32_t> order = order_of(id);
    const std::uint32_t known = order ? sale_of_order_[*order] : k_none;

    double amount = 0;
    std::string_view sign;
    if (amount_) {
      const std::string_view cell = cell_of(row, amount_);
      if (cell.empty()) {
        // Shopify writes the total into the first line of an order only.
        return drop(known == k_none ? DropReason::missing_amount : DropReason::duplicate_order,
                    row.number);
      }
      const auto number = number_in(cell);
      if (!number || std::abs(number->value) > k_largest_amount) {
        return drop(DropReason::bad_amount, row.number);
      }
      amount = number->value;
      sign = number->currency;
    }
    const std::string_view date = cell_of(row, date_);
    if (date.empty()) return drop(DropReason::missing_date, row.number);
    const std::optional<Day> day = day_in(date, reader_.date_order());
    if (!day) return drop(DropReason::bad_date, row.number);
    if (request_.today && *day > *request_.today) return drop(DropReason::future_date, row.number);

    if (refund_ && amount >= 0) {
      const std::string_view cell = cell_of(row, refund_);
      if (const auto refund = number_in(cell)) {
        const double back = std::abs(refund->value);
        if (amount_ && back >= k_half_cent && back > amount - k_half_cent) {
          return drop(DropReason::refunded, row.number);
        }
        if (amount_) amount -= back;
      } else if (refund_state(cell) == OrderState::refunded) {
        return drop(DropReason::refunded, row.number);
      }
    }

    Sale sale;
    sale.amount = amount;
    sale.customer = customer_of(customer);
    sale.day = *day;
    sale.row = static_cast<std::uint32_t>(row.number);
    sale.currency = currency_of(row, sign);
    if (order) sale.hash = hash_of_row(row);
    if (amount < 0) return take_back(sale, order, known);
    add(sale, order, known);
  }

  std::uint8_t currency_of(const Row& row, std::string_view sign) {
    if (const std::string_view cell = cell_of(row, currency_); !cell.empty()) {
      const std::uint32_t number = currency_words_.number_of(cell);
      if (number == currency_places_.size()) {
        currency_places_.push_back(currencies_.place_of(currency_code(cell)));
      }
      return currency_places_[number];
    }
    return currencies_.place_of(sign.empty() ? named_currency_ : sign);
  }

  [[nodiscard]] static std::uint32_t hash_of_row(const Row& row) {
    std::uint64_t hash = 0;
    for (const std::string_view cell : row.cells) hash = hash * 31 + hash_of(cell);
    return static_cast<std::uint32_t>(hash ^ hash >> 32);
  }

  void add(const Sale& sale, std::optional<std::uint32_t> order, std::uint32_t known) {
    if (known != k_none && sales_[known].customer == sale.customer) {
      Sale& first = sales_[known];
      if (first.without_sale) {
        const double back = first.amount;
        first = sale;
        first.amount += back;
        if (first.amount < k_half_cent) {
          first.dropped = true;
          drop(DropReason::refunded, sale.row);
        }
        return;
      }
      lines_.push_back({sale.amount, known, sale.row, sale.hash});
      return;
    }
    if (order && known == k_none) sale_of_order_[*order] = static_cast<std::uint32_t>(sales_.size());
    sales_.push_back(sale);
  }

  /// A row of a negative amount: a refund, of the order whose number it bears or of nobody knows which.
  void take_back(Sale refund, std::optional<std::uint32_t> order, std::uint32_t known) {
    drop(DropReason::refunded, refund.row);
    if (!order) return;
    if (known == k_none) {
      refund.without_sale = true;
      sale_of_order_[*order] = static_cast<std::uint32_t>(sales_.size());
      sales_.push_back(refund);
    } else if (sales_[known].customer == refund.customer) {
      refunds_.push_back({refund.amount, known, refund.row, 0});
    }
  }

  /// Rows of one order become one. Where nearly all orders of several rows bear one amount throughout,
  /// the file repeats the order's total on every line and it counts once; otherwise the lines are items
  /// and add up. A row that is another's wholly is a duplicate in both.
  void join_lines() {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const Line& a, const Line& b) { return a.sale < b.sale; });
    std::vector<std::uint32_t> hashes;
    std::size_t orders = 0;
    std::size_t of_one_amount = 0;
    for (std::size_t begin = 0, end = 0; begin < lines_.size(); begin = end) {
      const Sale& first = sales_[lines_[begin].sale];
      hashes.assign(1, first.hash);
      bool several = false;
      bool equal = true;
      for (end = begin; end < lines_.size() && lines_[end].sale == lines_[begin].sale; ++end) {
        Line& line = lines_[end];
        drop(DropReason::duplicate_order, line.row);
        if (std::find(hashes.begin(), hashes.end(), line.hash) != hashes.end()) {
          line.amount = 0;  // adds nothing, whatever the lines are
          continue;
        }
        // Long orders are compared with their first lines only, so that no file takes square time.
        if (hashes.size() < k_most_compared_lines) hashes.push_back(line.hash);
        several = true;
        equal = equal && std::abs(line.amount - first.amount) < k_half_cent;
      }
      orders += several ? 1 : 0;
      of_one_amount += several && equal ? 1 : 0;
    }
    constexpr double k_nearly_all = 0.9;
    const bool repeats_total =
        static_cast<double>(of_one_amount) >= k_nearly_all * static_cast<double>(orders);
    if (!repeats_total) {
      for (const Line& line : lines_) sales_[line.sale].amount += line.amount;
    }
    for (const Line& refund : refunds_) {
      Sale& sale = sales_[refund.sale];
      sale.amount += refund.amount;
      if (sale.amount < k_half_cent && !sale.dropped && !sale.without_sale) {
        sale.dropped = true;
        drop(DropReason::refunded, sale.row);
      }
    }
    sales_.erase(std::remove_if(sales_.begin(), sales_.end(),
                                [](const Sale& sale) { return sale.dropped || sale.without_sale; }),
                 sales_.end());
  }

  /// Amounts of two currencies do not add up: the one of most rows is kept. Rows that say none belong
  /// to it; where they are the most, they are yuan.
  void drop_other_currencies() {
    const std::uint8_t yuan = currencies_.place_of("CNY");
    std::vector<std::size_t> counts(currencies_.size());
    for (const Sale& sale : sales_) ++counts[sale.currency];
    std::size_t kept = yuan;
    for (std::size_t i = 1; i < counts.size(); ++i) {
      if (counts[i] > counts[kept]) kept = i;
    }
    if (counts[0] > counts[kept]) kept = yuan;
    kept_currency_ = currencies_.code(kept);
    sales_.erase(std::remove_if(sales_.begin(), sales_.end(),
                                [&](const Sale& sale) {
                                  if (sale.currency == 0 || sale.currency == kept) return false;
                                  drop(DropReason::other_currency, sale.row);
                                  return true;
                                }),
                 sales_.end());
  }

  /// Sales by customer and day, without zero orders that do not count, those of one day joined.
  Result<OrderLog> finished() {
    std::sort(sales_.begin(), sales_.end(), [](const Sale& a, const Sale& b) {
      if (a.customer != b.customer) return a.customer < b.customer;
      return a.day != b.day ? a.day < b.day : a.row < b.row;
    });
    OrderLog log;
    log.has_amounts = amount_.has_value();
    log.orders.reserve(sales_.size());
    for (std::size_t begin = 0, end = 0; begin < sales_.size(); begin = end) {
      while (end < sales_.size() && sales_[end].customer == sales_[begin].customer) ++end;
      add_customer(begin, end, log);
    }
    if (log.orders.empty()) return Errors{nothing_left()};
    // Customers were numbered as they appeared, also those nothing is left of; close the gaps.
    log.first = log.last = log.orders.front().day;
    std::uint32_t previous = k_none;
    for (Order& order : log.orders) {
      if (order.customer != previous) {
        ++log.customers;
        log.name_numbers.push_back(order.customer);
      }
      previous = order.customer;
      order.customer = log.customers - 1;
      log.first = std::min(log.first, order.day);
      log.last = std::max(log.last, order.day);
    }
    log.records = reader_.records();
    log.records.currency = kept_currency_;
    add_warnings(log.records);
    log.names = std::move(customers_);
    return log;
  }

  void add_customer(std::size_t begin, std::size_t end, OrderLog& log) {
    const auto is_zero = [](const Sale& sale) { return sale.amount < k_half_cent; };
    bool drop_zeros = false;
    bool keep_first = false;
    if (amount_ && request_.zero_orders != ZeroOrders::keep) {
      drop_zeros = true;
      keep_first = request_.zero_orders == ZeroOrders::first_only;
      for (std::size_t i = begin; i < end; ++i) keep_first = keep_first && is_zero(sales_[i]);
    }
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) {
      const Sale& sale = sales_[i];
      if (drop_zeros && is_zero(sale) && !(keep_first && !any)) {
        drop(DropReason::zero_amount, sale.row);
      } else if (any && log.orders.back().day == sale.day) {
        log.orders.back().amount += sale.amount;
        drop(DropReason::same_day, sale.row);
      } else {
        log.orders.push_back({sale.customer, sale.day, amount_ ? sale.amount : 0});
        any = true;
      }
    }
  }

  Error nothing_left() {
    std::string reasons;
    for (const Dropped& dropped : reader_.drops().list()) {
      reasons += (reasons.empty() ? "" : ", ") + std::string(drop_reason_name(dropped.reason)) + " " +
                 std::to_string(dropped.count);
    }
    const std::string rows = std::to_string(reader_.rows());
    Error error = bad_csv(2, 0, {}, "", "at least one order of a known customer and day");
    error.message = {"读了 " + rows + " 行，没有一行能算订单（" + reasons + "）。请检查列的对应关系。",
                     "None of the " + rows + " rows counts as an order (" + reasons +
                         "). Check which column is which."};
    return error;
  }

  void add_warnings(RecordsRead& records) const {
    const auto say = [&](const char* code, std::size_t count, const char* zh, const char* en) {
      if (count == 0) return;
      const std::string number = std::to_string(count);
      records.warnings.push_back(warning(code, {number + zh, number + en}));
    };
    say("unknown_status", unknown_states_, " 行的订单状态不认识，按有效订单算。",
        " rows have a status that is not known; they count as orders.");
    say("mixed_currencies", reader_.drops().count(DropReason::other_currency),
        " 行是别的币种，没有计入。", " rows are in another currency and were left out.");
    say("shortened_order_ids", shortened_ids_,
        " 行的订单号被表格软件缩成了科学计数（如 1.2E+17），不能用来去重；请用文本格式重新导出。",
        " rows have an order number that a spreadsheet shortened (1.2E+17); they cannot be checked for "
        "duplicates. Export them as text.");
    say("shortened_customers", shortened_customers_,
        " 行的客户号被表格软件缩成了科学计数（如 "
        "1.38E+10），分不清是谁，没有计入；请用文本格式重新导出。",
        " rows have a customer number that a spreadsheet shortened (1.38E+10); they were left out. "
        "Export them as text.");
  }

  static constexpr std::size_t k_most_compared_lines = 200;

  const OrdersRequest& request_;
  RecordReader reader_;
  std::optional<std::size_t> customer_, date_, amount_, order_id_, status_, refund_, currency_, remark_;
  std::string_view named_currency_;
  StringTable customers_;
  StringTable order_ids_;
  std::vector<std::uint32_t> sale_of_order_;
  StringTable state_words_;
  std::vector<OrderState> states_;
  StringTable currency_words_;
  std::vector<std::uint8_t> currency_places_;
  Currencies currencies_;
  std::vector<Sale> sales_;
  std::vector<Line> lines_;
  std::vector<Line> refunds_;
  std::string kept_currency_;
  std::size_t unknown_states_{};
  std::size_t shortened_ids_{};
  std::size_t shortened_customers_{};
};

}  // namespace

Result<OrderLog> read_order_log(Table& table, const OrdersRequest& request, const Progress& progress) {
  return OrderLogReader(table, request).run(progress);
}

}  // namespace growth::calibrate
