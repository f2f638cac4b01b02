// Columns of the exports merchants have, and what happens when names say nothing.
#include "calibrate/columns.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace growth;
using namespace growth::calibrate;

namespace {

using Names = std::vector<std::string>;

/// field → name of the columns that were recognised.
std::map<std::string, std::string> fields_in(const Recognition& recognition) {
  std::map<std::string, std::string> fields;
  for (const FileColumn& column : recognition.columns) {
    if (!column.field.empty()) fields[column.field] = column.name;
  }
  return fields;
}

Recognition recognised(RecordKind kind, const Names& header, const FirstRows& rows,
                       const std::vector<ColumnChoice>& choices = {}) {
  Result<Recognition> result = recognise(kind, header, rows, choices);
  REQUIRE(result.ok());
  return std::move(result).value();
}

using Fields = std::map<std::string, std::string>;

struct Export {
  const char* from;
  Names header;
  std::vector<std::string> row;
  Fields fields;
};

}  // namespace

TEST_CASE("the exports of shop back ends, order tools and plain files are recognised by name") {
  const Export exports[] = {
      {"Weixin shop",
       {"订单号", "订单状态", "订单下单时间", "支付时间", "订单实际支付金额", "商品已退款金额",
        "买家昵称", "收件人手机", "商家备注"},
       {"3701", "已发货", "2026-01-02 10:00:00", "2026-01-02 10:01:00", "88.00", "0.00", "小王",
        "138****1234", ""},
       {{"order_id", "订单号"},
        {"status", "订单状态"},
        {"date", "支付时间"},
        {"amount", "订单实际支付金额"},
        {"refund", "商品已退款金额"},
        {"customer", "买家昵称"},
        {"remark", "商家备注"}}},
      {"Youzan",
       {"订单号", "订单状态", "订单创建时间", "买家付款时间", "商品金额合计", "订单实付金额",
        "订单退款状态", "买家昵称", "买家手机号", "收货人/提货人"},
       {"E1", "交易完成", "2026-01-02 10:00:00", "2026-01-02 10:01:00", "99.00", "88.00", "", "小王",
        "13800001234", "王"},
       {{"order_id", "订单号"},
        {"status", "订单状态"},
        {"date", "买家付款时间"},
        {"amount", "订单实付金额"},
        {"refund", "订单退款状态"},
        {"customer", "买家昵称"}}},
      {"Douyin shop",
       {"主订单编号", "子订单编号", "商品数量", "商品金额", "订单应付金额", "收件人", "收件人手机号",
        "订单提交时间", "支付完成时间", "订单状态", "售后状态"},
       {"1", "11", "1", "99", "88", "王", "13800001234", "2026/1/2 10:00", "2026/1/2 10:01", "已完成",
        "-"},
       {{"order_id", "主订单编号"},
        {"amount", "订单应付金额"},
        {"customer", "收件人手机号"},
        {"date", "支付完成时间"},
        {"status", "订单状态"},
        {"refund", "售后状态"}}},
      {"Taobao",
       {"订单编号", "买家会员名", "买家应付货款", "总金额", "买家实际支付金额", "订单状态",
        "收货人姓名", "联系手机", "订单创建时间", "订单付款时间", "退款金额"},
       {"=\"1\"", "tb1", "88", "99", "88", "交易成功", "王", "'13800001234", "2026-01-02 10:00:00",
        "2026-01-02 10:01:00", "0"},
       {{"order_id", "订单编号"},
        {"customer", "买家会员名"},
        {"amount", "买家实际支付金额"},
        {"status", "订单状态"},
        {"date", "订单付款时间"},
        {"refund", "退款金额"}}},
      {"JD",
       {"订单号", "下单帐号", "下单时间", "付款确认时间", "订单状态", "订单金额", "应付金额",
        "客户姓名", "联系电话"},
       {"1", "jd_1", "2026-01-02 10:00:00", "2026-01-02 10:01:00", "完成", "99", "88", "王", "1"},
       {{"order_id", "订单号"},
        {"customer", "下单帐号"},
        {"date", "付款确认时间"},
        {"status", "订单状态"},
        {"amount", "应付金额"}}},
      {"Jushuitan",
       {"内部订单号", "线上订单号", "店铺", "买家账号", "付款日期", "下单时间", "应付金额", "已付金额",
        "状态"},
       {"1", "2", "店", "a", "2026-01-02", "2026-01-01", "90", "88", "已发货"},
       {{"order_id", "线上订单号"},
        {"customer", "买家账号"},
        {"date", "付款日期"},
        {"amount", "已付金额"},
        {"status", "状态"}}},
      {"Wangdiantong",
       {"订单编号", "原始单号", "客户网名", "交易时间", "付款时间", "应收金额", "已付", "订单状态",
        "退款状态"},
       {"JY1", "2", "a", "2026-01-02", "2026-01-02", "90", "88", "已完成", "无退款"},
       {{"order_id", "订单编号"},
        {"customer", "客户网名"},
        {"date", "付款时间"},
        {"amount", "已付"},
        {"status", "订单状态"},
        {"refund", "退款状态"}}},
      {"Guanyi",
       {"单据编号", "平台单号", "会员代码", "会员名称", "拍单时间", "付款时间", "实付金额", "单据状态"},
       {"SO1", "2", "m1", "王", "2026-01-02", "2026-01-02", "88", "正常"},
       {{"order_id", "平台单号"},
        {"customer", "会员代码"},
        {"date", "付款时间"},
        {"amount", "实付金额"},
        {"status", "单据状态"}}},
      {"Shopify",
       {"Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal",
        "Shipping", "Taxes", "Total", "Discount Code", "Created at", "Lineitem quantity",
        "Lineitem price", "Billing Name", "Notes", "Refunded Amount", "Id", "Phone"},
       {"#1001", "a@b.com", "paid", "2026-01-02 10:01:00 +0800", "fulfilled", "USD", "80", "5", "3",
        "88.00", "", "2026-01-02 10:00:00 +0800", "1", "80", "A B", "", "0.00", "4501", ""},
       {{"order_id", "Name"},
        {"customer", "Email"},
        {"status", "Financial Status"},
        {"date", "Paid at"},
        {"currency", "Currency"},
        {"amount", "Total"},
        {"refund", "Refunded Amount"},
        {"remark", "Notes"}}},
      {"WooCommerce",
       {"order_id", "order_number", "order_date", "paid_date", "status", "order_total",
        "order_currency", "customer_id", "billing_email", "customer_note"},
       {"1", "1", "2026-01-02 10:00:00", "2026-01-02 10:01:00", "completed", "88.00", "CNY", "7",
        "a@b.com", ""},
       {{"order_id", "order_id"},
        {"date", "paid_date"},
        {"status", "status"},
        {"amount", "order_total"},
        {"currency", "order_currency"},
        {"customer", "customer_id"},
        {"remark", "customer_note"}}},
      {"CDNOW",
       {"customer_id", "master_id", "date", "cds", "dollars"},
       {"1", "4", "1997-01-01", "2", "29.33"},
       {{"customer", "customer_id"}, {"date", "date"}, {"amount", "dollars"}}},
      {"Online Retail",
       {"invoice", "date", "customer_id", "amount_gbp"},
       {"536365", "2010-12-01", "17850", "139.12"},
       {{"order_id", "invoice"},
        {"date", "date"},
        {"customer", "customer_id"},
        {"amount", "amount_gbp"}}},
      {"with units and widths",
       {" 会员号 ", "下单时间（北京时间）", "实付金额(元)"},
       {"1", "2026-01-02", "88"},
       {{"customer", "会员号"}, {"date", "下单时间（北京时间）"}, {"amount", "实付金额(元)"}}}};
  for (const Export& file : exports) {
    CAPTURE(file.from);
    Names header = file.header;
    const Recognition recognition = recognised(RecordKind::orders, header, {file.row, file.row});
    Fields expected = file.fields;
    if (expected["customer"] == "会员号") expected["customer"] = " 会员号 ";
    CHECK(fields_in(recognition) == expected);
    CHECK(recognition.sure);
    CHECK(recognition.missing.empty());
    CHECK(recognition.date_order == DateOrder::year_first);
  }
}

