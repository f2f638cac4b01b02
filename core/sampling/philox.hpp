// Philox4x32-10: random numbers by counter, so that one future is one index and any split of the work
// gives the same numbers. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
// (SC 2011); constants and test vectors of Random123.
#pragma once

#include <array>
#include <cstdint>

namespace growth::sampling {

/// Four independent words for each pair of counter and key.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                                                   std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t k_multiplier_0 = 0xD2511F53;
  constexpr std::uint64_t k_multiplier_1 = 0xCD9E8D57;
  constexpr std::uint32_t k_weyl_0 = 0x9E3779B9;  // golden ratio
  constexpr std::uint32_t k_weyl_1 = 0xBB67AE85;  // sqrt(3) - 1
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product_0 = k_multiplier_0 * counter[0];
    const std::uint64_t product_1 = k_multiplier_1 * counter[2];
    counter = {static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product_1),
               static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product_0)};
    key = {key[0] + k_weyl_0, key[1] + k_weyl_1};
  }
  return counter;
}

/// The upper 52 bits of two words as (k + 1/2)·2^-52: inside (0, 1), symmetric about 1/2 and exact. A
/// 53rd bit would leave no room for the half: the last value would round to 1.
[[nodiscard]] constexpr double to_unit(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t k = ((static_cast<std::uint64_t>(high) << 32) | low) >> 12;
  return (static_cast<double>(k) + 0.5) * 0x1p-52;
}

}  // namespace growth::sampling
