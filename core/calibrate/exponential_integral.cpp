#include "calibrate/exponential_integral.hpp"

#include "calibrate/gauss_legendre.hpp"
#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_fraction_from = 1;
constexpr double k_fraction_from_order = 12;
// Steps in ln w over which 12 nodes give every digit.
constexpr double k_panel = 0.5;

}  // namespace

// Abramowitz and Stegun 5.1.22 in its even form, by Lentz's method.
double ScaledExponentialIntegral::by_fraction(double w) const {
  double below = w + order_;
  double d = 1 / below;
  double c = 1e300;
  double value = d;
  for (double i = 1; i < 1000; i += 1) {
    const double above = -i * (order_ - 1 + i);
    below += 2;
    d = 1 / (above * d + below);
    c = below + above / c;
    const double change = c * d;
    value *= change;
    if (change < 1 + 0x1p-49 && change > 1 - 0x1p-49) break;
  }
  return value;
}

double ScaledExponentialIntegral::operator()(double w) {
  if (w >= k_fraction_from || order_ >= k_fraction_from_order) return by_fraction(w);
  if (!(last_w_ > 0)) {
    last_w_ = k_fraction_from;
    last_value_ = by_fraction(last_w_);
  }
  const double n = order_ - 1;
  while (last_w_ > w) {
    const double step = num::log(last_w_ / w) < k_panel ? num::log(last_w_ / w) : k_panel;
    const double next = step < k_panel ? w : last_w_ * num::exp(-k_panel);
    // f' = f (1 + n/w) - 1/w, from last_w_ down to next.
    const double passed =
        integral(0, step, 1, [&](double s) { return num::exp(-next * num::expm1(s) - n * s); });
    last_value_ = num::exp(next - last_w_ - n * step) * last_value_ + passed;
    last_w_ = next;
  }
  return last_value_;
}

}  // namespace growth::calibrate
