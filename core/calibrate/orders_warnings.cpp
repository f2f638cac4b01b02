#include "calibrate/orders_warnings.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

// Below these a fit is rough: relative errors of a rate are about 1/√orders.
constexpr std::uint64_t k_few_repeats = 100;
constexpr Day k_short_record = 90;  // days
// Relative error of the holdout that is worth saying.
constexpr double k_holdout_off = 0.10;
constexpr double k_correlated = 0.2;

std::string whole(double number) {
  return std::to_string(static_cast<long long>(std::llround(number)));
}
std::string percent(double share) { return whole(share * 100) + "%"; }

class Warnings {
 public:
  Warnings(const OrderLog& log, const ObservedBase& base, const OrdersFit& fit)
      : log_(log), base_(base), fit_(fit) {}

  std::vector<Warning> all() {
    record();
    if (fit_.chosen) {
      churn();
      parameters();
      holdout();
      curve();
    }
    money();
    return std::move(list_);
  }

 private:
  void add(std::string code, std::string path, Message message) {
    list_.push_back({std::move(code), std::move(path), std::move(message)});
  }

  void record() {
    if (base_.repeats == 0) {
      add("no_repeat_orders", "",
          {"这份订单里没有一位客户在不同的日子下过两单，复购算不出来；下面只给出看得到的数。",
           "No customer in this file ordered on two days, so repeat purchase cannot be estimated; only "
           "what "
           "can be seen is shown."});
    } else if (base_.repeats < k_few_repeats) {
      const std::string orders = std::to_string(base_.repeats);
      add("few_repeat_orders", "",
          {"校准期内只有 " + orders + " 笔复购订单，各项估计都很粗，请看区间。",
           "There are only " + orders +
               " repeat orders in the calibration period: every estimate is rough, look at the "
               "intervals."});
    }
    if (const Day days = log_.last - log_.first + 1; days < k_short_record) {
      add("short_record", "period",
          {"订单只覆盖 " + std::to_string(days) + " 天，看不出几个月后的复购。",
           "The orders cover only " + std::to_string(days) +
               " days; they cannot show what happens after some months."});
    }
    std::size_t later = 0;
    std::size_t only_zero = 0;
    std::size_t early = 0;
    std::size_t late = 0;
    for_each_customer(log_, [&](const Order* begin, const Order* end) {
      if (begin->day > base_.calibration_end) ++later;
      if (log_.has_amounts && end - begin == 1 && begin->amount == 0) ++only_zero;
      if (begin->day < log_.first + k_days_per_month) ++early;
      if (begin->day > log_.last - k_days_per_month) ++late;
    });
    if (later > 0) {
      const std::string customers = std::to_string(later);
      add("acquired_after_calibration", "period.calibration_end",
          {customers + " 位客户在校准截止日之后才首次下单，不参与拟合，也不算进留出误差。",
           customers + " customers ordered first after the end of calibration; they are in neither the "
                       "fit nor the "
                       "holdout."});
    }
    if (only_zero > 0) {
      const std::string customers = std::to_string(only_zero);
      add("only_zero_orders", "",
          {customers + " 位客户只有 0 元订单（试用、赠品），按一次首购计入，没有金额。",
           customers + " customers have nothing but a zero order (a sample, a gift); it counts as "
                       "their first order, "
                       "without an amount."});
    }
    // A shop that still wins customers but met an unusual number of them in the first month was
    // probably open before the record began.
    if (const double months = static_cast<double>(log_.last - log_.first + 1) / k_days_per_month;
        months > 3 && late > 0 &&
        static_cast<double>(early) > 2 * static_cast<double>(log_.customers - early) / (months - 1)) {
      add("record_starts_late", "period.from",
          {"第一个月“新”客户特别多：店铺很可能早就开了，老客户被当成了首购。请导出更早的订单，否则复购"
           "会偏高。",
           "The first month holds unusually many \"new\" customers: the shop was probably open before, "
           "and old "
           "customers look like first orders. Export earlier orders, or repeat purchase comes out too "
           "high."});
    }
  }

  void churn() {
    if (fit_.churn_identifiable) return;
    add("no_measurable_churn", "",
        {"这段时间里看不出客户流失：带流失的模型并不比不流失的好。复购曲线只给到记录的长度，之后会怎样"
         "，这份数据说明不了。",
         "No measurable churn in this window: models with churn fit no better than the one without. "
         "The repeat "
         "curve ends with the record; what comes after, these data cannot tell."});
  }

