// Order exports as they are: what counts, what does not and why, and what is said about it.
#include "calibrate/order_log.hpp"

#include <doctest/doctest.h>

#include <map>
#include <numeric>

#include "calibrate/cells.hpp"
#include "calibrate/order_words.hpp"
#include "calibrate/string_table.hpp"
#include "support.hpp"

using namespace growth;
using namespace growth::calibrate;
using test::Rows;
using test::table_text;

namespace {

Result<OrderLog> read(const Rows& rows, const OrdersRequest& request = {}) {
  const std::string text = table_text(rows);
  SeparatedTable table(text);
  return read_order_log(table, request, {});
}

OrderLog log_of(const Rows& rows, const OrdersRequest& request = {}) {
  Result<OrderLog> result = read(rows, request);
  if (!result.ok()) FAIL(result.errors()[0].message.en);
  OrderLog log = std::move(result).value();
  // Every row is an order of its own or is accounted for.
  std::size_t dropped = 0;
  for (const Dropped& entry : log.records.dropped) dropped += entry.count;
  CHECK(log.orders.size() + dropped == log.records.rows);
  return log;
}

std::map<std::string, std::size_t> drops_of(const OrderLog& log) {
  std::map<std::string, std::size_t> drops;
  for (const Dropped& entry : log.records.dropped) {
    drops[std::string(drop_reason_name(entry.reason))] = entry.count;
    CHECK(entry.rows.size() == std::min(entry.count, k_most_listed_rows));
    CHECK(std::is_sorted(entry.rows.begin(), entry.rows.end()));
  }
  return drops;
}
using Drops = std::map<std::string, std::size_t>;

Error error_of(const Rows& rows, const OrdersRequest& request = {}) {
  const Result<OrderLog> result = read(rows, request);
  REQUIRE_FALSE(result.ok());
  REQUIRE_FALSE(result.errors().empty());
  return result.errors()[0];
}

double total_of(const OrderLog& log) {
  return std::accumulate(log.orders.begin(), log.orders.end(), 0.0,
                         [](double sum, const Order& order) { return sum + order.amount; });
}

}  // namespace

TEST_CASE("orders stand by customer and day, customers in the order of the file") {
  const OrderLog log = log_of({{"customer", "date", "amount"},
                               {"b", "2026-01-05", "1"},
                               {"a", "2026-01-02", "2"},
                               {"b", "2026-01-03", "3"},
                               {"a", "2026-01-02 18:00", "4.5"}});
  CHECK(log.customers == 2);
  REQUIRE(log.orders.size() == 3);
  CHECK(log.orders[0].customer == 0);
  CHECK(log.orders[0].amount == 3);
  CHECK(log.orders[1].amount == 1);
  CHECK(log.orders[2].customer == 1);
  CHECK(log.orders[2].amount == 6.5);
  CHECK(date_text(log.first) == "2026-01-02");
  CHECK(date_text(log.last) == "2026-01-05");
  CHECK(log.has_amounts);
  CHECK(log.records.rows == 4);
  CHECK(log.records.currency == "CNY");
  CHECK(drops_of(log) == Drops{{"same_day", 1}});
  CHECK(log.records.dropped[0].rows == std::vector<std::size_t>{5});
  REQUIRE(log.records.columns.size() == 3);
  CHECK(log.records.columns[1].field == "date");
  CHECK(log.records.columns[1].index == 1);
}

