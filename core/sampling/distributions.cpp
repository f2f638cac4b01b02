#include "sampling/distributions.hpp"

#include <cstddef>

namespace growth::sampling {
namespace {

bool is_finite(double x) { return x - x == 0; }

// Φ⁻¹(0.9)
constexpr double k_deviate_of_p90 = 1.2815515655446004;

// The table spans z within ±8.5, more than any u of 53 bits needs, in cells of 1/16. A piece starts
// with 8 cells and is halved down to one.
constexpr double k_reach = 8.5;
constexpr int k_cells = 272;
constexpr int k_first_cells = 8;
constexpr double k_cell_width = 1.0 / 16;
constexpr std::uint16_t k_no_piece = 0xFFFF;
constexpr std::size_t k_nodes = 12;

// cos((2 j + 1) π/24): the Chebyshev nodes of degree 12, from the right.
constexpr std::array<double, k_nodes> k_chebyshev_nodes = {
    0.9914448613738104,  0.9238795325112867,  0.7933533402912352,  0.6087614290087207,
    0.3826834323650898,  0.1305261922200516,  -0.1305261922200516, -0.3826834323650898,
    -0.6087614290087207, -0.7933533402912352, -0.9238795325112867, -0.9914448613738104};

// Gauss-Legendre rule of 8 points on [-1, 1], its positive half.
constexpr std::array<double, 4> k_gauss_nodes = {0.1834346424956498, 0.525532409916329,
                                                 0.7966664774136267, 0.9602898564975363};
constexpr std::array<double, 4> k_gauss_weights = {0.362683783378362, 0.31370664587788727,
                                                   0.22238103445337448, 0.10122853629037626};

double density_at(const BetaShape& shape, double t) { return num::exp(shape.density(t).logarithm); }

double gauss_integral(const BetaShape& shape, double from, double to) {
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double sum = 0;
  for (std::size_t i = 0; i < k_gauss_nodes.size(); ++i) {
    sum += k_gauss_weights[i] * (density_at(shape, centre - half * k_gauss_nodes[i]) +
                                 density_at(shape, centre + half * k_gauss_nodes[i]));
  }
  return half * sum;
}

}  // namespace

bool is_proper(const DistributionOfInput& distribution) {
  const auto& [a, b, c] = distribution.parameters;
  switch (distribution.kind) {
    case DistributionKind::uniform: return is_finite(a) && is_finite(b) && is_finite(b - a) && a <= b;
    case DistributionKind::triangular:
    case DistributionKind::pert:
      return is_finite(a) && is_finite(b) && is_finite(c) && is_finite(c - a) && a <= b && b <= c;
    case DistributionKind::normal: return is_finite(a) && is_finite(b) && b > 0;
    case DistributionKind::lognormal: return is_finite(a) && is_finite(b) && a > 0 && b > 0;
    case DistributionKind::beta:
      return is_finite(a) && is_finite(b) && a > 0 && a < 1 && a * b >= k_least_beta_shape &&
             (1 - a) * b >= k_least_beta_shape;
    case DistributionKind::p10_p90: return is_finite(a) && is_finite(b) && is_finite(b - a) && a < b;
  }
  return false;
}

/// Goes through rising z and finds t for each from the one before: the mass between neighbours is an
/// integral of a smooth density, which costs the same for all parameters and loses no digits in the
/// tails.
struct BetaQuantileTable::Walk {
  BetaShape shape;  // of the whole distribution, or mirrored above its median
  double sign;      // -1 when mirrored
  double z{};
  double lower{};
  double t{};
  double density{};
  double slope{};
  bool started{};

  double step_to(double next_z) {
    const double target = normal_cdf(next_z);
    if (!started || !step_by_integral(next_z, target)) t = shape.logit_quantile(target, 1 - target);
    const auto here = shape.density(t);
    started = true;
    z = next_z;
    lower = target;
    density = num::exp(here.logarithm);
    slope = here.slope;
    return t;
  }

