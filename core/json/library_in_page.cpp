#include <utility>

#include "data/provided.hpp"
#include "growth/library.hpp"

namespace growth {

bool provide_library(std::string text) { return data::provide(std::move(text)); }

}  // namespace growth
