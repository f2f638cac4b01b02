#include "sampling/order_statistics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

#include "number/lanes.hpp"

namespace growth::sampling {
namespace {

// So few values are sorted faster than counted.
constexpr std::size_t k_few = 64;
// Values per interval, on average, and the most intervals that 16 bits can name.
constexpr std::size_t k_values_per_interval = 8;
constexpr std::size_t k_most_intervals = 16384;
// Neighbouring values often fall into the same interval; tables side by side keep one count from
// waiting for the one before.
constexpr std::size_t k_tables = 2;
constexpr int k_fewest_bins = 8;
constexpr int k_most_bins = 64;

struct Ends {
  double low;
  double high;
};

/// Smallest and largest value; in lanes, because one comparison would wait for the other.
Ends ends_of(std::span<const double> values) {
  constexpr std::size_t k_lanes = 8;
  std::array<double, k_lanes> low;
  std::array<double, k_lanes> high;
  low.fill(values[0]);
  high.fill(values[0]);
  std::size_t i = 0;
  for (; i + k_lanes <= values.size(); i += k_lanes) {
    for (std::size_t lane = 0; lane < k_lanes; ++lane) {
      const double value = values[i + lane];
      low[lane] = value < low[lane] ? value : low[lane];
      high[lane] = value > high[lane] ? value : high[lane];
    }
  }
  for (; i < values.size(); ++i) {
    low[0] = std::min(low[0], values[i]);
    high[0] = std::max(high[0], values[i]);
  }
  return {*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end())};
}

/// Ranks must rise. Each selection leaves smaller values in front of it.
void select_by_comparison(std::vector<double>& values, std::span<const std::size_t> ranks,
                          std::span<double> found) {
  if (values.size() <= k_few) {
    std::sort(values.begin(), values.end());
    for (std::size_t k = 0; k < ranks.size(); ++k) found[k] = values[ranks[k]];
    return;
  }
  auto begin = values.begin();
  for (std::size_t k = 0; k < ranks.size(); ++k) {
    const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(ranks[k]);
    if (wanted >= begin) {
      std::nth_element(begin, wanted, values.end());
      begin = wanted + 1;
    }
    found[k] = *wanted;
  }
}

/// Near the ends of some of the values, a little inside them: close to what lies in the middle, however
/// far the tails reach.
Ends ends_of_sample(std::span<const double> values) {
  constexpr std::size_t k_sample = 128;
  constexpr std::size_t k_cut = 3;  // of the sample at each end: about 2 %
  // An odd stride: every 8th or 64th point of a Sobol' sequence lies in one corner of the cube.
  const std::size_t stride = std::max<std::size_t>(1, values.size() / k_sample - 1) | 1;
  std::array<double, k_sample> sample;
  std::size_t size = 0;
  for (std::size_t i = 0; i < values.size() && size < k_sample; i += stride) sample[size++] = values[i];
  const auto begin = sample.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(size);
  const std::size_t cut = std::min(k_cut, (size - 1) / 2);
  const auto low = begin + static_cast<std::ptrdiff_t>(cut);
  const auto high = end - 1 - static_cast<std::ptrdiff_t>(cut);
  std::nth_element(begin, low, end);
  // Behind it: what is looked through again may change places.
  if (low < high) std::nth_element(low + 1, high, end);
  return {*low, *high};
}

/// Subtraction, product, bounds and rounding are monotone, so that intervals hold values in order; the
/// first and the last one also hold what lies beyond them. Adding 2^52 rounds to a whole number that
/// stands in the low bits: WebAssembly's own conversion has to ask of each value whether it may.
void name_intervals(std::span<const double> values, double low, double scale, double last,
                    std::uint16_t* names) {
  using Pack = num::Lanes<2>;
  constexpr double k_whole = 0x1p52;
  const auto named = [&](const auto& value) {
    using Number = std::remove_cvref_t<decltype(value)>;
    const Number place = (value - Number(low)) * Number(scale);
    return num::to_bits(num::min(num::max(place, Number(0)), Number(last)) + Number(k_whole));
  };
  std::size_t i = 0;
  for (; i + 2 <= values.size(); i += 2) {
    Pack pair;
    std::memcpy(&pair.registers[0], values.data() + i, sizeof pair);
    const auto words = named(pair).registers[0];
    names[i] = static_cast<std::uint16_t>(words[0]);
    names[i + 1] = static_cast<std::uint16_t>(words[1]);
  }
  for (; i < values.size(); ++i) names[i] = static_cast<std::uint16_t>(named(values[i]));
}

/// Into k_tables tables of `intervals` counts each.
void count_intervals(const std::uint16_t* names, std::size_t size, std::uint32_t* counts,
                     std::size_t intervals) {
  std::size_t i = 0;
  for (; i + k_tables <= size; i += k_tables) {
    for (std::size_t table = 0; table < k_tables; ++table)
      ++counts[table * intervals + names[i + table]];
  }
  for (; i < size; ++i) ++counts[names[i]];
}

// As many names are looked for at once, in blocks of so many values: a block without any of them, as
// most are, costs a few comparisons of eight values each.
constexpr std::size_t k_names_at_once = 6;
constexpr std::size_t k_search_block = 32;

typedef std::uint16_t Names __attribute__((vector_size(16)));
typedef std::uint64_t NameWords __attribute__((vector_size(16)));
constexpr std::size_t k_names_in_register = sizeof(Names) / sizeof(std::uint16_t);

bool holds_any(const std::uint16_t* block, const std::array<Names, k_names_at_once>& wanted) {
  Names found{};
  for (std::size_t i = 0; i < k_search_block; i += k_names_in_register) {
    Names names;
    std::memcpy(&names, block + i, sizeof names);
    for (std::size_t k = 0; k < k_names_at_once; ++k) found |= (Names)(names == wanted[k]);
  }
  const auto words = (NameWords)found;
  return (words[0] | words[1]) != 0;
}

/// `share` of the way from one value to the next.
double between(double below, double above, double share) {
  // The order of +0 and -0 is nobody's business: adding +0 leaves +0 of both.
  return (share > 0 ? below + share * (above - below) : below) + 0.0;
}

constexpr std::size_t k_sum_block = 128;

/// Sum of term(x), pairwise over blocks, in lanes within a block.
template <class Term>
double pairwise_sum(std::span<const double> values, const Term& term) {
  constexpr std::size_t k_lanes = 8;
  if (values.size() <= k_sum_block) {
    std::array<double, k_lanes> sums{};
    std::size_t i = 0;
    for (; i + k_lanes <= values.size(); i += k_lanes) {
      for (std::size_t lane = 0; lane < k_lanes; ++lane) sums[lane] += term(values[i + lane]);
    }
    for (; i < values.size(); ++i) sums[i % k_lanes] += term(values[i]);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }
  const std::size_t half = values.size() / 2 / k_sum_block * k_sum_block;
  const std::size_t left = half == 0 ? k_sum_block : half;
  return pairwise_sum(values.first(left), term) + pairwise_sum(values.subspan(left), term);
}

}  // namespace

