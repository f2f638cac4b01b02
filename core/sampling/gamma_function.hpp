// The logarithm of the gamma function and its first two derivatives, and what Stirling's formula
// leaves of them: where gamma functions are divided, the large parts cancel and only that is left.
#pragma once

namespace growth::sampling {

inline constexpr double k_half_log_two_pi = 0.91893853320467274178;

/// log Γ(x) for x > 0; error about 1e-15 of the larger of 1 and the result.
[[nodiscard]] double log_gamma(double x);

/// log Γ(x) - ((x - 1/2) log x - x + log √(2π)), which falls like 1/(12 x) (Loader, "Fast and accurate
/// computation of binomial probabilities", 2000).
[[nodiscard]] double stirling_error(double x);

/// ψ(x) - log x for x > 0, which rises to 0 like -1/(2 x).
[[nodiscard]] double digamma_error(double x);

/// ψ'(x) for x > 0.
[[nodiscard]] double trigamma(double x);

}  // namespace growth::sampling
