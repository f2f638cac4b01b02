#include "json/read_fit_request.hpp"

#include <utility>

#include "calibrate/cells.hpp"
#include "json/document.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/reading.hpp"

namespace growth::json {
namespace {

/// A day as this program writes it, and no other way.
std::optional<Day> read_day(const Place& place, Errors& errors) {
  const std::string* text = read_text(place, errors);
  if (text == nullptr) return {};
  const auto day = calibrate::day_in(*text, DateOrder::year_first);
  if (day && calibrate::date_text(*day) == *text) return day;
  errors.push_back(out_of_range(place.path, {}, given(*place.value),
                                {"日期，如 2026-01-31", "a day as 2026-01-31"}));
  return {};
}

void read_columns(const Json& root, OrdersRequest& request, Errors& errors) {
  const Place columns = member_of(root, "", "columns");
  if (columns.value == nullptr || !is_object(columns, errors)) return;
  for (const auto& [field, name] : columns.value->get_ref<const Json::object_t&>()) {
    const Place place = member_of(*columns.value, "columns", field);
    if (name.is_number_unsigned()) {
      request.columns.push_back({field, std::to_string(name.get<std::uint64_t>())});
    } else if (const std::string* text = read_text(place, errors)) {
      request.columns.push_back({field, *text});
    }
  }
}

}  // namespace

Result<OrdersRequest> read_fit_request(std::string_view text, calibrate::RecordKind kind) {
  OrdersRequest request;
  if (text.empty()) return request;
  Result<Document> document = parse(text);
  if (!document.ok()) return document.errors();
  const Json& root = document.value().root;
  if (!root.is_object()) return Errors{wrong_type("", {}, k_an_object, given(root))};
  Errors errors = std::move(document.value().errors);
  std::vector<std::string> names{"columns", "date_order", "today"};
  if (kind == calibrate::RecordKind::orders) {
    names.insert(names.end(), {"calibration_end", "zero_orders", "season", "scope", "horizon_months",
                               "discount_rate_monthly", "list_customers"});
  } else if (kind == calibrate::RecordKind::sessions) {
    names.emplace_back("scenario");
  } else {
    names.insert(names.end(), {"period", "discount_rate"});
  }
  refuse_unknown(root, "", names, errors);

  read_columns(root, request, errors);
  const Place date_order = member_of(root, "", "date_order");
  if (const auto place = read_choice(date_order, {"year_first", "month_first", "day_first"}, errors)) {
    request.date_order = static_cast<DateOrder>(*place);
  }
  request.today = read_day(member_of(root, "", "today"), errors);
  if (kind == calibrate::RecordKind::orders) {
    request.calibration_end = read_day(member_of(root, "", "calibration_end"), errors);
    const Place zero_orders = member_of(root, "", "zero_orders");
    if (const auto place = read_choice(zero_orders, {"first_only", "drop", "keep"}, errors)) {
      request.zero_orders = static_cast<ZeroOrders>(*place);
    }
    if (const auto place =
            read_choice(member_of(root, "", "scope"), {"private", "public", "both"}, errors)) {
      request.scope = static_cast<OrdersScope>(*place);
    }
    if (const auto months = read_whole(member_of(root, "", "horizon_months"), {1, 120}, errors)) {
      request.outlook.horizon_months = static_cast<int>(*months);
    }
    if (const auto rate =
            read_number(member_of(root, "", "discount_rate_monthly"), {1e-6, 1}, errors)) {
      request.outlook.discount_rate_monthly = *rate;
    }
    if (const auto customers =
            read_whole(member_of(root, "", "list_customers"), {0, k_most_listed_customers}, errors)) {
      request.outlook.customers = static_cast<int>(*customers);
    }
    if (const Json* season = find(root, "season"); season != nullptr && season->is_boolean()) {
      request.season = season->get<bool>();
    } else if (season != nullptr) {
      errors.push_back(wrong_type("season", {}, {"true 或 false", "true or false"}, given(*season)));
    }
  }
  if (!errors.empty()) return errors;
  return request;
}

Error no_table() {
  return missing("table", {"一张表：第一行是列名，下面每行一条记录",
                           "a table: column names in its first row, one record per row below"});
}

}  // namespace growth::json
