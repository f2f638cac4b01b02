// What the reader of an orders fit should know before believing it.
#pragma once

#include "calibrate/observed.hpp"

namespace growth::calibrate {

/// Of the record itself and of `fit`, whose other members are complete. `base`: what was fitted.
[[nodiscard]] std::vector<Warning> orders_warnings(const OrderLog& log, const ObservedBase& base,
                                                   const OrdersFit& fit);

}  // namespace growth::calibrate
