// Customers over time: cohorts inside and outside the pool, and the repeat orders they bring (step
// 11 of the model).
#pragma once

#include <vector>

#include "growth/scenario.hpp"
#include "number/number.hpp"

namespace growth::model {

/// Repeat orders per customer and month at an age of a ≥ 1 months: a given curve, or
/// rate·orders_per_repeater·(1-δ)·δ^(a-1)/(1-δ^W), whose limit at δ = 1 is rate·orders_per_repeater/W.
template <class Number>
class RepeatCurve {
 public:
  RepeatCurve(const Curve& curve, const Number& rate, const Repurchase<Number>& repurchase)
      : curve_(curve ? &*curve : nullptr),
        at_first_(rate * repurchase.orders_per_repeater /
                  num::geometric_sum(repurchase.retention,
                                     Number(static_cast<double>(repurchase.window_months)))) {}

  [[nodiscard]] bool is_given() const { return curve_ != nullptr; }
  /// Formula only: orders at age 1; each further month has `retention` of the one before.
  [[nodiscard]] const Number& at_first() const { return at_first_; }
  /// Given curve, whole age.
  [[nodiscard]] double given_at(int age) const {
    const auto i = static_cast<std::size_t>(age - 1);
    return i < curve_->size() ? (*curve_)[i] : 0.0;
  }
  /// Given curve, any age: linear between whole ages, falling to 0 in the month after its end.
  [[nodiscard]] Number given_at(const Number& age) const {
    Number total(0);
    for (std::size_t i = 0; i < curve_->size(); ++i) {
      const Number distance = age - static_cast<double>(i + 1);
      const Number nearness = 1.0 - num::max(distance, -distance);
      total = total + (*curve_)[i] * num::max(Number(0), nearness);
    }
    return total;
  }

 private:
  const std::vector<double>* curve_;
  Number at_first_;
};

/// What is left of repeat orders with this many sessions a month: the live share of them is lost
/// without any, and comes back as sessions grow (ρ).
template <class Number>
[[nodiscard]] Number live_factor(const Repurchase<Number>& repurchase, const Number& sessions) {
  return (1.0 - repurchase.live_share) - repurchase.live_share * num::expm1(-0.5 * sessions);
}

/// Repeat orders before demand and live factor: of customers inside the pool and outside it.
template <class Number>
struct Repeats {
  Number pool;
  Number outside;
};

/// Repeat orders placed in a month of this demand and this share of live sessions' pull.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Repeats<Number> placed(const Repeats<Number>& by_age,
                                                                const Number& demand,
                                                                const Number& live_factor) {
  return {demand * live_factor * by_age.pool, demand * live_factor * by_age.outside};
}

/// New customers who keep their first order, by where they buy from then on.
template <class Number>
struct Kept {
  Number joined;
  Number outside;
};

/// Buyers from the pool stay in it; of the others `joining_share` joins.
template <class Number>
[[nodiscard, gnu::always_inline]] inline Kept<Number> kept_customers(const Number& from_pool,
                                                                     const Number& from_outside,
                                                                     const Number& joining_share,
                                                                     const Number& kept) {
  return {(from_pool + joining_share * from_outside) * kept,
          (1.0 - joining_share) * from_outside * kept};
}

/// All cohorts of a plan. Under the formula, whose age profile is geometric, two decayed head counts
/// carry them all; a given curve needs the sum over cohorts. Members leave the pool at churn and buy
/// as outside customers from then on.
template <class Number>
class CohortBook {
 public:
  /// `opening_customers` are C₀, first bought `opening_age` months before the plan.
  CohortBook(const Repurchase<Number>& repurchase, const Number& churn, const Number& opening_customers,
             const Number& opening_age)
      : pool_curve_(repurchase.curve_private, repurchase.private_rate, repurchase),
        outside_curve_(repurchase.curve_public, repurchase.public_rate, repurchase),
        retention_(repurchase.retention),
        churn_(churn),
        stay_each_month_(1.0 - churn),
        keeps_cohorts_(pool_curve_.is_given() || outside_curve_.is_given()),
        opening_customers_(opening_customers),
        opening_age_(opening_age),
        pool_weight_(opening_customers * num::pow(repurchase.retention, opening_age - 1.0)) {
    if (!keeps_cohorts_) return;
    stay_.push_back(Number(1));
    leave_.push_back(Number(0));
  }

  /// `may_be_given`: false where it is known that neither curve is.
  template <bool may_be_given>
  [[nodiscard, gnu::always_inline]] Repeats<Number> repeats(int t) const {
    if (!may_be_given || !keeps_cohorts_) {
      return {pool_curve_.at_first() * pool_weight_, outside_curve_.at_first() * outside_weight_};
    }
    return {pool_curve_.is_given() ? given_pool(t) : pool_curve_.at_first() * pool_weight_,
            outside_curve_.is_given() ? given_outside(t) : outside_curve_.at_first() * outside_weight_};
  }

  /// Closes a month with the customers that kept their first order: inside and outside the pool.
  template <bool may_be_given>
  [[gnu::always_inline]] void add_cohort(const Kept<Number>& cohort) {
    const auto& [joined, outside] = cohort;
    // Σ joined_i·s^a·δ^(a-1) and Σ [joined_i·(1-s^a) + outside_i]·δ^(a-1) one month on, without
    // cancellation: who leaves the pool moves from the first to the second.
    const Number aged = retention_ * pool_weight_ + joined;
    outside_weight_ = retention_ * outside_weight_ + churn_ * aged + outside;
    pool_weight_ = stay_each_month_ * aged;
    if (may_be_given && keeps_cohorts_) keep_cohort(joined, outside);
  }

 private:
  [[gnu::noinline]] void keep_cohort(Number joined, Number outside) {
    joined_.push_back(joined);
    outside_.push_back(outside);
    leave_.push_back(leave_.back() + churn_ * stay_.back());
    stay_.push_back(stay_each_month_ * stay_.back());
  }
  [[nodiscard]] Number opening_orders(const RepeatCurve<Number>& curve, const Number& share,
                                      int t) const {
    return opening_customers_ * share * curve.given_at(opening_age_ + static_cast<double>(t));
  }
  [[nodiscard, gnu::noinline]] Number given_pool(int t) const {
    Number total = opening_orders(pool_curve_, stay_[static_cast<std::size_t>(t)], t);
    for (int i = 0; i < t; ++i) {
      const auto age = static_cast<std::size_t>(t - i);
      total = total + joined_[static_cast<std::size_t>(i)] * stay_[age] * pool_curve_.given_at(t - i);
    }
    return total;
  }
  [[nodiscard, gnu::noinline]] Number given_outside(int t) const {
    Number total = opening_orders(outside_curve_, leave_[static_cast<std::size_t>(t)], t);
    for (int i = 0; i < t; ++i) {
      const auto age = static_cast<std::size_t>(t - i);
      const auto cohort = static_cast<std::size_t>(i);
      total =
          total + (joined_[cohort] * leave_[age] + outside_[cohort]) * outside_curve_.given_at(t - i);
    }
    return total;
  }

  RepeatCurve<Number> pool_curve_;
  RepeatCurve<Number> outside_curve_;
  Number retention_;
  Number churn_;
  Number stay_each_month_;
  bool keeps_cohorts_;
  Number opening_customers_;
  Number opening_age_;
  Number pool_weight_;
  Number outside_weight_{0};
  // Only kept where a curve is given: s^a and 1-s^a by age, cohorts by month.
  std::vector<Number> stay_;
  std::vector<Number> leave_;
  std::vector<Number> joined_;
  std::vector<Number> outside_;
};

}  // namespace growth::model
