#include "analysis/returns_on_spend.hpp"

#include <string>

#include "analysis/explain.hpp"
#include "analysis/formula.hpp"
#include "analysis/wording.hpp"

namespace growth::analysis {
namespace {

constexpr int k_digits_for_reading = 6;

// In the language of formula.hpp, so that the words cannot say anything but what was computed.
const std::string k_spend = "sum(media_spend)";
const std::string k_first_orders = "price*(sum(new_customers_voucher) + sum(new_customers_paid))";
const std::string k_kept = "(1 - orders.return_rate)";
const std::string k_settled_first_orders = k_kept + "*" + k_first_orders;
const std::string k_contribution =
    "sum((new_customers_voucher + new_customers_paid)*(price*(1 - orders.return_rate)*(margin - "
    "fee_rate) - costs.shipping_per_order - orders.return_rate*costs.return_cost_per_order))";
// Of an order at the shop's own fee, where there are no such orders to weigh the months with.
const std::string k_order_contribution = "first_order_margin";

constexpr Text k_no_spend{"没有花钱投放，这个投产比不存在。",
                          "Nothing is spent on channels, so there is no such return."};
constexpr Text k_nothing_left{
    "一个首单扣掉退货、货品、平台费和履约就不剩钱，首单投产比再高也不保本，只能靠复购。",
    "A first order leaves nothing after returns, goods, fee and fulfilment: no return on first orders "
    "breaks even, only repeat orders can."};
constexpr Text k_loses_anyway{"不算投放也在亏，总投产比再高也不保本。",
                              "The plan loses money even before the spend, so no overall return breaks "
                              "even."};
constexpr Text k_nothing_sold{"投放和流量券没带来成交，没法换算。",
                              "Channels and vouchers sell nothing, so there is nothing to convert."};

struct Ratio {
  std::string over;
  std::string under;  ///< a product, or in parentheses
};

int last_month(const Plan& plan) { return static_cast<int>(plan.months.size()) - 1; }

/// The formula with its numbers: what is summed over months stands as one.
std::string with_totals(std::string_view formula, const Plan& plan) {
  std::string text;
  std::size_t position = 0;
  std::size_t told = 0;  // what lies before is in the text
  for (const FormulaPart& part : parts_of(formula)) {
    const std::size_t begin = position;
    position += part.text.size();
    if (begin < told) continue;
    told = position;
    if (part.kind == FormulaPart::Kind::name) {
      text += significant_text(value_of(part.text, plan, last_month(plan)), k_digits_for_reading);
    } else if (part.kind == FormulaPart::Kind::other) {
      text += part.text;
    } else {
      int depth = 1;
      for (++told; depth > 0; ++told) depth += formula[told] == '(' ? 1 : formula[told] == ')' ? -1 : 0;
      const std::string_view call = formula.substr(begin, told - begin);
      text += significant_text(evaluate(call, plan, last_month(plan)), k_digits_for_reading);
    }
  }
  return text;
}

StatedNumber stated(const Ratio& ratio, const Text& reason, const Plan& plan) {
  const auto number = [&](const std::string& formula) {
    return evaluate(formula, plan, last_month(plan));
  };
  StatedNumber result;
  result.value = defined({number(ratio.over), number(ratio.under)});
  result.formula = ratio.under == "1" ? ratio.over : ratio.over + "/" + ratio.under;
  Explanation explanation;
  fill_formula(explanation, result.formula, plan, last_month(plan));
  result.in_words = explanation.in_words;
  if (result.value) {
    result.with_numbers = with_totals(result.formula, plan);
  } else {
    result.reason = reason;
  }
  return result;
}

bool sells(const Plan& plan) {
  return evaluate(k_first_orders, plan, last_month(plan)) >= k_no_denominator;
}

}  // namespace

std::vector<ReturnOnSpend> returns_on_spend(const Plan& plan) {
  const auto value = [&](const std::string& over) { return stated({over, k_spend}, k_no_spend, plan); };
  const auto pays_from = [&](const std::string& sold, const std::string& price) {
    return stated(sells(plan) ? Ratio{sold, k_contribution} : Ratio{price, k_order_contribution},
                  k_nothing_left, plan);
  };
  return {
      {"paid",
       {"支付 ROI", "Paid ROI"},
       {"投放和流量券带来的首单下单额 ÷ 投放花费，退货前。投放后台一般看的就是它。",
        "Value ordered in first orders of paid and voucher viewers over the spend, before returns: "
        "what "
        "ad consoles usually show."},
       value(k_first_orders),
       pays_from(k_first_orders, "price")},
      {"settled",
       {"结算 ROI", "Settled ROI"},
       {"同样的首单，扣掉退货再 ÷ 投放花费。", "The same first orders after returns, over the spend."},
       value(k_settled_first_orders),
       pays_from(k_settled_first_orders, k_kept + "*price")},
      {"net",
       {"净 ROI", "Net ROI"},
       {"同样的首单，扣掉退货、货品、平台费和履约后剩的钱 ÷ 投放花费。到 1 就是首单回本。",
        "What the same first orders leave after returns, goods, fee and fulfilment, over the spend. At "
        "1 "
        "the first order has paid."},
       value(k_contribution),
       stated({"1", "1"}, {}, plan)},
      {"overall",
       {"综合 ROI", "Overall ROI"},
       {"全部成交额（自然流量、私域、复购都算）÷ 投放花费。越不靠投放，它越高。",
        "All GMV, natural, private and repeat sales included, over the spend. The less the plan rests "
        "on "
        "ads, the higher it is."},
       value("sum(gmv)"),
       stated({"sum(gmv)", "(sum(profit) + sum(media_spend))"}, k_loses_anyway, plan)},
  };
}

std::vector<ReturnConversion> return_conversions(const Plan& plan) {
  const auto factor = [&](const std::string& over, const std::string& under) {
    return stated({over, under}, k_nothing_sold, plan);
  };
  return {
      {"paid",
       "settled",
       {"没退货的那部分", "The share that is not returned"},
       factor("1 - orders.return_rate", "1")},
      {"settled",
       "net",
       {"每 1 元结算额扣掉货品、平台费和履约还剩的",
        "What ¥1 of settled sales leaves after goods, fee and fulfilment"},
       factor(k_contribution, "(" + k_settled_first_orders + ")")},
      {"paid",
       "overall",
       {"全部成交额是投放首单的几倍", "All GMV as a multiple of those first orders"},
       factor("sum(gmv)", "(" + k_first_orders + ")")},
  };
}

}  // namespace growth::analysis
