// The words in which shop back ends say what became of an order.
#pragma once

#include <string_view>

namespace growth::calibrate {

enum class OrderState {
  good,       ///< paid, on its way or done
  cancelled,  ///< closed, or never paid
  refunded,   ///< wholly
  unknown,    ///< words that are not known
};
/// Of a column of states; empty is good.
[[nodiscard]] OrderState order_state(std::string_view words);
/// Of a column of refunds that holds words: refunded or good.
[[nodiscard]] OrderState refund_state(std::string_view words);

/// A buyer nobody can tell from others: empty, "-", 匿名, guest, 0, null.
[[nodiscard]] bool is_guest(std::string_view customer);
/// 测试 anywhere or "test" as a word of its own, in a name or a number.
[[nodiscard]] bool is_test_name(std::string_view text);
/// A remark that says that the order is a test; 请测试后发货 does not.
[[nodiscard]] bool is_test_remark(std::string_view remark);
/// A long number that a spreadsheet has shortened: `1.38E+10`. Its last digits are lost.
[[nodiscard]] bool is_shortened_number(std::string_view text);

}  // namespace growth::calibrate