  bool step_by_integral(double next_z, double target) {
    // dt/dz = φ(z)/g(t) to second order, then Newton steps with the curvature of the lower tail.
    const double rate = 0.3989422804014327 * num::exp(-0.5 * z * z) / density;
    const double dz = next_z - z;
    const double dt = rate * dz * (1 + 0.5 * dz * (-z - slope * rate));
    // Wider, the integral would not be exact: the density bends within a unit of t.
    if (!(dt > 0 && dt < 1)) return false;
    double next = t + dt;
    double missing = (target - lower) - gauss_integral(shape, t, next);
    for (int i = 0; i < 6; ++i) {
      const auto here = shape.density(next);
      const double here_density = num::exp(here.logarithm);
      const double newton = missing / here_density;
      const double move = newton * (1 - 0.5 * here.slope * newton);
      if (!(move < 0.1 && move > -0.1)) return false;
      const double moved = next + move;
      if (missing < 1e-13 * target && -missing < 1e-13 * target) {
        t = moved;
        return true;
      }
      // Simpson's rule is exact enough over so small a move.
      missing -= move / 6 *
                 (here_density + 4 * density_at(shape, next + 0.5 * move) + density_at(shape, moved));
      next = moved;
    }
    return false;
  }
};

BetaQuantileTable::BetaQuantileTable(const BetaShape& shape)
    : shape_(shape), piece_of_cell_(k_cells, k_no_piece) {
  pieces_.reserve(k_cells / k_first_cells);
  Walk walk{.shape = shape, .sign = 1};
  for (int cell = 0; cell < k_cells / 2; cell += k_first_cells) build(walk, cell, k_first_cells);
  const BetaShape mirror = shape.mirrored();
  Walk back{.shape = mirror, .sign = -1};
  for (int cell = 0; cell < k_cells / 2; cell += k_first_cells) build(back, cell, k_first_cells);
}

/// Fits the piece over these cells, counted from the lower end, or from the upper one when the walk is
/// mirrored; its halves when it is not good enough.
void BetaQuantileTable::build(Walk& walk, int first_cell, int cells) {
  const Walk before = walk;
  const double half_width = 0.5 * cells * k_cell_width;
  const double centre = -k_reach + first_cell * k_cell_width + half_width;
  std::array<double, k_nodes> values;  // at the nodes, from the right
  for (std::size_t j = k_nodes; j-- > 0;) {
    values[j] = walk.step_to(centre + half_width * k_chebyshev_nodes[j]);
  }
  // Chebyshev coefficients, and the same polynomial in powers.
  std::array<double, k_nodes> chebyshev{};
  for (std::size_t j = 0; j < k_nodes; ++j) {
    const double x = k_chebyshev_nodes[j];
    double previous = 1;
    double current = x;
    chebyshev[0] += values[j] / k_nodes;
    for (std::size_t k = 1; k < k_nodes; ++k) {
      chebyshev[k] += values[j] * current * 2 / k_nodes;
      const double next = 2 * x * current - previous;
      previous = current;
      current = next;
    }
  }
  const auto size = [](double x) { return x < 0 ? -x : x; };
  // The terms left out are smaller than the last ones kept; e^t must stay a normal number.
  const bool good = size(chebyshev[10]) + size(chebyshev[11]) < 2e-13 && size(values[0]) < 700 &&
                    size(values[k_nodes - 1]) < 700;
  if (!good) {
    if (cells == 1) return;
    walk = before;
    build(walk, first_cell, cells / 2);
    build(walk, first_cell + cells / 2, cells / 2);
    return;
  }
  Piece piece{.centre = walk.sign * centre, .inverse_half_width = 1 / half_width, .coefficients = {}};
  std::array<double, k_nodes> previous{1};
  std::array<double, k_nodes> current{0, 1};
  piece.coefficients[0] = chebyshev[0];
  for (std::size_t k = 1; k < k_nodes; ++k) {
    for (std::size_t i = 0; i <= k; ++i) piece.coefficients[i] += chebyshev[k] * current[i];
    std::array<double, k_nodes> next{};
    for (std::size_t i = 0; i + 1 < k_nodes; ++i) next[i + 1] = 2 * current[i];
    for (std::size_t i = 0; i < k_nodes; ++i) next[i] -= previous[i];
    previous = current;
    current = next;
  }
  if (walk.sign < 0) {
    // t(z) of the distribution is -t(-z) of the mirrored one.
    for (std::size_t i = 0; i < k_nodes; i += 2) piece.coefficients[i] = -piece.coefficients[i];
  }
  for (int i = 0; i < cells; ++i) {
    const int cell = walk.sign < 0 ? k_cells - 1 - (first_cell + i) : first_cell + i;
    piece_of_cell_[static_cast<std::size_t>(cell)] = static_cast<std::uint16_t>(pieces_.size());
  }
  pieces_.push_back(piece);
}

double BetaQuantileTable::logit_quantile(double lower, double upper) const {
  const double z = normal_deviate(lower, upper);
  if (z > -k_reach && z < k_reach) {
    const auto cell = static_cast<std::size_t>((z + k_reach) / k_cell_width);
    const std::uint16_t index = piece_of_cell_[cell < k_cells ? cell : k_cells - 1];
    if (index != k_no_piece) {
      const Piece& piece = pieces_[index];
      const double s = (z - piece.centre) * piece.inverse_half_width;
      const double s2 = s * s;
      const double s4 = s2 * s2;
      const double* c = piece.coefficients.data();
      return detail::cubic(c, s, s2) +
             s4 * (detail::cubic(c + 4, s, s2) + s4 * detail::cubic(c + 8, s, s2));
    }
  }
  return shape_.logit_quantile(lower, upper);
}

TruncatedDistribution::TruncatedDistribution(const DistributionOfInput& distribution, Range range)
    : kind_(distribution.kind), range_(range) {
  const auto& [a, b, c] = distribution.parameters;
  bool bounded = true;
  switch (kind_) {
    case DistributionKind::uniform:
      low_ = a;
      high_ = b;
      break;
    case DistributionKind::triangular:
      low_ = a;
      mode_ = b;
      high_ = c;
      break;
    case DistributionKind::pert: {
      low_ = a;
      mode_ = b;
      high_ = c;
      const double width = c - a;
      if (!(width > 0)) break;
      table_.emplace_back(BetaShape(1 + 4 * ((b - a) / width), 1 + 4 * ((c - b) / width)));
      break;
    }
    case DistributionKind::beta:
      low_ = 0;
      high_ = 1;
      table_.emplace_back(BetaShape(a * b, (1 - a) * b));
      break;
    case DistributionKind::normal:
    case DistributionKind::lognormal:
      bounded = false;
      location_ = a;
      spread_ = b;
      break;
    case DistributionKind::p10_p90:
      bounded = false;
      location_ = 0.5 * a + 0.5 * b;
      spread_ = (b - a) / (2 * k_deviate_of_p90);
      break;
  }
  if (bounded && low_ == high_) {
    // A single value; drawn as from a uniform distribution without width.
    kind_ = DistributionKind::uniform;
    at_low_ = {0, 1};
    at_high_ = {1, 0};
    mass_ = range_.low <= low_ && low_ <= range_.high ? 1 : 0;
    const double end = low_ < range_.low ? range_.low : range_.high;
    low_ = high_ = mass_ > 0 ? low_ : end;
    range_ = {low_, low_};
    return;
  }
  at_low_ = tails(range_.low);
  at_high_ = tails(range_.high);
  // Each difference in the smaller tail.
  if (at_high_.lower <= 0.5) {
    mass_ = at_high_.lower - at_low_.lower;
  } else if (at_low_.upper <= 0.5) {
    mass_ = at_low_.upper - at_high_.upper;
  } else {
    mass_ = 1 - at_low_.lower - at_high_.upper;
  }
  if (!(mass_ > 0)) {
    mass_ = 0;
    const double end = at_low_.lower > 0.5 ? range_.low : range_.high;
    range_ = {end, end};
  } else if (bounded) {
    // The bounded ones leave nothing outside their own ends; rounding must not, either.
    if (range_.low < low_) range_.low = low_;
    if (range_.high > high_) range_.high = high_;
  }
}

Tails TruncatedDistribution::tails(double x) const {
  switch (kind_) {
    case DistributionKind::normal:
    case DistributionKind::p10_p90: {
      const double z = (x - location_) / spread_;
      return {normal_cdf(z), normal_upper_tail(z)};
    }
    case DistributionKind::lognormal: {
      if (x <= 0) return {0, 1};
      const double ratio = x / location_;
      const bool plain = ratio > 1e-300 && ratio < 1e300;
      const double logarithm = plain ? num::log(ratio) : num::log(x) - num::log(location_);
      const double z = logarithm / spread_;
      return {normal_cdf(z), normal_upper_tail(z)};
    }
    default: break;
  }
  if (x <= low_) return {0, 1};
  if (x >= high_) return {1, 0};
  const double width = high_ - low_;
  const double below = (x - low_) / width;
  const double above = (high_ - x) / width;
  if (kind_ == DistributionKind::uniform) return {below, above};
  if (kind_ == DistributionKind::triangular) {
    if (x < mode_) {
      const double lower = below * ((x - low_) / (mode_ - low_));
      return {lower, 1 - lower};
    }
    // With the mode at the upper end nothing is left of it but that end itself.
    const double upper = mode_ < high_ ? above * ((high_ - x) / (high_ - mode_)) : 0;
    return {1 - upper, upper};
  }
  return table_.front().shape().tails(below, above);
}

template <DistributionKind Kind>
double TruncatedDistribution::draw(double u) const {
  const double lower = at_low_.lower + u * mass_;
  const double upper = at_high_.upper + (1 - u) * mass_;
  double x = 0;
  if constexpr (Kind == DistributionKind::uniform) {
    const double width = high_ - low_;
    x = lower <= upper ? low_ + width * lower : high_ - width * upper;
  } else if constexpr (Kind == DistributionKind::triangular) {
    // Left of the mode F = (x - low)²/(width·(mode - low)); there lies the share (mode - low)/width.
    const double width = high_ - low_;
    x = lower * width <= mode_ - low_
            ? low_ + __builtin_sqrt(lower * width) * __builtin_sqrt(mode_ - low_)
            : high_ - __builtin_sqrt(upper * width) * __builtin_sqrt(high_ - mode_);
  } else if constexpr (Kind == DistributionKind::normal) {
    x = location_ + spread_ * normal_deviate(lower, upper);
  } else if constexpr (Kind == DistributionKind::lognormal) {
    x = location_ * num::exp(spread_ * normal_deviate(lower, upper));
  } else {
    const double t = table_.front().logit_quantile(lower, upper);
    const double e = num::exp(t < 0 ? t : -t);
    const double from_end = (high_ - low_) * (e / (1 + e));
    x = t < 0 ? low_ + from_end : high_ - from_end;
  }
  if (!(x > range_.low)) return range_.low;
  return x < range_.high ? x : range_.high;
}

/// Calls visit with the kind as a constant, so that the choice is made once for a whole column.
template <class Visitor>
auto TruncatedDistribution::visit_kind(Visitor&& visit) const {
  using enum DistributionKind;
  switch (kind_) {
    case uniform: return visit.template operator()<uniform>();
    case triangular: return visit.template operator()<triangular>();
    case lognormal: return visit.template operator()<lognormal>();
    case pert:
    case beta: return visit.template operator()<pert>();
    case normal:
    case p10_p90: break;
  }
  return visit.template operator()<normal>();
}

double TruncatedDistribution::quantile(double u) const {
  return visit_kind([&]<DistributionKind Kind>() { return draw<Kind>(u); });
}

void TruncatedDistribution::quantiles(std::span<const double> u, std::span<double> out) const {
  visit_kind([&]<DistributionKind Kind>() {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = draw<Kind>(u[i]);
  });
}

double TruncatedDistribution::cdf(double x) const {
  if (x < range_.low) return 0;
  if (x >= range_.high) return 1;
  const Tails at = tails(x);
  const double share = at.lower <= 0.5        ? (at.lower - at_low_.lower) / mass_
                       : at_low_.upper <= 0.5 ? (at_low_.upper - at.upper) / mass_
                                              : 1 - (at.upper - at_high_.upper) / mass_;
  if (!(share > 0)) return 0;
  return share < 1 ? share : 1;
}

}  // namespace growth::sampling
