// One request per line in, one answer per line out, in order and in constant memory.
#pragma once

#include <iosfwd>
#include <string>

namespace growth::cli {

/// Answers every line of `input`, an empty or bad one with an error object; true where none was bad.
/// Any number of threads gives the same output.
[[nodiscard]] bool batch(std::istream& input, std::ostream& output, const std::string& command,
                         int threads);

}  // namespace growth::cli
