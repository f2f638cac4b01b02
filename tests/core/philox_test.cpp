// Counter-based random numbers against the published vectors of Random123 (tests/kat_vectors).
#include "sampling/philox.hpp"

#include <doctest/doctest.h>

using growth::sampling::philox4x32_10;
using growth::sampling::to_unit;
using Words = std::array<std::uint32_t, 4>;

TEST_SUITE_BEGIN("philox");

TEST_CASE("Philox4x32-10 gives the published vectors") {
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  CHECK(philox4x32_10({0, 0, 0, 0}, {0, 0}) == Words{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8});
  CHECK(philox4x32_10({ones, ones, ones, ones}, {ones, ones}) ==
        Words{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD});
  CHECK(philox4x32_10({0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344}, {0xA4093822, 0x299F31D0}) ==
        Words{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1});
}

TEST_CASE("words become numbers inside (0, 1), symmetric about one half") {
  CHECK(to_unit(0, 0) == 0x1p-53);
  CHECK(to_unit(0xFFFFFFFF, 0xFFFFFFFF) == 1 - 0x1p-53);
  CHECK(to_unit(0x80000000, 0) == 0.5 + 0x1p-53);
  CHECK(to_unit(0x7FFFFFFF, 0xFFFFFFFF) == 0.5 - 0x1p-53);
}

TEST_CASE("numbers of one key have the moments of the uniform distribution") {
  constexpr std::uint32_t count = 100000;
  double sum = 0, squares = 0, neighbours = 0, previous = 0.5;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto words = philox4x32_10({i, 7, 0, 0}, {1, 0});
    const double u = to_unit(words[0], words[1]) - 0.5;
    sum += u;
    squares += u * u;
    neighbours += u * previous;
    previous = u;
  }
  // Four standard errors.
  CHECK(sum / count == doctest::Approx(0).scale(1).epsilon(4 * 0.2887 / 316));
  CHECK(squares / count == doctest::Approx(1.0 / 12).epsilon(0.012));
  CHECK(neighbours / count == doctest::Approx(0).scale(1).epsilon(4 * 0.0834 / 316));
}

TEST_SUITE_END();
