#include "growth/contracts.hpp"
#include "json/distribution.hpp"
#include "json/fit_commands.hpp"
#include "json/problems.hpp"
#include "json/read_fit_request.hpp"
#include "json/reading.hpp"
#include "json/write_records.hpp"
#include "json/write_warnings.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr ContractPeriod k_periods[] = {ContractPeriod::week, ContractPeriod::month,
                                        ContractPeriod::quarter, ContractPeriod::year};

Result<ContractsRequest> read_contracts_request(std::string_view text) {
  Result<OrdersRequest> shared = read_fit_request(text, calibrate::RecordKind::contracts);
  if (!shared.ok()) return shared.errors();
  ContractsRequest request;
  request.columns = shared.value().columns;
  request.date_order = shared.value().date_order;
  request.today = shared.value().today;
  if (text.empty()) return request;
  const Result<Document> document = parse(text);
  const Json& root = document.value().root;
  Errors errors;
  std::vector<std::string> names;
  for (const ContractPeriod period : k_periods) names.emplace_back(contract_period_name(period));
  if (const auto place = read_choice(member_of(root, "", "period"), names, errors)) {
    request.period = k_periods[*place];
  }
  if (const auto rate = read_number(member_of(root, "", "discount_rate"), k_contract_discount_range,
                                    errors, Unit::none)) {
    request.discount_rate = *rate;
  }
  if (!errors.empty()) return errors;
  return request;
}

void write_parameters(Writer& writer, const ContractsFit& fit) {
  writer.member("boundary", renewal_boundary_name(fit.boundary));
  writer.key("parameters");
  if (!fit.alpha) {
    writer.null().key("standard_errors").null();
  } else {
    writer.begin_object().member("alpha", fit.alpha->value).member("beta", fit.beta->value);
    writer.end_object().key("standard_errors").begin_object();
    writer.member("alpha", fit.alpha->standard_error).member("beta", fit.beta->standard_error);
    writer.end_object();
  }
  writer.member("log_likelihood", fit.log_likelihood);
}

template <class Of>
void write_numbers(Writer& writer, std::string_view name, std::size_t count, const Of& of) {
  writer.key(name).begin_array();
  for (std::size_t i = 0; i < count; ++i) writer.value(of(i));
  writer.end_array();
}

void write_survival(Writer& writer, const ContractsFit& fit) {
  writer.key("survival").begin_object();
  const std::size_t observed = fit.observed.size();
  const std::size_t predicted = fit.survival.size();
  write_numbers(writer, "period", observed, [](std::size_t i) { return i; });
  writer.member("observed", fit.observed);
  write_numbers(writer, "predicted", predicted, [&](std::size_t i) { return fit.survival[i].value; });
  write_numbers(writer, "low", predicted, [&](std::size_t i) { return fit.survival[i].low; });
  write_numbers(writer, "high", predicted, [&](std::size_t i) { return fit.survival[i].high; });
  writer.end_object();
  writer.member("retention", fit.retention);
}

void write_residual(Writer& writer, const ContractsFit& fit) {
  writer.key("residual_lifetime").begin_object();
  writer.member("discount_rate", fit.discount_rate);
  const std::size_t n = fit.residual.size();
  write_numbers(writer, "of_age", n, [](std::size_t i) { return i; });
  write_numbers(writer, "discounted", n,
                [&](std::size_t i) { return fit.residual[i].discounted.value; });
  write_numbers(writer, "low", n, [&](std::size_t i) { return fit.residual[i].discounted.low; });
  write_numbers(writer, "high", n, [&](std::size_t i) { return fit.residual[i].discounted.high; });
  write_numbers(writer, "undiscounted", n, [&](std::size_t i) { return fit.residual[i].undiscounted; });
  writer.end_object();
}

void write_cohorts(Writer& writer, const ContractsFit& fit) {
  writer.key("cohorts").begin_array();
  for (const ContractCohort& cohort : fit.cohorts) {
    writer.begin_object().member("start", cohort.start).member("contracts", cohort.contracts);
    writer.member("survivors", cohort.survivors).end_object();
  }
  writer.end_array();
}

void write_scenario(Writer& writer, const ContractsFit& fit) {
  writer.key("scenario").begin_object();
  if (fit.formula) {
    writer.key("repurchase").begin_object();
    writer.member("window_months", fit.formula->window_months);
    writer.member("private_rate", fit.formula->rate.value);
    if (fit.formula->orders_per_repeater) {
      writer.member("orders_per_repeater", fit.formula->orders_per_repeater->value);
    }
    if (fit.formula->retention) writer.member("retention", *fit.formula->retention);
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace

Result<std::string> fit_contracts_command(std::string_view text, const RunOptions& options) {
  const Result<ContractsRequest> request = read_contracts_request(text);
  if (!request.ok()) return request.errors();
  if (options.table == nullptr) return Errors{no_table()};
  const Result<ContractsFit> result = fit_contracts(*options.table, request.value(), options.execution);
  if (!result.ok()) {
    return result.errors().empty() ? Errors{not_finished("fit_contracts")} : result.errors();
  }
  const ContractsFit& fit = result.value();
  Writer writer;
  writer.begin_object().member("schema", "growth.fit_contracts/1");
  writer.member("contracts", fit.contracts);
  writer.member("periods", fit.periods);
  writer.member("period_unit", contract_period_name(fit.period));
  write_records_read(writer, fit.records);
  write_parameters(writer, fit);
  write_survival(writer, fit);
  write_residual(writer, fit);
  write_cohorts(writer, fit);
  writer.member("renewals_by_month", fit.renewals_by_month);
  write_scenario(writer, fit);
  write_uncertain_inputs(writer, fit.inputs);
  write_warnings(writer, fit.warnings);
  writer.end_object();
  return writer.take();
}

}  // namespace growth::json
