#include "analysis/wording.hpp"

#include <cmath>
#include <cstdint>

namespace growth::analysis {
namespace {

std::string grouped(std::uint64_t whole) {
  std::string digits = std::to_string(whole);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

/// |value| with this many decimals, trailing zeros dropped.
std::string fixed(double magnitude, int decimals) {
  double scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  // Beyond 10^15 a reader cares for the size only, and the cast below stays defined.
  const double scaled = std::fmin(std::round(magnitude * scale), 1e18);
  const auto units = static_cast<std::uint64_t>(scaled);
  const auto divisor = static_cast<std::uint64_t>(scale);
  std::string text = grouped(units / divisor);
  std::uint64_t rest = units % divisor;
  if (rest == 0) return text;
  std::string fraction = std::to_string(rest);
  fraction.insert(0, static_cast<std::size_t>(decimals) - fraction.size(), '0');
  while (fraction.back() == '0') fraction.pop_back();
  return text + "." + fraction;
}

int decimals_for(double magnitude) { return magnitude >= 10 ? 0 : magnitude >= 1 ? 1 : 2; }

std::string signed_text(double value, std::string_view unit_before, double magnitude, int decimals,
                        std::string_view unit_after) {
  std::string text;
  if (value < 0) text += '-';
  text += unit_before;
  text += fixed(magnitude, decimals);
  text += unit_after;
  return text;
}

}  // namespace

std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  return text;
}

std::string count_text(double value) {
  const double magnitude = std::fabs(value);
  return signed_text(value, "", magnitude, decimals_for(magnitude), "");
}

std::string yuan_text(double value) {
  const double magnitude = std::fabs(value);
  return signed_text(value, "¥", magnitude, decimals_for(magnitude), "");
}

std::string significant_text(double value, int digits) {
  if (value == 0) return "0";
  const double magnitude = std::fabs(value);
  const int exponent = static_cast<int>(std::floor(std::log10(magnitude)));
  const int decimals = digits - 1 - exponent;
  // Very large or very small numbers carry their power of ten.
  if (exponent >= 15 || exponent < -6) {
    const double scaled = magnitude / std::pow(10.0, exponent);
    return signed_text(value, "", scaled, digits - 1, "e" + std::to_string(exponent));
  }
  return signed_text(value, "", magnitude, decimals < 0 ? 0 : decimals, "");
}

std::string percent_text(double share) {
  return signed_text(share, "", std::fabs(share) * 100, 1, "%");
}

}  // namespace growth::analysis
