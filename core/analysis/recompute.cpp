#include "analysis/recompute.hpp"

#include <cstddef>
#include <limits>
#include <map>
#include <utility>

#include "analysis/evaluator.hpp"
#include "growth/quantities.hpp"
#include "model/economics.hpp"
#include "model/incentives.hpp"

namespace growth::analysis {
namespace {

constexpr std::string_view k_sheet_names[] = {"parameters", "plan",           "ages",
                                              "months",     "terms",          "workings",
                                              "programmes", "unit_economics", "summary"};

Message message(const Text& text) { return {std::string(text.zh), std::string(text.en)}; }

Stated stated(Sheet sheet, const Quantity& quantity) {
  return {std::string(quantity.id),
          sheet,
          quantity.unit,
          message(quantity.label),
          message(quantity.definition),
          std::string(quantity.formula),
          std::string(quantity.first),
          {}};
}

/// Orders at age 1 by the formula of the repeat curve; each further month has `retention` of them.
std::string first_repeats(const std::string& rate) {
  return rate +
         "*repurchase.orders_per_repeater/geometric_sum(repurchase.retention, "
         "repurchase.window_months)";
}

/// What a new customer is worth before any repeat order.
constexpr std::string_view k_at_once =
    "(private.buyer_join_rate*(first_order_margin - costs.join_cost_per_user) + (1 - "
    "private.buyer_join_rate)*first_order_margin)";

/// What a customer of an age buys and is worth, and which share of a month's revenue arrives by then.
void state_ages(const Scenario<double>& scenario, std::vector<Stated>& all) {
  using enum Unit;
  const auto line = [&](const char* id, Unit unit, const Message& label, const std::string& formula,
                        const std::string& first = {}) -> Stated& {
    return state(all, Sheet::ages, id, unit, label, formula, first);
  };
  const auto curve = [&](const std::string& id, const Curve& given, const char* rate_path,
                         const Message& label) {
    Stated& added = line(id.c_str(), orders_per_customer, label,
                         "repurchase.retention*prev(" + id + ")", first_repeats(rate_path));
    added.definition = {"每个客户首单后第几个月下几单。",
                        "Orders per customer in each month after the first order."};
    if (!given) return;
    added.formula.clear();
    added.first.clear();
    added.values = *given;
    added.values.resize(k_ages, 0.0);
  };
  line("stay", rate, {"还在私域", "Still in the pool"}, "(1 - private.monthly_churn)*prev(stay)",
       "1 - private.monthly_churn")
      .definition = {"进私域这么久之后还在的比例。", "Share of those who joined that is still there."};
  line("leave", rate, {"已离开私域", "Has left the pool"},
       "prev(leave) + private.monthly_churn*prev(stay)", "private.monthly_churn")
      .definition = {"走掉的人照公域客户的习惯买。", "Who left buys as customers outside do."};
  curve("repeat_pool", scenario.repurchase.curve_private, "repurchase.private_rate",
        {"复购曲线，私域", "Repeat curve, private"});
  curve("repeat_outside", scenario.repurchase.curve_public, "repurchase.public_rate",
        {"复购曲线，公域", "Repeat curve, public"});
  line("repeat_staying", orders_per_customer, {"进过私域的人，留下的下单", "Orders of those who stay"},
       "stay*repeat_pool");
  line("repeat_leaving", orders_per_customer, {"进过私域的人，走掉的下单", "Orders of those who left"},
       "leave*repeat_outside");
  line("arrival", rate, {"这个月到账的比例", "Share that arrives"},
       "max(0, 1 - max(costs.settlement_days/30 - age, age - costs.settlement_days/30))")
      .definition = {"成交之后第几个月到账多少，按回款天数。",
                     "Share of revenue that arrives this many months later, by the settlement days."};
  const std::string repeat_worth = "(1 - orders.return_rate)*last(live_factor)*repeat_order_margin*";
  const std::string discounted = "*(1 + costs.discount_rate_monthly)^(-age)";
  line("pool_month", yuan, {"私域客户这个月的价值", "A private customer's month"},
       "(" + repeat_worth + "(repeat_staying + repeat_leaving) - stay*costs.private_cost_per_user)" +
           discounted);
  line("outside_month", yuan, {"公域客户这个月的价值", "A public customer's month"},
       repeat_worth + "repeat_outside" + discounted);
  line("customer_month", yuan, {"新客这个月的价值", "A new customer's month"},
       "private.buyer_join_rate*pool_month + (1 - private.buyer_join_rate)*outside_month");
  line("customer_value", yuan, {"新客累计价值", "Value so far"},
       "prev(customer_value) + customer_month", std::string(k_at_once) + " + customer_month")
      .definition = {"平均一个新客到这个月龄为止值多少。",
                     "What the average new customer is worth up to this age."};
  line("paid_back", none, {"已回本（1 是）", "Paid back (1: yes)"},
       "max(prev(paid_back), 1*(cac <= customer_value))", "1*(cac <= customer_value)")
      .definition = {"到这个月龄，累计价值够不够获客成本。",
                     "Whether the value so far has reached the cost of a new customer."};
}

void state_workings(const Scenario<double>& scenario, std::vector<Stated>& all) {
  using enum Unit;
  const auto line = [&](const char* id, Unit unit, const Message& label, const std::string& formula,
                        const std::string& first = {}) -> Stated& {
    return state(all, Sheet::workings, id, unit, label, formula, first);
  };
  line("joined", users, {"留下首单的私域新客", "Kept first orders, pool"},
       "(new_customers_private + private.buyer_join_rate*pool_room*outside_buyers)*(1 - "
       "orders.return_rate)")
      .definition = {"首单没退、人在私域里的新客，这个月的一批。",
                     "New customers in the pool who kept their first order."};
  line("not_joined", users, {"留下首单的公域新客", "Kept first orders, outside"},
       "(1 - private.buyer_join_rate*pool_room)*outside_buyers*(1 - orders.return_rate)")
      .definition = {"首单没退、没进私域的新客，这个月的一批。",
                     "New customers outside the pool who kept their first order."};
  line("opening_stay", rate, {"期初老客还在私域", "Opening customers still there"},
       "(1 - private.monthly_churn)*prev(opening_stay)", "1");
  line("opening_leave", rate, {"期初老客已离开", "Opening customers who left"},
       "prev(opening_leave) + private.monthly_churn*prev(opening_stay)", "0");
  const auto opening = [&](const char* id, const Curve& given, const std::string& curve,
                           const char* rate_path, const Message& label) {
    line(id, orders_per_customer, label,
         given ? "at_age(" + curve + ", private.customer_age_months + month - 1)"
               : first_repeats(rate_path) +
                     "*repurchase.retention^(private.customer_age_months + month - 2)");
  };
  opening("opening_pool", scenario.repurchase.curve_private, "repeat_pool", "repurchase.private_rate",
          {"期初老客每人复购，私域", "Repeats per opening customer, pool"});
  opening("opening_outside", scenario.repurchase.curve_public, "repeat_outside",
          "repurchase.public_rate",
          {"期初老客每人复购，离开后", "Repeats per opening customer, outside"});
  line("losing_until", none, {"累计亏到第几个月", "Below zero until month"},
       "select(0 <= cumulative_profit, prev(losing_until), month)",
       "select(0 <= cumulative_profit, 0, month)");
}

/// The formulas that quantities.hpp leaves empty, but for what programmes pay.
void complete(std::vector<Stated>& all) {
  const std::pair<std::string_view, std::string> k_formulas[] = {
      {"pool_repeats",
       "demand*live_factor*(private.users*private.customer_share*opening_stay*opening_pool + "
       "earlier(joined, repeat_staying))"},
      {"outside_repeats",
       "demand*live_factor*(private.users*private.customer_share*opening_leave*opening_outside + "
       "earlier(joined, repeat_leaving) + earlier(not_joined, repeat_outside))"},
      {"cash_in", "max(0, 1 - costs.settlement_days/30)*revenue + earlier(revenue, arrival)"},
      {"ltv_private",
       "first_order_margin - costs.join_cost_per_user + ages((age <= "
       "repurchase.ltv_months)*pool_month)"},
      {"ltv_public", "first_order_margin + ages((age <= repurchase.ltv_months)*outside_month)"},
      {"payback_month", "select(horizon_months <= last(losing_until), none, last(losing_until) + 1)"},
  };
  for (Stated& line : all) {
    for (const auto& [id, formula] : k_formulas) {
      if (line.id == id && line.formula.empty()) line.formula = formula;
    }
  }
}

/// A quotient that does not exist where its denominator vanishes.
std::string quotient(const std::string& formula) {
  std::size_t slash = 0;
  int depth = 0;
  for (std::size_t i = 0; i < formula.size(); ++i) {
    depth += formula[i] == '(' ? 1 : formula[i] == ')' ? -1 : 0;
    if (formula[i] == '/' && depth == 0) slash = i;
  }
  return "select(" + formula.substr(slash + 1) + " < 0.000000001, none, " + formula + ")";
}

void state_totals(const Scenario<double>& scenario, std::vector<Stated>& all) {
  for (const auto& entry : unit_economics_quantities()) {
    all.push_back(stated(Sheet::unit_economics, entry.quantity));
  }
  const auto line = [&](std::string id, Unit unit, Message label, std::string formula) {
    state(all, Sheet::unit_economics, std::move(id), unit, std::move(label), std::move(formula));
  };
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    const std::string& id = scenario.channels[c].id;
    line("max_cost_per_viewer." + id, Unit::yuan_per_viewer,
         {"一个观众最多花 · " + id, "Highest cost per viewer · " + id},
         "min(1, conversion.public*(channels." + std::to_string(c) +
             ".precision/audience.reference_purity)*(1 + "
             "orders.price_change)^orders.price_elasticity)*max_cac");
  }
  line("break_even_roi", Unit::factor, {"保本投产比（不算发货）", "Break-even ROI before fulfilment"},
       "select(break_even_margin <= 0, none, 1/break_even_margin)");
  const std::string months = "ages((age <= repurchase.ltv_months)*(1 - paid_back))";
  line("customer_payback_months", Unit::months, {"新客几个月回本", "Months until a customer pays back"},
       "select(sum(new_customers_paid) < 0.000000001, none, select(cac <= " + std::string(k_at_once) +
           ", 0, select(repurchase.ltv_months <= " + months + ", none, 1 + " + months + ")))");
  for (const SummaryEntry& entry : summary_quantities()) {
    all.push_back(stated(Sheet::summary, entry.quantity));
    if (std::holds_alternative<const Quotient<double>& (*)(const Summary<double>&)>(entry.read)) {
      all.back().formula = quotient(all.back().formula);
    }
  }
}

/// Names stand for quantities that are worked out when they are first asked for.
class Recomputation {
 public:
  static constexpr bool k_reaches_further = true;
  static constexpr int k_ages = analysis::k_ages;

