// The field catalogue with its help and sources. A file of its own, so that a program which describes
// nothing does not link the texts.
#include <array>

#include "growth/fields.hpp"
#include "model/count_entries.hpp"

namespace growth {
namespace {

template <std::size_t Count, class List>
constexpr std::array<Field, Count> listed(List&& list) {
  std::array<Field, Count> table{};
  std::size_t i = 0;
  list([&](const Field& field, auto) { table[i++] = field; });
  return table;
}

constexpr auto k_list = [](auto&& visitor) { visit_fields(visitor); };
constexpr auto k_channel_list = [](auto&& visitor) { visit_channel_fields(visitor); };
constexpr auto k_fields = listed<count_entries(k_list)>(k_list);
constexpr auto k_channel_fields = listed<count_entries(k_channel_list)>(k_channel_list);

}  // namespace

std::span<const Field> described_fields() { return k_fields; }
std::span<const Field> described_channel_fields() { return k_channel_fields; }

}  // namespace growth
