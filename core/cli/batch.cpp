#include "cli/batch.hpp"

#include <iostream>
#include <string>
#include <vector>

#include "cli/parallel.hpp"
#include "growth/run.hpp"

namespace growth::cli {
namespace {

/// Requests larger than this are refused whatever they hold, so the rest of such a line is skipped
/// rather than kept.
constexpr std::size_t k_longest_line = (4u << 20) + 1;
constexpr std::size_t k_lines_per_thread = 32;

/// The next line without its end; false at the end of the input. A file's last line may lack its
/// line break, and a final line break starts no further line.
bool next_line(std::istream& input, std::string& line) {
  line.clear();
  std::streambuf& source = *input.rdbuf();
  constexpr int k_end = std::char_traits<char>::eof();
  int c = source.sbumpc();
  if (c == k_end) return false;
  for (; c != k_end && c != '\n'; c = source.sbumpc()) {
    if (line.size() < k_longest_line) line += static_cast<char>(c);
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace

bool batch(std::istream& input, std::ostream& output, const std::string& command, int threads) {
  const std::size_t workers = static_cast<std::size_t>(threads);
  std::vector<std::string> lines(workers * k_lines_per_thread);
  std::vector<Response> answers(lines.size());
  std::size_t bad = 0;
  std::size_t total = 0;
  for (bool more = true; more;) {
    std::size_t count = 0;
    while (count < lines.size() && (more = next_line(input, lines[count]))) ++count;
    in_parallel(threads, static_cast<int>(count), [&](int part) {
      const auto i = static_cast<std::size_t>(part);
      answers[i] = run(command, lines[i], {});
    });
    for (std::size_t i = 0; i < count; ++i) {
      output << answers[i].text << '\n';
      if (!answers[i].ok) ++bad;
    }
    total += count;
  }
  output.flush();
  if (bad > 0) {
    std::cerr << "growthcalc: " << bad << " of " << total << " lines had errors\n";
  }
  return bad == 0 && output.good();
}

}  // namespace growth::cli
