// Sobol' points with an Owen scramble: spread far more evenly than random points, so that means of
// smooth results converge about as n^-1.5 instead of n^-0.5.
//
// Direction numbers: new-joe-kuo-6.21201, S. Joe and F. Y. Kuo, "Constructing Sobol sequences with
// better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008) 2635-2654. Scramble: nested
// uniform (Owen 1995) by hash, Laine and Karras, "Stratified sampling for stochastic transparency"
// (EGSR 2011); Burley, "Practical hash-based Owen scrambling", JCGT 9(4) (2020); multipliers of
// N. Vegdahl, "Building a better LK hash" (2021).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace growth::sampling {

inline constexpr int k_most_sobol_dimensions = 128;

class SobolPoints {
 public:
  /// `dimensions` within 1 … k_most_sobol_dimensions. Equal arguments give equal points; another seed
  /// or replicate gives an independent scramble of the same net.
  SobolPoints(int dimensions, std::uint32_t seed, std::uint32_t replicate);

  [[nodiscard]] int dimensions() const { return static_cast<int>(dimensions_.size()); }

  /// Coordinate `dimension` (from 0) of the points first, first + 1, … into `out`: (x + 1/2)·2^-32,
  /// inside (0, 1). Any split into blocks gives the same numbers. first + out.size() is at most 2^32.
  void fill(int dimension, std::uint32_t first, std::span<double> out) const;

  /// The point before its scramble, as a multiple of 2^-32. Points come in Gray-code order, as in
  /// Joe and Kuo's programme and SciPy.
  [[nodiscard]] std::uint32_t unscrambled(int dimension, std::uint32_t index) const;

 private:
  struct Dimension {
    // Direction numbers with their bits reversed: the scramble works on reversed words.
    std::array<std::uint32_t, 32> reversed_directions;
    std::uint32_t shift;
    std::uint32_t multiplier;  // odd
  };
  std::vector<Dimension> dimensions_;
};

}  // namespace growth::sampling
