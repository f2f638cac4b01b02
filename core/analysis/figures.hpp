// Published figures that the analysis compares with; ids as in core/data/facts.
#pragma once

namespace growth::analysis {

inline constexpr double k_published_gpm = 900;         // F45, ¥ ordered per 1,000 viewers
inline constexpr double k_excluded_refund_rate = 0.4;  // F125, strictly above: out of 618 2023
inline constexpr double k_cold_start_views = 200;      // F28, up to: cold start not passed
inline constexpr double k_launched_views = 1000;       // F29, from: out of cold start
inline constexpr double k_established_views = 10000;   // F30, whole session
inline constexpr double k_head_views = 100000;         // F31, whole session
inline constexpr double k_fully_public_share = 0.8;    // F4, strictly above

}  // namespace growth::analysis
