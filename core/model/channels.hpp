// Paid channels and traffic vouchers: what money and face value buy (steps 8 and 9 of the model).
#pragma once

#include <algorithm>
#include <vector>

#include "number/number.hpp"

namespace growth::model {

/// Viewers that `spend` ¥ a month bring: (half/cost_per_viewer)/(1+(half/spend)^shape), 0 at 0.
template <class Number>
[[nodiscard]] Number response(const Number& spend, const Number& cost_per_viewer,
                              const Number& half_saturation, const Number& shape) {
  return half_saturation / cost_per_viewer * num::hill(spend, half_saturation, shape);
}

/// Voucher lots by the last month in which they are valid. Lots that expire together need not be
/// told apart: what is used is taken from the earliest expiry first.
template <class Number>
class VoucherBook {
 public:
  struct MonthResult {
    Number used;
    Number expired;
    Number balance;  ///< after expiry
  };

  /// A lot that becomes valid in month t (0-based) and stays so for `valid_months` months.
  void grant(const Number& face, int t, int valid_months) {
    const auto last = static_cast<std::size_t>(t + valid_months - 1);
    if (last >= lots_.size()) lots_.resize(last + 1, Number(0));
    lots_[last] = lots_[last] + face;
  }

  [[nodiscard]] bool empty() const { return lots_.empty(); }

  /// Uses `use_rate` of what is valid in month t, then lets the lots of month t expire.
  [[nodiscard]] MonthResult settle(int t, const Number& use_rate) {
    const auto first = static_cast<std::size_t>(t);
    Number balance(0);
    for (std::size_t i = first; i < lots_.size(); ++i) balance = balance + lots_[i];
    const Number used = use_rate * balance;
    Number before(0);
    Number left(0);
    Number expired(0);
    for (std::size_t i = first; i < lots_.size(); ++i) {
      const Number through = before + lots_[i];
      // Taking a lot whole where the use reaches its end leaves no rounding residue behind.
      const Number taken = num::select(used >= through, lots_[i],
                                       num::min(num::max(Number(0), used - before), lots_[i]));
      lots_[i] = lots_[i] - taken;
      before = through;
      if (i == first) {
        expired = lots_[i];
        lots_[i] = Number(0);
      } else {
        left = left + lots_[i];
      }
    }
    return {used, expired, left};
  }

 private:
  std::vector<Number> lots_;
};

}  // namespace growth::model