  Recomputation(const Scenario<double>& scenario, std::vector<Stated>& all)
      : scenario_(scenario), all_(all), known_(all.size()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      // A summary's id may be that of a column; formulas mean the column.
      index_.try_emplace(all[i].id, i);
      known_[i].assign(length(all[i].sheet), !all[i].values.empty());
      all[i].values.resize(length(all[i].sheet));
    }
    for (const FieldEntry& entry : fields()) {
      if (const auto* number = std::get_if<0>(&entry.access)) {
        inputs_[std::string(entry.field.path)] = number->read(scenario);
      } else if (const auto* whole = std::get_if<1>(&entry.access)) {
        inputs_[std::string(entry.field.path)] = whole->read(scenario);
      }
    }
    for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
      for (const ChannelFieldEntry& entry : channel_fields()) {
        inputs_["channels." + std::to_string(c) + "." + std::string(entry.field.path)] =
            entry.access.read(scenario.channels[c]);
      }
    }
  }

  /// Month by month, so that nothing has to be worked out through all months at once.
  void run() const {
    for (int t = 0; t < k_ages; ++t) {
      for (std::size_t i = 0; i < all_.size(); ++i) {
        const Sheet sheet = all_[i].sheet;
        const bool now = sheet == Sheet::ages || (is_monthly(sheet) && t < months());
        if (now) compute(i, t);
      }
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (known_[i].size() == 1) compute(i, 0);
    }
  }

  [[nodiscard]] double value(std::string_view name, int month) const {
    if (name == "month" || name == "age") return month + 1;
    if (name == "none") return std::numeric_limits<double>::quiet_NaN();
    if (name == "season") return model::season_factor(scenario_.business, month);
    const auto quantity = index_.find(name);
    if (quantity != index_.end()) return compute(quantity->second, month);
    const auto input = inputs_.find(name);
    return input == inputs_.end() ? std::numeric_limits<double>::quiet_NaN() : input->second;
  }
  [[nodiscard]] double of_channel(std::string_view field, std::size_t channel) const {
    return value("channels." + std::to_string(channel) + "." + std::string(field), 0);
  }
  [[nodiscard]] int months() const { return scenario_.horizon_months; }
  [[nodiscard]] std::size_t channels() const { return scenario_.channels.size(); }

 private:
  [[nodiscard]] static bool is_monthly(Sheet sheet) {
    return sheet >= Sheet::months && sheet <= Sheet::programmes;
  }
  [[nodiscard]] std::size_t length(Sheet sheet) const {
    if (sheet == Sheet::ages) return k_ages;
    return is_monthly(sheet) ? static_cast<std::size_t>(months()) : 1;
  }
  double compute(std::size_t i, int month) const {
    Stated& line = all_[i];
    const auto at = line.values.size() == 1 ? 0 : static_cast<std::size_t>(month);
    if (!known_[i][at]) {
      const bool first = at == 0 && !line.first.empty();
      line.values[at] = Evaluator(first ? line.first : line.formula, *this, month).run();
      known_[i][at] = true;
    }
    return line.values[at];
  }

  const Scenario<double>& scenario_;
  std::vector<Stated>& all_;
  mutable std::vector<std::vector<bool>> known_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::map<std::string, double, std::less<>> inputs_;
};

}  // namespace

std::string_view sheet_name(Sheet sheet) { return k_sheet_names[static_cast<std::size_t>(sheet)]; }

Stated& state(std::vector<Stated>& all, Sheet sheet, std::string id, Unit unit, Message label,
              std::string formula, std::string first) {
  all.push_back(
      {std::move(id), sheet, unit, std::move(label), {}, std::move(formula), std::move(first), {}});
  return all.back();
}

std::vector<Stated> recompute(const Scenario<double>& scenario, const PolicyPack* pack) {
  std::vector<Stated> all;
  for (const Quantity& term : plan_terms()) all.push_back(stated(Sheet::plan, term));
  state_ages(scenario, all);
  for (const auto& entry : month_columns()) all.push_back(stated(Sheet::months, entry.quantity));
  for (const auto& entry : month_terms()) all.push_back(stated(Sheet::terms, entry.quantity));
  state_workings(scenario, all);
  state_programmes(scenario, model::incentives_of(scenario, pack), all);
  state_totals(scenario, all);
  complete(all);
  Recomputation(scenario, all).run();
  return all;
}

}  // namespace growth::analysis