void QuantileSelector::find_ranks(std::span<const double> values, std::span<const std::size_t> ranks,
                                  std::span<double> found, std::size_t depth) {
  Level& level = levels_[depth];
  const auto by_comparison = [&] {
    level.gathered.assign(values.begin(), values.end());
    select_by_comparison(level.gathered, ranks, found);
  };
  if (values.size() <= k_few || depth + 1 == levels_.size()) return by_comparison();

  Ends ends = ends_of_sample(values);
  if (ends.low == ends.high) ends = ends_of(values);
  if (ends.low == ends.high) {
    std::fill(found.begin(), found.end(), ends.low);
    return;
  }
  const std::size_t intervals = std::min(k_most_intervals, values.size() / k_values_per_interval);
  const auto last_interval = static_cast<double>(intervals - 1);
  const double scale = last_interval / (ends.high - ends.low);
  // A range beyond the largest number, or too small to divide by.
  if (!(scale > 0 && scale < 1e300)) return by_comparison();

  if (level.intervals.size() < values.size()) level.intervals.resize(values.size());
  level.counts.assign(intervals * k_tables, 0);
  std::uint16_t* const interval_of = level.intervals.data();
  std::uint32_t* const counts = level.counts.data();
  name_intervals(values, ends.low, scale, last_interval, interval_of);
  count_intervals(interval_of, values.size(), counts, intervals);

  // From here on the first table names each interval's group, counted from 1; 0 where nothing is
  // wanted.
  level.groups.clear();
  std::size_t next_rank = 0;
  std::size_t before = 0;
  std::size_t room = 0;
  for (std::size_t interval = 0; interval < intervals; ++interval) {
    std::size_t held = 0;
    for (std::size_t table = 0; table < k_tables; ++table) held += counts[table * intervals + interval];
    counts[interval] = 0;
    const std::size_t first = next_rank;
    while (next_rank < ranks.size() && ranks[next_rank] < before + held) ++next_rank;
    if (next_rank > first) {
      level.groups.push_back(
          {static_cast<std::uint16_t>(interval), first, next_rank, before, room, room});
      counts[interval] = static_cast<std::uint32_t>(level.groups.size());
      room += held;
    }
    before += held;
  }
  if (level.gathered.size() < room) level.gathered.resize(room);
  double* const gathered = level.gathered.data();
  Group* const groups = level.groups.data();
  const auto gather = [values, interval_of, counts, groups, gathered](std::size_t begin,
                                                                      std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t group = counts[interval_of[i]];
      if (group != 0) gathered[groups[group - 1].end++] = values[i];
    }
  };
  std::size_t done = 0;
  if (level.groups.size() <= k_names_at_once) {
    std::array<Names, k_names_at_once> wanted;
    wanted.fill(groups[0].name - Names{});
    for (std::size_t k = 0; k < level.groups.size(); ++k) wanted[k] = groups[k].name - Names{};
    for (; done + k_search_block <= values.size(); done += k_search_block) {
      if (holds_any(interval_of + done, wanted)) gather(done, done + k_search_block);
    }
  }
  gather(done, values.size());
  for (const Group& group : level.groups) {
    level.ranks.clear();
    for (std::size_t k = group.first_rank; k < group.end_rank; ++k) {
      level.ranks.push_back(ranks[k] - group.before);
    }
    const std::span<double> members(gathered + group.begin, group.end - group.begin);
    const auto wanted = found.subspan(group.first_rank, level.ranks.size());
    if (members.size() <= k_few) {
      std::sort(members.begin(), members.end());
      for (std::size_t k = 0; k < wanted.size(); ++k) wanted[k] = members[level.ranks[k]];
    } else {
      find_ranks(members, level.ranks, wanted, depth + 1);
    }
  }
}

