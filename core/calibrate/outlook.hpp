// Who is still a customer, and what will they bring? The chosen model per customer, for all of them
// together and for a new one.
#pragma once

#include "calibrate/gamma_gamma.hpp"
#include "calibrate/observed.hpp"

namespace growth::calibrate {

/// As of the end of calibration. `spend`: null where there is no spend model. Nothing when stopped.
[[nodiscard]] std::optional<Outlook> outlook(const OrderLog& log, const ObservedBase& base,
                                             const CustomerBaseFit& fit, const GammaGamma* spend,
                                             const OutlookRequest& request, const Progress& progress);

}  // namespace growth::calibrate
