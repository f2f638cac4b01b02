// Policies and presets that come after the module.
#pragma once

#include <string>

#include "data/data.hpp"

namespace growth::data {

/// What ends a cell and a row of the file beside the module (cmake/write_library.cmake): kind, name and text.
constexpr char k_cell_end = '\x1f';
constexpr char k_row_end = '\x1e';

/// Takes all of that file, once; false where it is none, and then nothing is taken.
[[nodiscard]] bool provide(std::string text);

}  // namespace growth::data