TEST_CASE("every reason to leave a row out") {
  OrdersRequest request;
  request.today = day_of(2026, 11, 21);
  const OrderLog log =
      log_of({{"买家昵称", "下单时间", "实付金额", "订单号", "订单状态", "退款金额", "币种", "备注"},
              {"甲", "2026-01-01", "10", "1", "已完成", "", "CNY", ""},
              {"", "", " ", "　", "", "", "", ""},                      // empty
              {"-", "2026-01-01", "10", "2", "已完成", "", "CNY", ""},  // guests
              {"匿名", "2026-01-01", "10", "3", "已完成", "", "CNY", ""},
              {"乙", "", "10", "4", "已完成", "", "CNY", ""},              // missing_date
              {"乙", "2026-01-01", "", "5", "已完成", "", "CNY", ""},      // missing_amount
              {"乙", "2026-02-30", "10", "6", "已完成", "", "CNY", ""},    // bad_date
              {"乙", "2026-01-01", "十元", "7", "已完成", "", "CNY", ""},  // bad_amount
              {"乙", "2026-01-01", "1e13", "7b", "已完成", "", "CNY", ""},
              {"乙", "2026-11-22", "10", "8", "已完成", "", "CNY", ""},    // future_date
              {"乙", "2026-01-01", "10", "9", "交易关闭", "", "CNY", ""},  // cancelled
              {"乙", "2026-01-01", "10", "10", "等待买家付款", "", "CNY", ""},
              {"乙", "2026-01-01", "10", "11", "已退款", "", "CNY", ""},  // refunded
              {"乙", "2026-01-01", "10", "12", "已完成", "10.00", "CNY", ""},
              {"乙", "2026-01-01", "-5", "", "已完成", "", "CNY", ""},
              {"甲", "2026-01-03", "0", "13", "已完成", "", "CNY", ""},         // zero_amount
              {"测试账号", "2026-01-01", "10", "14", "已完成", "", "CNY", ""},  // test_order
              {"乙", "2026-01-01", "10", "15", "已完成", "", "CNY", "测试单"},
              {"甲", "2026-01-01", "10", "1", "已完成", "", "CNY", ""},     // duplicate_order
              {"甲", "2026-01-01", "7", "16", "已完成", "", "CNY", ""},     // same_day
              {"甲", "2026-01-05", "7", "17", "已完成", "", "USD", ""},     // other_currency
              {"甲", "2026-01-09", "20", "18", "已完成", "5", "CNY", ""}},  // partly refunded
             request);
  CHECK(drops_of(log) == Drops{{"empty_row", 1},
                               {"missing_customer", 2},
                               {"missing_date", 1},
                               {"missing_amount", 1},
                               {"bad_date", 1},
                               {"bad_amount", 2},
                               {"future_date", 1},
                               {"cancelled", 2},
                               {"refunded", 3},
                               {"zero_amount", 1},
                               {"test_order", 2},
                               {"duplicate_order", 1},
                               {"same_day", 1},
                               {"other_currency", 1}});
  CHECK(log.customers == 1);
  REQUIRE(log.orders.size() == 2);
  CHECK(log.orders[0].amount == 17);
  CHECK(log.orders[1].amount == 15);
  REQUIRE(log.records.warnings.size() == 1);
  CHECK(log.records.warnings[0].code == "mixed_currencies");
}

TEST_CASE("zero orders are samples unless they are all a customer has") {
  const Rows rows{{"customer", "date", "amount"}, {"a", "2026-01-01", "0"}, {"a", "2026-01-02", "5"},
                  {"b", "2026-01-04", "0.00"},    {"b", "2026-01-03", "0"}, {"c", "2026-01-01", "0"},
                  {"c", "2026-01-01", "9"}};
  OrdersRequest request;
  const OrderLog first = log_of(rows);
  CHECK(first.customers == 3);
  REQUIRE(first.orders.size() == 3);
  CHECK(date_text(first.orders[1].day) == "2026-01-03");
  CHECK(drops_of(first) == Drops{{"zero_amount", 3}});
  request.zero_orders = ZeroOrders::drop;
  CHECK(log_of(rows, request).customers == 2);
  request.zero_orders = ZeroOrders::keep;
  const OrderLog kept = log_of(rows, request);
  CHECK(kept.orders.size() == 5);
  CHECK(drops_of(kept) == Drops{{"same_day", 1}});
}

TEST_CASE("without amounts every order counts") {
  const OrderLog log = log_of({{"customer", "date"}, {"a", "2026-01-01"}, {"a", "2026-01-02"}});
  CHECK_FALSE(log.has_amounts);
  CHECK(log.orders.size() == 2);
  CHECK(log.orders[0].amount == 0);
}