TEST_CASE("a column of the better name loses where it is empty or holds no dates") {
  const Recognition empty = recognised(RecordKind::orders, {"会员号", "付款时间", "下单时间"},
                                       {{"1", "", "2026-01-02"}, {"2", "", "2026-01-03"}});
  CHECK(fields_in(empty).at("date") == "下单时间");
  const Recognition words = recognised(RecordKind::orders, {"customer", "date", "created at"},
                                       {{"1", "soon", "2026-01-02"}, {"2", "later", "2026-01-03"}});
  CHECK(fields_in(words).at("date") == "created at");
  // Nothing better: taken, but not surely.
  const Recognition alone = recognised(RecordKind::orders, {"customer", "date"}, {{"1", "soon"}});
  CHECK(fields_in(alone).at("date") == "date");
  CHECK_FALSE(alone.sure);
}

TEST_CASE("what only the content tells, and equal names, are not sure") {
  const Recognition content =
      recognised(RecordKind::orders, {"a", "b", "c"},
                 {{"13800001234", "2026-01-02", "¥88.00"}, {"138****1235", "2026-01-03", "12.5"}});
  CHECK(fields_in(content) == Fields{{"customer", "a"}, {"date", "b"}, {"amount", "c"}});
  CHECK_FALSE(content.sure);
  const Recognition twins =
      recognised(RecordKind::orders, {"customer", "date", "Date"}, {{"1", "2026-01-02", "2026-01-03"}});
  CHECK(fields_in(twins).at("date") == "date");
  CHECK_FALSE(twins.sure);
  // A name is a customer's only where there is no better column for one.
  const Recognition name = recognised(RecordKind::orders, {"name", "date"}, {{"Ann", "2026-01-02"}});
  CHECK(fields_in(name).at("customer") == "name");
  CHECK_FALSE(name.sure);
  const Recognition nothing = recognised(RecordKind::orders, {"x", "y"}, {{"1", "2"}});
  CHECK(nothing.missing == Names{"customer", "date"});
  CHECK_FALSE(nothing.date_order.has_value());
}

