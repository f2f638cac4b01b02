// Policies, presets and published figures as they were shipped: JSON text, embedded at build time
// after it passed its schema. Only the json layer reads it.
#pragma once

#include <cstddef>
#include <string_view>

namespace growth::data {

struct File {
  std::string_view name;  ///< file name without ".json"
  std::string_view text;
};

struct Files {
  const File* first;
  std::size_t count;
  [[nodiscard]] const File* begin() const { return first; }
  [[nodiscard]] const File* end() const { return first + count; }
};

/// Date up to which the shipped rules were checked (ISO); a policy that ended before is expired.
[[nodiscard]] std::string_view as_of();
[[nodiscard]] Files policies();
[[nodiscard]] Files presets();
/// Published figures, their sources and the conflicts among them; left out of the browser's module,
/// where they are a file beside it.
[[nodiscard]] Files facts();
/// JSON Schemas of these files.
[[nodiscard]] Files schemas();
/// Published outcomes the model is held against; left out of the browser's module likewise.
[[nodiscard]] Files cases();

}  // namespace growth::data