TEST_CASE("lines of one order: repeated totals count once, items add up, copies of a row never count") {
  const auto total = [](const Rows& lines, std::size_t orders) {
    Rows rows{{"customer", "date", "amount", "order_id", "sku"}};
    rows.insert(rows.end(), lines.begin(), lines.end());
    const OrderLog log = log_of(rows);
    CHECK(log.orders.size() == orders);
    return total_of(log);
  };
  // The total on every line.
  CHECK(total({{"a", "2026-01-01", "30", "1", "x"},
               {"a", "2026-01-01", "30", "1", "y"},
               {"b", "2026-01-02", "8", "2", "x"},
               {"b", "2026-01-02", "8", "2", "z"}},
              2) == 38);
  // Items; two of the same price are told from a total by the other orders.
  CHECK(total({{"a", "2026-01-01", "10", "1", "x"},
               {"a", "2026-01-01", "20", "1", "y"},
               {"b", "2026-01-02", "8", "2", "x"},
               {"b", "2026-01-02", "8", "2", "z"}},
              2) == 46);
  // A copied row among items.
  CHECK(total({{"a", "2026-01-01", "10", "1", "x"},
               {"a", "2026-01-01", "20", "1", "y"},
               {"a", "2026-01-01", "20", "1", "y"}},
              1) == 30);
  // Shopify: the total on the first line only.
  CHECK(total({{"a", "2026-01-01", "30", "1", "x"}, {"a", "", "", "1", "y"}}, 1) == 30);
  // The same number of another customer is another order.
  CHECK(total({{"a", "2026-01-01", "30", "1", "x"}, {"b", "2026-01-01", "30", "1", "x"}}, 2) == 60);
  // Without a number nothing is a duplicate, but one day of one customer is one order.
  CHECK(total({{"a", "2026-01-01", "30", "", "x"}, {"a", "2026-01-02", "30", "-", "x"}}, 2) == 60);
}

TEST_CASE("refund rows take from the order whose number they bear, before or after it") {
  const auto read_lines = [](const Rows& lines) {
    Rows rows{{"customer", "date", "amount", "order_id"}};
    rows.insert(rows.end(), lines.begin(), lines.end());
    rows.push_back({"z", "2026-01-01", "1", "999"});
    return log_of(rows);
  };
  const OrderLog whole = read_lines({{"a", "2026-01-01", "30", "1"}, {"a", "2026-01-05", "-30", "1"}});
  CHECK(whole.customers == 1);
  CHECK(drops_of(whole) == Drops{{"refunded", 2}});
  const OrderLog before =
      read_lines({{"a", "2026-01-05", "(30)", "1"}, {"a", "2026-01-01", "30", "1"}});
  CHECK(before.customers == 1);
  CHECK(drops_of(before) == Drops{{"refunded", 2}});
  const OrderLog part = read_lines({{"a", "2026-01-01", "30", "1"}, {"a", "2026-01-05", "-10", "1"}});
  CHECK(total_of(part) == 21);
  CHECK(drops_of(part) == Drops{{"refunded", 1}});
  const OrderLog part_before =
      read_lines({{"a", "2026-01-05", "-10", "1"}, {"a", "2026-01-01", "30", "1"}});
  CHECK(total_of(part_before) == 21);
  const OrderLog alone = read_lines({{"a", "2026-01-05", "-10", "1"}});
  CHECK(alone.customers == 1);
}

TEST_CASE("the currency of most rows is kept; rows that say none go with it") {
  const OrderLog pounds = log_of({{"customer", "date", "amount_gbp"}, {"a", "2026-01-01", "5"}});
  CHECK(pounds.records.currency == "GBP");
  const OrderLog dollars = log_of({{"customer", "date", "amount"},
                                   {"a", "2026-01-01", "$5"},
                                   {"b", "2026-01-01", "US$5"},
                                   {"c", "2026-01-01", "5"},
                                   {"d", "2026-01-01", "¥5"}});
  CHECK(dollars.records.currency == "USD");
  CHECK(dollars.customers == 3);
  const OrderLog yuan = log_of({{"customer", "date", "amount"},
                                {"a", "2026-01-01", "5"},
                                {"b", "2026-01-01", "5元"},
                                {"c", "2026-01-01", "$5"}});
  CHECK(yuan.records.currency == "CNY");
  CHECK(yuan.customers == 2);
  const OrderLog column =
      log_of({{"customer", "date", "amount", "currency"}, {"a", "2026-01-01", "5", "thb"}});
  CHECK(column.records.currency == "THB");
}

