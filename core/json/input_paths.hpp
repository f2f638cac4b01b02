// The paths of a scenario's numeric inputs, for requests that name one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "growth/fields.hpp"
#include "growth/scenario.hpp"

namespace growth::json {

class InputPaths {
 public:
  explicit InputPaths(Scenario<double> scenario);

  /// Of a numeric input; null where there is none of this path.
  [[nodiscard]] const Field* number(std::string_view path) const;
  [[nodiscard]] const std::vector<std::string>& numbers() const { return paths_; }

  /// Of a whole number, a list or a text; null where there is none of this path.
  [[nodiscard]] static const Field* other(std::string_view path);

 private:
  std::vector<std::string> paths_;
  std::vector<Field> fields_;  // of the same paths
};

}  // namespace growth::json
