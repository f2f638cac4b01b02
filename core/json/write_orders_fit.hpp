// The answer of `fit orders`.
#pragma once

#include "growth/calibrate.hpp"
#include "json/writer.hpp"

namespace growth::json {

void write(Writer& writer, const OrdersFit& fit);

}  // namespace growth::json