void QuantileSelector::quantiles(std::span<const double> values, std::span<const double> probabilities,
                                 std::span<double> out) {
  const auto last = static_cast<double>(values.size() - 1);
  ranks_.clear();
  for (const double p : probabilities) {
    const auto below = static_cast<std::size_t>(last * p);
    ranks_.push_back(below);
    ranks_.push_back(std::min(below + 1, values.size() - 1));
  }
  std::sort(ranks_.begin(), ranks_.end());
  ranks_.erase(std::unique(ranks_.begin(), ranks_.end()), ranks_.end());
  found_.resize(ranks_.size());
  find_ranks(values, ranks_, found_, 0);
  const auto value_of_rank = [&](std::size_t rank) {
    const auto place = std::lower_bound(ranks_.begin(), ranks_.end(), rank) - ranks_.begin();
    return found_[static_cast<std::size_t>(place)];
  };
  for (std::size_t k = 0; k < out.size(); ++k) {
    const double h = last * probabilities[k];
    const auto rank = static_cast<std::size_t>(h);
    const double below = value_of_rank(rank);
    const double above = value_of_rank(std::min(rank + 1, values.size() - 1));
    out[k] = between(below, above, h - static_cast<double>(rank));
  }
}

Histogram QuantileSelector::histogram(std::span<const double> values) {
  const auto [low, high] = ends_of(values);
  const int all = static_cast<int>(values.size());
  constexpr std::array<double, 4> k_probabilities = {0.005, 0.25, 0.75, 0.995};
  std::array<double, 4> at;
  quantiles(values, k_probabilities, at);
  double inner_low = at[0];
  double inner_high = at[3];
  if (!(inner_low < inner_high)) {
    inner_low = low;
    inner_high = high;
  }
  // Freedman and Diaconis: 2 IQR n^(-1/3). A column whose middle half is one value says nothing about
  // a width; then Sturges' count of log2 n + 1.
  const double width =
      2 * (at[2] - at[1]) * num::exp(-num::log(static_cast<double>(values.size())) / 3);
  int bins = static_cast<int>(std::bit_width(values.size()));
  if (width > 0) {
    const double advised = (inner_high - inner_low) / width;
    bins = advised < k_most_bins ? static_cast<int>(advised) + 1 : k_most_bins;
  }
  bins = std::clamp(bins, k_fewest_bins, k_most_bins);

  Histogram histogram;
  histogram.edges.push_back(low + 0.0);
  if (low == high) {
    histogram.edges.push_back(low + 0.0);
    histogram.counts.push_back(all);
    return histogram;
  }
  const double step = (inner_high - inner_low) / bins;
  for (int i = 1; i < bins; ++i) {
    const double edge = inner_low + i * step;
    // Between neighbouring numbers, or beyond the largest one, there are no equal intervals.
    if (edge > histogram.edges.back() && edge < high) histogram.edges.push_back(edge);
  }
  histogram.edges.push_back(high + 0.0);
  histogram.counts.assign(histogram.edges.size() - 1, 0);
  const double scale = 1 / step;
  const auto& edges = histogram.edges;
  const int last = static_cast<int>(histogram.counts.size()) - 1;
  for (const double value : values) {
    // Guessed by division, settled by the edges themselves.
    const double guess = (value - inner_low) * scale;
    int bin = guess > 0 ? (guess < last ? static_cast<int>(guess) : last) : 0;
    while (bin > 0 && value < edges[static_cast<std::size_t>(bin)]) --bin;
    while (bin < last && value >= edges[static_cast<std::size_t>(bin) + 1]) ++bin;
    ++histogram.counts[static_cast<std::size_t>(bin)];
  }
  return histogram;
}

double between_ranks(std::span<double> values, std::size_t rank, double share) {
  const auto at_rank = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at_rank, values.end());
  const auto next = std::min_element(at_rank + 1, values.end());
  return between(*at_rank, next == values.end() ? *at_rank : *next, share);
}

double mean(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  const double first = pairwise_sum(values, [](double x) { return x; }) / count;
  // What rounding took from the first sum; of equal values nothing is left of it.
  return first + pairwise_sum(values, [first](double x) { return x - first; }) / count;
}

MeanAndSd mean_and_sd(std::span<const double> values) {
  const double centre = mean(values);
  if (values.size() < 2) return {centre, 0};
  const double squares =
      pairwise_sum(values, [centre](double x) { return (x - centre) * (x - centre); });
  return {centre, __builtin_sqrt(squares / static_cast<double>(values.size() - 1))};
}

double standard_error(std::span<const double> of_replicates) {
  if (of_replicates.size() < 2) return 0;
  return mean_and_sd(of_replicates).sd / __builtin_sqrt(static_cast<double>(of_replicates.size()));
}

}  // namespace growth::sampling
