// Policies and presets of a module that does not carry them.
#pragma once

#include <string>

namespace growth {

/// Takes the shipped policies and presets as they stand in growth-library.txt, all of them and once; until
/// then there are none. False where the text is not that file, and then nothing is taken. Only for modules
/// that are built without them: elsewhere it does not exist.
[[nodiscard]] bool provide_library(std::string text);

}  // namespace growth
