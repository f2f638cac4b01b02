// Policies and presets that come after the module.
#pragma once

#include <string>

#include "data/data.hpp"

namespace growth::data {

/// Takes all of the file beside the module, once; false where it is none, and then nothing is taken.
[[nodiscard]] bool provide(std::string text);

}  // namespace growth::data