TEST_CASE("states of orders in the words of shop back ends") {
  for (const char* word :
       {"已取消", "交易关闭", "未付款", "待付款", "等待买家付款", "已关闭", "订单取消", "Cancelled",
        "canceled", "voided", "pending payment", "wc-pending", "pending", "on-hold", "unpaid", "failed",
        "待支付", "未成团"}) {
    CAPTURE(word);
    CHECK(order_state(word) == OrderState::cancelled);
  }
  for (const char* word : {"已退款", "退款成功", "全额退款", "Refunded", "退货退款成功", "售后完成"}) {
    CAPTURE(word);
    CHECK(order_state(word) == OrderState::refunded);
  }
  for (const char* word : {"", "已发货", "待发货", "已完成", "交易成功", "已签收", "货到付款", "paid",
                           "Completed", "processing", "partially_refunded", "部分退款", "退款中",
                           "退款关闭", "买家已付款，等待卖家发货"}) {
    CAPTURE(word);
    CHECK(order_state(word) == OrderState::good);
  }
  CHECK(order_state("火星") == OrderState::unknown);
  CHECK(refund_state("退款成功") == OrderState::refunded);
  CHECK(refund_state("无退款") == OrderState::good);
  CHECK(refund_state("-") == OrderState::good);
  const OrderLog log = log_of(
      {{"customer", "date", "status"}, {"a", "2026-01-01", "火星"}, {"b", "2026-01-01", "paid"}});
  CHECK(log.customers == 2);
  REQUIRE(log.records.warnings.size() == 1);
  CHECK(log.records.warnings[0].code == "unknown_status");
  CHECK(log.records.warnings[0].message.en.find("1 row") == 0);
}

TEST_CASE("test orders are told from names that only sound so") {
  for (const char* text : {"测试", "小王测试", "test", "Test Order", "test_01", "TEST-7", "ｔｅｓｔ",
                           "a test", "test@x.com"}) {
    CHECK(is_test_name(text));
  }
  for (const char* text : {"Testa", "contest", "Latest", "小王", "protest1", ""})
    CHECK_FALSE(is_test_name(text));
  CHECK(is_test_remark("测试单"));
  CHECK(is_test_remark(" TEST "));
  CHECK_FALSE(is_test_remark("请测试后发货"));
  CHECK(is_guest("Guest"));
  CHECK(is_guest("匿名"));
  CHECK(is_guest("0"));
  CHECK(is_guest("***"));
  CHECK_FALSE(is_guest("10"));
  CHECK_FALSE(is_guest("无名氏"));
}

TEST_CASE("numbers that a spreadsheet has shortened name nobody") {
  const OrderLog log = log_of({{"customer", "date", "amount", "order_id"},
                               {"1.38E+10", "2026-01-01", "5", "1"},
                               {"a", "2026-01-01", "5", "1.2E+17"},
                               {"a", "2026-01-02", "5", "1.2E+17"}});
  CHECK(log.orders.size() == 2);
  CHECK(drops_of(log) == Drops{{"missing_customer", 1}});
  REQUIRE(log.records.warnings.size() == 2);
  CHECK(log.records.warnings[0].code == "shortened_order_ids");
  CHECK(log.records.warnings[1].code == "shortened_customers");
}

TEST_CASE("mail addresses are one whatever their capitals, nicknames are not") {
  CHECK(
      log_of({{"customer", "date"}, {"A@b.com", "2026-01-01"}, {"a@B.com", "2026-01-02"}}).customers ==
      1);
  CHECK(log_of({{"customer", "date"}, {"Tom", "2026-01-01"}, {"tom", "2026-01-02"}}).customers == 2);
}