TEST_CASE("choices go first, by name or by number, and what they name must be there") {
  const Names header{"用户", "买家昵称", "date", "7"};
  const FirstRows rows{{"u", "n", "2026-01-02", "x"}};
  CHECK(
      fields_in(recognised(RecordKind::orders, header, rows, {{"customer", "用户"}})).at("customer") ==
      "用户");
  CHECK(fields_in(recognised(RecordKind::orders, header, rows, {{"customer", "1"}})).at("customer") ==
        "用户");
  CHECK(fields_in(recognised(RecordKind::orders, header, rows, {{"customer", " DATE"}, {"date", "2"}}))
            .at("customer") == "date");
  // A name goes before a number.
  CHECK(fields_in(recognised(RecordKind::orders, header, rows, {{"customer", "7"}})).at("customer") ==
        "7");
  for (const char* name : {"没有", "0", "5", "", "99999999999999999999999"}) {
    CAPTURE(name);
    const auto result = recognise(RecordKind::orders, header, rows, {{"customer", name}});
    REQUIRE_FALSE(result.ok());
    CHECK(result.errors()[0].code == ErrorCode::out_of_range);
    CHECK(result.errors()[0].path == "columns.customer");
    CHECK(result.errors()[0].allowed == "用户, 买家昵称, date, 7");
  }
  const auto unknown = recognise(RecordKind::orders, header, rows, {{"colour", "date"}});
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.errors()[0].code == ErrorCode::unknown_field);
  CHECK(unknown.errors()[0].path == "columns.colour");
  const auto twice =
      recognise(RecordKind::orders, header, rows, {{"customer", "1"}, {"order_id", "用户"}});
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.errors()[0].code == ErrorCode::conflict);
  CHECK(twice.errors()[0].path == "columns.order_id");
}

