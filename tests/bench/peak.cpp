// What one core does at most in 128-bit doubles without fused multiply-add, which is all that
// WebAssembly can express: twelve independent chains of a multiplication and an addition, enough to
// hide how long each takes. Prints billions of operations a second, the median of several runs.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace {

using Pair = double __attribute__((vector_size(16)));
constexpr int k_chains = 12;
constexpr long k_rounds = 20'000'000;
constexpr double k_operations = 2.0 * 2.0 * k_chains * k_rounds;  // two lanes, two operations

/// Multiplies and adds so that the chains stay near 1 for ever.
[[gnu::noinline]] double chains(double factor, double term) {
  const Pair by{factor, factor};
  const Pair plus{term, term};
  std::array<Pair, k_chains> x;
  for (int i = 0; i < k_chains; ++i) x[static_cast<std::size_t>(i)] = Pair{1.0 + i, 1.5 + i};
  Pair a = x[0], b = x[1], c = x[2], d = x[3], e = x[4], f = x[5];
  Pair g = x[6], h = x[7], i = x[8], j = x[9], k = x[10], l = x[11];
  for (long round = 0; round < k_rounds; ++round) {
    a = a * by + plus;
    b = b * by + plus;
    c = c * by + plus;
    d = d * by + plus;
    e = e * by + plus;
    f = f * by + plus;
    g = g * by + plus;
    h = h * by + plus;
    i = i * by + plus;
    j = j * by + plus;
    k = k * by + plus;
    l = l * by + plus;
  }
  const Pair sum = a + b + c + d + e + f + g + h + i + j + k + l;
  return sum[0] + sum[1];
}

}  // namespace

int main(int arguments, char**) {
  // Not known to the compiler, so that nothing is computed before it runs.
  const double factor = arguments > 5 ? 0.25 : 0.999;
  std::array<double, 7> seconds{};
  double kept = 0;
  for (double& time : seconds) {
    const auto start = std::chrono::steady_clock::now();
    // Each run follows from the one before, so that none can be left out.
    kept = chains(factor, 1 - factor + kept * 1e-18);
    time = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("{\"billions_per_second\": %.3f, \"kept\": %.3f}\n",
              k_operations / seconds[seconds.size() / 2] / 1e9, kept);
}