TEST_CASE("what cannot be read says where and why") {
  CHECK(error_of({}).code == ErrorCode::bad_csv);
  CHECK(error_of({{" ", ""}}).message.en.find("empty") != std::string::npos);
  CHECK(error_of({{"customer", "date"}}).message.en.find("no rows below") != std::string::npos);
  const Error missing = error_of({{"x", "y"}, {"1", "2"}});
  CHECK(missing.code == ErrorCode::missing);
  CHECK(missing.path == "columns.customer");
  CHECK(missing.message.en.find("x, y") != std::string::npos);
  const Error ambiguous = error_of({{"customer", "date"}, {"a", "2026-01-01"}, {"a", "03/04/2026"}});
  CHECK(ambiguous.code == ErrorCode::bad_csv);
  CHECK(ambiguous.path == "date_order");
  CHECK(ambiguous.message.en.find("Row 3, column 2") == 0);
  const Error wide =
      error_of({{"customer", "date"}, {"a", "2026-01-01", ""}, {"a", "2026-01-01", "5"}});
  CHECK(wide.code == ErrorCode::bad_csv);
  CHECK(wide.message.en.find("Row 3, column 3") == 0);
  const Error nothing =
      error_of({{"customer", "date", "status"}, {"a", "2026-01-01", "已取消"}, {"b", "x", ""}});
  CHECK(nothing.code == ErrorCode::bad_csv);
  CHECK(nothing.message.en.find("bad_date 1, cancelled 1") != std::string::npos);
  OrdersRequest request;
  request.columns = {{"customer", "nobody"}};
  CHECK(error_of({{"customer", "date"}, {"a", "2026-01-01"}}, request).path == "columns.customer");
  const std::string cut = table_text({{"customer", "date"}, {"a", "2026-01-01"}}) + "b";
  SeparatedTable table(cut);
  const Result<OrderLog> result = read_order_log(table, {}, {});
  REQUIRE_FALSE(result.ok());
  CHECK(result.errors()[0].code == ErrorCode::bad_csv);
}

TEST_CASE("the order of day and month may be said") {
  const Rows rows{{"customer", "date"}, {"a", "03/04/2026"}};
  OrdersRequest request;
  request.date_order = DateOrder::day_first;
  CHECK(date_text(log_of(rows, request).first) == "2026-04-03");
  request.date_order = DateOrder::month_first;
  CHECK(date_text(log_of(rows, request).first) == "2026-03-04");
}

TEST_CASE("a long table: first rows of each reason, progress and stopping") {
  Rows rows{{"customer", "date", "amount"}};
  for (int i = 0; i < 20000; ++i) {
    rows.push_back({"c" + std::to_string(i % 7000), date_text(day_of(2025, 1, 1) + i / 100),
                    i % 10 == 0 ? "?" : std::to_string(i % 90 + 1)});
  }
  const std::string text = table_text(rows);
  SeparatedTable table(text);
  std::vector<double> shares;
  const Result<OrderLog> result = read_order_log(table, {}, [&](double share) {
    shares.push_back(share);
    return true;
  });
  REQUIRE(result.ok());
  const OrderLog& log = result.value();
  CHECK(log.orders.size() == 18000);
  CHECK(log.customers == 6300);
  REQUIRE(log.records.dropped.size() == 1);
  CHECK(log.records.dropped[0].count == 2000);
  CHECK(log.records.dropped[0].rows.size() == k_most_listed_rows);
  CHECK(log.records.dropped[0].rows.front() == 2);
  CHECK(log.records.dropped[0].rows.back() == 992);
  CHECK(shares.size() >= 4);
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  SeparatedTable again(text);
  const Result<OrderLog> stopped = read_order_log(again, {}, [](double) { return false; });
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.errors().empty());
}

TEST_CASE("texts are numbered once each") {
  StringTable table;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 5000; ++i) CHECK(table.number_of("客户" + std::to_string(i)) == i);
  }
  CHECK(table.number_of("") == 5000);
  CHECK(table.size() == 5001);
  CHECK(table.text_of(17) == "客户17");
  CHECK(table.text_of(5000) == "");
}
