// An exponent that is one half as a rule: the power is a root then, which costs less than the
// exponential of a logarithm.
#pragma once

#include "number/number.hpp"

namespace growth::num {

/// An exponent that is kept. Only packs look whether it is one half: of one future alone nothing is
/// gained.
template <class Number>
class HalfExponent {
 public:
  explicit HalfExponent(const Number& /*exponent*/) {}

  /// otherwise(); see below.
  template <class Root, class Otherwise>
  [[nodiscard, gnu::always_inline]] Number apply(const Root& /*root*/,
                                                 const Otherwise& otherwise) const {
    return otherwise();
  }
};

template <int Width>
class HalfExponent<Lanes<Width>> {
 public:
  explicit HalfExponent(const Lanes<Width>& exponent)
      : is_half_(exponent == Lanes<Width>(0.5)), all_(is_constant(exponent, 0.5)) {
    for (int i = 0; i < Width; ++i) any_ = any_ || exponent.lane(i) == 0.5;
  }

  /// root() in the lanes where the exponent is one half, otherwise() in the others: which of the two a
  /// lane has does not depend on its neighbours.
  template <class Root, class Otherwise>
  [[nodiscard, gnu::always_inline]] Lanes<Width> apply(const Root& root,
                                                       const Otherwise& otherwise) const {
    if (all_) return root();
    if (!any_) return otherwise();
    return select(is_half_, root(), otherwise());
  }

 private:
  LaneMask<Width> is_half_;
  bool all_;
  bool any_{false};
};

}  // namespace growth::num
