// The catalogues as constant tables.
#include <array>
#include <type_traits>

#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "model/count_entries.hpp"

namespace growth {
namespace {

/// What reading and checking need of a field.
constexpr Field bare(Field field) {
  field.help = {};
  field.facts = {};
  return field;
}

/// A captureless member, as a plain function.
template <class Owner, class Value, class Member>
constexpr Access<Owner, Value> access_of(Member) {
  return {[](const Owner& owner) -> const Value& { return Member{}(owner); },
          [](Owner& owner) -> Value& { return Member{}(owner); }};
}
template <class Owner, class Member>
constexpr auto read_of(Member member) {
  using Value = std::remove_cvref_t<decltype(member(std::declval<const Owner&>()))>;
  return access_of<Owner, Value>(member).read;
}

constexpr auto k_fields = [] {
  std::array<FieldEntry, count_entries([](auto&& visitor) { visit_fields(visitor); })> table{};
  std::size_t i = 0;
  visit_fields([&](const Field& field, auto member) {
    using Owner = Scenario<double>;
    using Value = std::remove_reference_t<decltype(member(std::declval<Owner&>()))>;
    table[i++] = {bare(field), access_of<Owner, Value>(member)};
  });
  return table;
}();

constexpr auto k_channel_fields = [] {
  std::array<ChannelFieldEntry, count_entries([](auto&& visitor) { visit_channel_fields(visitor); })>
      table{};
  std::size_t i = 0;
  visit_channel_fields([&](const Field& field, auto member) {
    table[i++] = {bare(field), access_of<Channel<double>, double>(member)};
  });
  return table;
}();

constexpr auto k_columns = [] {
  std::array<QuantityEntry<Month<double>>,
             count_entries([](auto&& visitor) { visit_columns(visitor); })>
      table{};
  std::size_t i = 0;
  visit_columns([&](const Quantity& quantity, auto member) {
    table[i++] = {quantity, read_of<Month<double>>(member)};
  });
  return table;
}();

constexpr auto k_terms = [] {
  std::array<QuantityEntry<Month<double>>, count_entries([](auto&& visitor) { visit_terms(visitor); })>
      table{};
  std::size_t i = 0;
  visit_terms([&](const Quantity& quantity, auto member) {
    table[i++] = {quantity, read_of<Month<double>>(member)};
  });
  return table;
}();

constexpr auto k_plan_terms = [] {
  std::array<Quantity, count_entries([](auto&& visitor) { visit_plan_terms(visitor); })> table{};
  std::size_t i = 0;
  visit_plan_terms([&](const Quantity& quantity) { table[i++] = quantity; });
  return table;
}();

constexpr auto k_summary = [] {
  std::array<SummaryEntry, count_entries([](auto&& visitor) { visit_summary(visitor); })> table{};
  std::size_t i = 0;
  visit_summary([&](const Quantity& quantity, auto member) {
    table[i++] = {quantity, read_of<Summary<double>>(member)};
  });
  return table;
}();

constexpr auto k_unit_economics = [] {
  std::array<QuantityEntry<UnitEconomics<double>>,
             count_entries([](auto&& visitor) { visit_unit_economics(visitor); })>
      table{};
  std::size_t i = 0;
  visit_unit_economics([&](const Quantity& quantity, auto member) {
    table[i++] = {quantity, read_of<UnitEconomics<double>>(member)};
  });
  return table;
}();

}  // namespace

std::span<const FieldEntry> fields() { return k_fields; }
std::span<const ChannelFieldEntry> channel_fields() { return k_channel_fields; }
std::span<const QuantityEntry<Month<double>>> month_columns() { return k_columns; }
std::span<const QuantityEntry<Month<double>>> month_terms() { return k_terms; }
std::span<const Quantity> plan_terms() { return k_plan_terms; }
std::span<const SummaryEntry> summary_quantities() { return k_summary; }
std::span<const QuantityEntry<UnitEconomics<double>>> unit_economics_quantities() {
  return k_unit_economics;
}

}  // namespace growth
