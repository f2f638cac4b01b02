#include "calibrate/cells.hpp"
#include "calibrate/order_log.hpp"
#include "json/fit_commands.hpp"
#include "json/problems.hpp"
#include "json/read_fit_request.hpp"
#include "json/write_records.hpp"
#include "json/write_warnings.hpp"
#include "json/writer.hpp"

namespace growth::json {

Result<std::string> fit_orders_command(std::string_view text, const RunOptions& options) {
  const Result<OrdersRequest> request = read_fit_request(text, calibrate::RecordKind::orders);
  if (!request.ok()) return request.errors();
  if (options.table == nullptr) return Errors{no_table()};
  const auto read =
      calibrate::read_order_log(*options.table, request.value(), options.execution.progress);
  if (!read.ok()) {
    return read.errors().empty() ? Errors{not_finished("fit_orders")} : read.errors();
  }
  const calibrate::OrderLog& log = read.value();
  Writer writer;
  writer.begin_object().member("schema", "growth.fit_orders/1");
  writer.member("customers", static_cast<std::size_t>(log.customers));
  writer.member("orders", log.orders.size());
  writer.key("period").begin_object();
  writer.member("from", calibrate::date_text(log.first));
  writer.member("to", calibrate::date_text(log.last)).end_object();
  write_records_read(writer, log.records);
  write_warnings(writer, log.records.warnings);
  writer.end_object();
  return writer.take();
}

}  // namespace growth::json
