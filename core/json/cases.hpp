// Published outcomes that the model must meet with stated inputs (tests/cases).
#pragma once

#include "json/document.hpp"

namespace growth::json {

/// Every case with what was published, what was assumed, what came out and whether it lies in the
/// band: `{cases:[{id, title, published, assumed, checks:[{label, computed, low, high, met}], met}]}`.
[[nodiscard]] Result<Json> run_cases();

}  // namespace growth::json
