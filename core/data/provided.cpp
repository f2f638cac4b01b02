// Policies and presets of a module that does not carry them: what was provided of the file beside it.
#include "data/provided.hpp"

#include <utility>
#include <vector>

namespace growth::data {
namespace {

/// What ends a cell and a row of that file (cmake/write_library.cmake); a row is kind, name and text.
constexpr char k_cell_end = '\x1f';
constexpr char k_row_end = '\x1e';

/// Never taken back, so that views of its texts stay good: once provided, they are there.
struct Library {
  std::string text;
  std::vector<File> policies;
  std::vector<File> presets;
};

Library& library() {
  static Library provided;
  return provided;
}

Files all(const std::vector<File>& files) { return {files.data(), files.size()}; }

}  // namespace

bool provide(std::string text) {
  Library& own = library();
  if (!own.text.empty()) return text == own.text;
  Library read;
  read.text = std::move(text);
  std::string_view left = read.text;
  const auto cell = [&left] {
    const std::size_t end = left.find(k_cell_end);
    if (end == std::string_view::npos) return std::string_view();
    const std::string_view found = left.substr(0, end);
    left.remove_prefix(end + 1);
    return found;
  };
  while (!left.empty()) {
    const std::string_view kind = cell();
    const File file{cell(), cell()};
    if (left.empty() || left.front() != k_row_end || file.text.empty()) return false;
    left.remove_prefix(1);
    if (kind != "policies" && kind != "presets") return false;
    (kind == "policies" ? read.policies : read.presets).push_back(file);
  }
  if (read.policies.empty() || read.presets.empty()) return false;
  // A long text keeps its place when it is moved, and the views of it.
  own = std::move(read);
  return true;
}

Files policies() { return all(library().policies); }
Files presets() { return all(library().presets); }

}  // namespace growth::data
