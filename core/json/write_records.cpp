#include "json/write_records.hpp"

namespace growth::json {

void write_records_read(Writer& writer, const RecordsRead& records) {
  writer.member("rows", records.rows);
  writer.key("columns").begin_object();
  for (const RecognisedColumn& column : records.columns) writer.member(column.field, column.name);
  writer.end_object();
  writer.member("currency", records.currency);
  writer.key("dropped").begin_object();
  for (const Dropped& entry : records.dropped) {
    writer.member(drop_reason_name(entry.reason), entry.count);
  }
  writer.end_object();
  writer.key("dropped_rows").begin_object();
  for (const Dropped& entry : records.dropped) {
    writer.member(drop_reason_name(entry.reason), entry.rows);
  }
  writer.end_object();
}

}  // namespace growth::json
