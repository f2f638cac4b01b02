// What was read of a merchant's table, as every answer about one says it.
#pragma once

#include "growth/calibrate.hpp"
#include "json/writer.hpp"

namespace growth::json {

/// The members rows, columns, currency, dropped and dropped_rows of the object that is being written.
void write_records_read(Writer& writer, const RecordsRead& records);

}  // namespace growth::json
