#include "json/fit_commands.hpp"
#include "json/problems.hpp"
#include "json/read_fit_request.hpp"
#include "json/write_orders_fit.hpp"

namespace growth::json {

Result<std::string> fit_orders_command(std::string_view text, const RunOptions& options) {
  const Result<OrdersRequest> request = read_fit_request(text, calibrate::RecordKind::orders);
  if (!request.ok()) return request.errors();
  if (options.table == nullptr) return Errors{no_table()};
  const Result<OrdersFit> fit = fit_orders(*options.table, request.value(), options.execution);
  if (!fit.ok()) {
    return fit.errors().empty() ? Errors{not_finished("fit_orders")} : fit.errors();
  }
  Writer writer;
  write(writer, fit.value());
  return writer.take();
}

}  // namespace growth::json
