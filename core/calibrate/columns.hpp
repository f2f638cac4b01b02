// Which column of a merchant's file is which: by the names that shop back ends, order tools and people
// give them, and by what the first rows hold.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/calibrate.hpp"

namespace growth::calibrate {

enum class RecordKind { orders, sessions, contracts };
/// "orders", "sessions", "contracts".
[[nodiscard]] std::string_view record_kind_name(RecordKind kind);
inline constexpr RecordKind k_record_kinds[] = {RecordKind::orders, RecordKind::sessions,
                                                RecordKind::contracts};

/// Fields a column can stand for, in their order, without those that carry a name of their own:
/// `viewers_…` and `spend_…` of a session with the channel's id behind, `count_…` of contracts with the
/// renewals made.
[[nodiscard]] std::vector<std::string> record_fields(RecordKind kind);
/// The renewals of a field `count_…`.
[[nodiscard]] std::optional<int> age_of_field(std::string_view field);
[[nodiscard]] bool is_record_field(RecordKind kind, std::string_view field);

/// A column of the file.
struct FileColumn {
  std::string name;                   ///< as in the file
  std::string field;                  ///< what it stands for; empty: nothing that is read
  bool sure{};                        ///< by its name, and no other column fits as well
  std::vector<std::string> examples;  ///< the first few cells that are not empty
};

/// A date whose day and month cannot be told apart.
struct AmbiguousDate {
  std::size_t row{};     ///< among the first rows, from 0
  std::size_t column{};  ///< from 0
  std::string cell;
};

struct Recognition {
  std::vector<FileColumn> columns;   ///< every column of the file, in its order
  std::vector<std::string> missing;  ///< fields that have to be there and are not
  /// What the dates of the first rows say; nothing where they say nothing or there are no dates.
  std::optional<DateOrder> date_order;
  std::optional<AmbiguousDate> ambiguous;
  bool sure{};  ///< nothing is missing, guessed or ambiguous

  /// The column of a field.
  [[nodiscard]] std::optional<std::size_t> column_of(std::string_view field) const;
};

/// A table's first row and some that follow; rows may be shorter or longer than the first.
using FirstRows = std::vector<std::vector<std::string>>;

/// `choices` go before what is recognised. Errors, with paths `columns.…`: fields and columns there are
/// not, two fields of one column.
[[nodiscard]] Result<Recognition> recognise(RecordKind kind, const std::vector<std::string>& header,
                                            const FirstRows& first_rows,
                                            const std::vector<ColumnChoice>& choices = {});

/// The currency a column's name speaks of (`amount_gbp`, `金额(USD)`, `dollars`); empty where none.
[[nodiscard]] std::string_view currency_of_name(std::string_view column);

}  // namespace growth::calibrate