TEST_CASE("a value above twelve decides which of day and month stands first") {
  const auto order_of = [](const std::vector<std::string>& dates) {
    FirstRows rows;
    for (const std::string& date : dates) rows.push_back({"1", date});
    return recognised(RecordKind::orders, {"customer", "date"}, rows);
  };
  CHECK(order_of({"03/04/2026", "21/04/2026"}).date_order == DateOrder::day_first);
  CHECK(order_of({"03/04/2026", "04/21/2026"}).date_order == DateOrder::month_first);
  CHECK(order_of({"03/04/26", "04/21/26"}).date_order == DateOrder::month_first);
  CHECK(order_of({"2026-03-04", "Nov 3, 2026"}).date_order == DateOrder::year_first);
  const Recognition open = order_of({"2026-03-04", "03/04/2026", "05/06/2026"});
  CHECK_FALSE(open.date_order.has_value());
  REQUIRE(open.ambiguous.has_value());
  CHECK(open.ambiguous->row == 1);
  CHECK(open.ambiguous->column == 1);
  CHECK(open.ambiguous->cell == "03/04/2026");
  CHECK_FALSE(open.sure);
  CHECK_FALSE(order_of({"03/04/2026", "04/21/2026", "21/04/2026"}).date_order.has_value());
  CHECK(order_of({"03/03/2026"}).date_order == DateOrder::year_first);
}

TEST_CASE("sessions and contracts have columns of their own") {
  const Recognition sessions = recognised(
      RecordKind::sessions,
      {"场次", "开播时间", "观看人数", "私域观看", "公域观看", "成交订单数", "成交金额(元)", "投放消耗",
       "viewers_beans", "Spend_Beans", "广场点击率"},
      {{"1", "2026-01-02 20:00", "1,234", "300", "900", "40", "3999.00", "200", "34", "100", "12%"}});
  CHECK(fields_in(sessions) == Fields{{"session", "场次"},
                                      {"date", "开播时间"},
                                      {"viewers", "观看人数"},
                                      {"viewers_private", "私域观看"},
                                      {"viewers_public", "公域观看"},
                                      {"orders", "成交订单数"},
                                      {"gmv", "成交金额(元)"},
                                      {"spend", "投放消耗"},
                                      {"viewers_beans", "viewers_beans"},
                                      {"spend_beans", "Spend_Beans"},
                                      {"square_ctr", "广场点击率"}});
  CHECK(sessions.sure);
  const Recognition contracts =
      recognised(RecordKind::contracts, {"会员号", "开通日期", "取消日期"},
                 {{"1", "2026-01-02", ""}, {"2", "2026-01-03", "2026-02-03"}});
  CHECK(contracts.missing.empty());
  CHECK(contracts.sure);
  const Recognition counted =
      recognised(RecordKind::contracts, {"cohort", "period", "count"}, {{"a", "0", "100"}});
  CHECK(counted.missing.empty());
  CHECK(recognised(RecordKind::contracts, {"period"}, {{"1"}}).missing == Names{"count"});
  CHECK(is_record_field(RecordKind::sessions, "spend_douplus"));
  CHECK_FALSE(is_record_field(RecordKind::sessions, "spend_"));
  CHECK_FALSE(is_record_field(RecordKind::orders, "spend_douplus"));
}

TEST_CASE("a column's name may speak of a currency") {
  CHECK(currency_of_name("amount_gbp") == "GBP");
  CHECK(currency_of_name("金额（USD）") == "USD");
  CHECK(currency_of_name("dollars") == "USD");
  CHECK(currency_of_name("europe sales") == "");
  CHECK(currency_of_name("实付金额") == "");
}

TEST_CASE("examples are the first cells that are not empty, cut between characters") {
  const std::string text = "很长的备注很长的备注很长的备注很长的备注很长的备注很长的备注";
  const Recognition recognition =
      recognised(RecordKind::orders, {"customer", "date", "x"},
                 {{"1", "2026-01-02", ""}, {"2", "2026-01-03", text}, {"3"}});
  CHECK(recognition.columns[0].examples == Names{"1", "2", "3"});
  REQUIRE(recognition.columns[2].examples.size() == 1);
  CHECK(recognition.columns[2].examples[0] == text.substr(0, 60) + "…");
}
