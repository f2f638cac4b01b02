#include "calibrate/order_words.hpp"

#include <string>

#include "calibrate/cells.hpp"

namespace growth::calibrate {
namespace {

/// Folded, without spaces, underscores and hyphens.
std::string plain(std::string_view words) {
  std::string text;
  for (const char c : folded(trimmed(words))) {
    if (c != ' ' && c != '_' && c != '-') text += c;
  }
  return text;
}

template <std::size_t Count>
bool contains_any(std::string_view text, const std::string_view (&words)[Count]) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

template <std::size_t Count>
bool is_any(std::string_view text, const std::string_view (&words)[Count]) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

// Refunds that did not happen, are not over or are not whole: the order stands.
constexpr std::string_view k_no_whole_refund[] = {
    "部分退款", "退款关闭",  "退款失败", "退款取消",    "取消退款", "退款中",         "退款处理",
    "申请退款", "待退款",    "未退款",   "无退款",      "无需退款", "未申请",         "撤销退款",
    "撤销售后", "拒绝退款",  "退款拒绝", "退款申请",    "没有退款", "售后关闭",       "售后取消",
    "售后中",   "partially", "partial",  "notrefunded", "norefund", "refundrejected", "refunddeclined"};
constexpr std::string_view k_refunded[] = {
    "已退款",        "退款成功",        "退款完成",   "全额退款", "全部退款", "退款已完成",
    "已退货",        "退货成功",        "退货完成",   "售后完成", "售后成功", "refunded",
    "refundsuccess", "refundcompleted", "chargeback", "returned"};
constexpr std::string_view k_cancelled[] = {"取消",
                                            "关闭",
                                            "未付款",
                                            "待付款",
                                            "未支付",
                                            "待支付",
                                            "等待买家付款",
                                            "等待付款",
                                            "未成团",
                                            "拼团失败",
                                            "成团失败",
                                            "作废",
                                            "无效",
                                            "付款失败",
                                            "支付失败",
                                            "已失效",
                                            "支付超时",
                                            "付款超时",
                                            "待成团",
                                            "cancel",
                                            "void",
                                            "unpaid",
                                            "awaitingpayment",
                                            "pendingpayment",
                                            "paymentpending",
                                            "waitingforpayment",
                                            "failed",
                                            "expired",
                                            "abandoned",
                                            "closed"};
/// Whole words, because they stand in others.
constexpr std::string_view k_cancelled_words[] = {"pending", "onhold",    "draft",   "checkoutdraft",
                                                  "trash",   "wcpending", "wconhold"};
constexpr std::string_view k_good[] = {
    "发货",      "完成",       "成功",     "签收",    "收货",     "评价",       "出库",
    "付款",      "支付",       "正常",     "审核",    "配货",     "打单",       "拣货",
    "备货",      "成团",       "退款",     "售后",    "揽收",     "运输",       "派送",
    "配送",      "自提",       "核销",     "使用",    "结算",     "锁定",       "分配",
    "打印",      "接单",       "处理",     "提货",    "paid",     "complete",   "shipped",
    "delivered", "fulfilled",  "process",  "success", "finished", "authorized", "confirmed",
    "captured",  "dispatched", "received", "partial", "active",   "done",       "transit"};

constexpr std::string_view k_guests[] = {
    "",          "-",        "--",           "—",    "——",   "/",    "0",         "匿名",
    "匿名用户",  "匿名买家", "匿名会员",     "游客", "散客", "未知", "无",        "guest",
    "null",      "none",     "nan",          "na",   "n/a",  "#n/a", "undefined", "unknown",
    "anonymous", "nil",      "guestcheckout"};

constexpr std::size_t k_longest_guest = 24;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

OrderState order_state(std::string_view words) {
  const std::string text = plain(words);
  if (text.empty()) return OrderState::good;
  if (contains_any(text, k_no_whole_refund)) return OrderState::good;
  if (contains_any(text, k_refunded)) return OrderState::refunded;
  if (contains_any(text, k_cancelled) || is_any(text, k_cancelled_words)) return OrderState::cancelled;
  return contains_any(text, k_good) ? OrderState::good : OrderState::unknown;
}

OrderState refund_state(std::string_view words) {
  const std::string text = plain(words);
  if (contains_any(text, k_no_whole_refund)) return OrderState::good;
  return contains_any(text, k_refunded) ? OrderState::refunded : OrderState::good;
}

bool is_guest(std::string_view customer) {
  // Most are numbers or long; no word for a guest is.
  if (customer.size() > k_longest_guest) return false;
  if (!customer.empty() && customer.front() >= '1' && customer.front() <= '9') return false;
  const std::string text = plain(customer);
  // A name hidden wholly by asterisks.
  return is_any(text, k_guests) || text.find_first_not_of('*') == std::string::npos;
}

bool is_test_name(std::string_view text) {
  // The bytes that "test", in either width, or 测试 begin with.
  if (text.find_first_of("tT\xEF\xE6") == std::string_view::npos) return false;
  const std::string name = folded(text);
  if (name.find("测试") != std::string::npos) return true;
  constexpr std::string_view k_test = "test";
  for (std::size_t at = name.find(k_test); at != std::string::npos; at = name.find(k_test, at + 1)) {
    const std::size_t end = at + k_test.size();
    if ((at == 0 || !is_letter(name[at - 1])) && (end == name.size() || !is_letter(name[end]))) {
      return true;
    }
  }
  return false;
}

bool is_test_remark(std::string_view remark) {
  constexpr std::string_view k_whole[] = {"测试", "test", "testing", "内部测试"};
  constexpr std::string_view k_parts[] = {"测试单", "测试订单", "testorder"};
  const std::string text = plain(remark);
  return is_any(text, k_whole) || contains_any(text, k_parts);
}

bool is_shortened_number(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || text.substr(e + 1, 1) != "+") return false;
  const std::string_view digits = text.substr(0, e);
  const std::string_view power = text.substr(e + 2);
  return !power.empty() && digits.find_first_not_of("0123456789.") == std::string_view::npos &&
         power.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace growth::calibrate