  void parameters() {
    const CustomerBaseModelFit& model = chosen();
    const auto names = customer_base_parameter_names(model.model);
    for (std::size_t i = 0; i < model.log_standard_errors.size(); ++i) {
      if (!(model.log_standard_errors[i] > 1)) continue;
      const std::string name(names[i]);
      add("weak_parameter", "models." + std::string(customer_base_model_name(model.model)) + "." + name,
          {"客户或订单太少，参数 " + name + " 几乎定不下来。",
           "Too few customers or orders: parameter " + name + " is hardly determined."});
    }
  }

  void holdout() {
    const CustomerBaseModelFit& model = chosen();
    const std::string path =
        "models." + std::string(customer_base_model_name(model.model)) + ".holdout";
    if (!model.holdout) {
      add("no_holdout", path,
          {"记录太短，留不出一段来检验预测。",
           "The record is too short to hold a part of it back and test the prediction."});
      return;
    }
    if (!(model.holdout->actual > 0)) return;
    const double off = model.holdout->predicted / model.holdout->actual - 1;
    if (std::fabs(off) < k_holdout_off) return;
    const std::string share = percent(std::fabs(off));
    add("holdout_off", path,
        {"留出的那段里，模型比实际" + std::string(off > 0 ? "多" : "少") + "算了 " + share +
             "：常见原因是淡旺季、活动或客户变了。",
         "In the holdout the model expects " + share + (off > 0 ? " more" : " less") +
             " than came: usually a season, a campaign, or customers who changed."});
  }

  void curve() {
    if (!fit_.curve) return;
    const auto seen =
        static_cast<std::size_t>(std::count_if(fit_.curve->observed.begin(), fit_.curve->observed.end(),
                                               [](const auto& m) { return m.has_value(); }));
    if (seen < fit_.curve->p50.size()) {
      add("beyond_record", "repeat_curve",
          {"第 " + std::to_string(seen + 1) + " 个月起没有数据，复购曲线是模型外推。",
           "From month " + std::to_string(seen + 1) +
               " on there are no data: the curve is the model's "
               "extrapolation."});
    }
    add("curve_without_spread", "scenario.repurchase",
        {"复购曲线是一组固定的数，盖过复购率那几项。想让复购的不确定性进入测算，就不要用曲线，只用复购"
         "率、复购单数和留存。",
         "The repeat curve is fixed and replaces the repurchase rate and its fellows. To let their "
         "spread work "
         "in the futures, leave the curve out and use rate, orders per repeater and retention."});
  }

  void money() {
    if (fit_.values && fit_.records.currency != "CNY") {
      add("foreign_currency", "order_value",
          {"金额是 " + fit_.records.currency + "，不是人民币，客单价没有写进方案。",
           "Amounts are in " + fit_.records.currency +
               ", not in yuan: the order value is not put into the scenario."});
    }
    if (!fit_.spend) return;
    if (!fit_.spend->mean) {
      add("mean_spend_undefined", "spend.mean",
          {"客单价的分布尾巴太重（q ≤ 1），平均值不存在，请看中位数。",
           "Order values have so heavy a tail (q ≤ 1) that their mean does not exist; use the "
           "median."});
    }
    if (std::fabs(fit_.spend->correlation) > k_correlated) {
      add("spend_depends_on_orders", "spend.correlation",
          {"买得越勤的客户客单价越" + std::string(fit_.spend->correlation > 0 ? "高" : "低") +
               "，金额模型假定两者无关，个体估计会有偏。",
           "Customers who order more often spend " +
               std::string(fit_.spend->correlation > 0 ? "more" : "less") +
               " per order; the spend model takes the two as independent, so estimates per customer "
               "are "
               "biased."});
    }
  }

  const CustomerBaseModelFit& chosen() const {
    return *std::find_if(
        fit_.models.begin(), fit_.models.end(),
        [&](const CustomerBaseModelFit& model) { return model.model == *fit_.chosen; });
  }

  const OrderLog& log_;
  const ObservedBase& base_;
  const OrdersFit& fit_;
  std::vector<Warning> list_;
};

}  // namespace

std::vector<Warning> orders_warnings(const OrderLog& log, const ObservedBase& base,
                                     const OrdersFit& fit) {
  return Warnings(log, base, fit).all();
}

}  // namespace growth::calibrate
