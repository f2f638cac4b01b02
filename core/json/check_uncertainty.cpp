#include "json/check_uncertainty.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/futures.hpp"
#include "analysis/possible.hpp"
#include "growth/quantities.hpp"
#include "growth/validate.hpp"
#include "json/document.hpp"
#include "json/problems.hpp"

namespace growth::json {
namespace {

constexpr std::string_view k_inputs = "uncertainty.inputs";

class InputChecker {
 public:
  explicit InputChecker(Errors& errors) : errors_(errors) {}

  std::optional<double> check(const Field& field, const UncertainInput& input) {
    const std::string at = join_path(k_inputs, input.path);
    const auto& p = input.distribution.parameters;
    const std::size_t before = errors_.size();
    for (const double parameter : p) {
      if (!std::isfinite(parameter)) {
        errors_.push_back(not_finite(at, parameter));
        return {};
      }
    }
    switch (input.distribution.kind) {
      case DistributionKind::uniform: in_order(at, "low", p[0], "high", p[1], true); break;
      case DistributionKind::triangular:
      case DistributionKind::pert:
        in_order(at, "low", p[0], "high", p[2], true);
        if (errors_.size() == before) {
          in_order(at, "low", p[0], "mode", p[1], true);
          in_order(at, "mode", p[1], "high", p[2], true);
        }
        break;
      case DistributionKind::normal: positive(at, "sd", p[1]); break;
      case DistributionKind::lognormal:
        positive(at, "median", p[0]);
        positive(at, "sigma", p[1]);
        break;
      case DistributionKind::beta:
        if (!(p[0] > 0 && p[0] < 1)) {
          errors_.push_back(out_of_range(join_path(at, "mean"), {}, p[0],
                                         {"大于 0 小于 1 的数", "above 0 and below 1"}));
        }
        positive(at, "concentration", p[1]);
        if (errors_.size() == before && !analysis::is_proper(input.distribution)) {
          errors_.push_back(out_of_range(
              join_path(at, "concentration"), {}, p[1],
              {"大一些的数（这个均值下太小了）", "larger (it is too small for this mean)"}));
        }
        break;
      case DistributionKind::p10_p90: in_order(at, "p10", p[0], "p90", p[1], false); break;
    }
    if (errors_.size() > before) return {};
    std::optional<double> median;
    // Improper by now is only a width beyond the largest number.
    if (analysis::is_proper(input.distribution)) {
      median = analysis::median_within(input.distribution, field.range);
    }
    if (!median) {
      const Message range = range_text(field.range, field.unit);
      errors_.push_back(conflict(at,
                                 {"“" + std::string(field.label.zh) + "”只能在 " + range.zh +
                                      " 之间，这个分布几乎全落在外面。",
                                  "“" + std::string(field.label.en) + "” must lie in " + range.en +
                                      "; this distribution lies almost wholly outside."},
                                 {}, range.en));
    }
    return median;
  }

 private:
  void in_order(const std::string& at, std::string_view low_name, double low,
                std::string_view high_name, double high, bool or_equal) {
    if (or_equal ? low <= high : low < high) return;
    errors_.push_back(
        conflict(join_path(at, low_name),
                 {"“" + std::string(low_name) + "”不能大于" + (or_equal ? "" : "或等于") + "“" +
                      std::string(high_name) + "”（" + number_text(high) + "）。",
                  "“" + std::string(low_name) + "” must " + (or_equal ? "not be above" : "be below") +
                      " “" + std::string(high_name) + "” (" + number_text(high) + ")."},
                 low, (or_equal ? "at most " : "below ") + number_text(high)));
  }

  void positive(const std::string& at, std::string_view name, double value) {
    if (value > 0) return;
    errors_.push_back(out_of_range(join_path(at, name), {}, value, {"大于 0 的数", "above 0"}));
  }

  Errors& errors_;
};

class CorrelationChecker {
 public:
  explicit CorrelationChecker(Errors& errors) : errors_(errors) {}

  void check(const Correlation& correlation, const std::vector<std::string>& inputs) {
    const std::size_t before = errors_.size();
    const std::string at = "uncertainty.correlation";
    const std::size_t n = correlation.paths.size();
    for (std::size_t i = 0; i < n; ++i) {
      const std::string& path = correlation.paths[i];
      if (std::find(inputs.begin(), inputs.end(), path) == inputs.end()) {
        errors_.push_back(conflict(index_path(at + ".paths", i),
                                   {"“" + path + "”没有设成不确定，谈不上相关。",
                                    "“" + path + "” is not among the uncertain inputs."},
                                   path, "a path of uncertainty.inputs"));
      }
      if (std::find(correlation.paths.begin(),
                    correlation.paths.begin() + static_cast<std::ptrdiff_t>(i),
                    path) != correlation.paths.begin() + static_cast<std::ptrdiff_t>(i)) {
        errors_.push_back(conflict(index_path(at + ".paths", i),
                                   {"“" + path + "”写了两次。", "“" + path + "” is listed twice."},
                                   path, "each path once"));
      }
    }
    if (correlation.matrix.size() != n * n) {
      errors_.push_back(out_of_range(at + ".matrix", {}, static_cast<double>(correlation.matrix.size()),
                                     {"每对一个数", "one number for each pair of paths"}));
    }
    const auto odd = std::find_if(correlation.matrix.begin(), correlation.matrix.end(),
                                  [](double entry) { return !std::isfinite(entry); });
    if (odd != correlation.matrix.end()) errors_.push_back(not_finite(at + ".matrix", *odd));
    if (errors_.size() > before) return;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const double entry = correlation.matrix[i * n + j];
        const std::string path = index_path(index_path(at + ".matrix", i), j);
        if (i == j && entry != 1) {
          errors_.push_back(out_of_range(path, {}, entry, {"1（对角线）", "1 (the diagonal)"}));
        } else if (entry != correlation.matrix[j * n + i]) {
          errors_.push_back(
              conflict(path, {"相关矩阵要左下右上对称。", "The correlation matrix must be symmetric."},
                       entry, number_text(correlation.matrix[j * n + i])));
        }
      }
    }
    if (errors_.size() == before && !analysis::is_positive_definite(correlation.matrix, n)) {
      errors_.push_back(conflict(
          at + ".matrix",
          {"这几个相关系数互相矛盾（矩阵不是正定的），把绝对值调小一些。",
           "These correlations contradict each other (the matrix is not positive definite); make them "
           "smaller."},
          {}, "a positive definite matrix"));
    }
  }

  Errors& errors_;
};

}  // namespace

Error too_many_targets(std::size_t given) {
  const std::string most = std::to_string(k_most_targets);
  return out_of_range("uncertainty.targets", {}, static_cast<double>(given),
                      {"最多 " + most + " 个", "at most " + most + " entries"});
}

std::vector<std::string> summary_names() {
  std::vector<std::string> names;
  for (const SummaryEntry& entry : summary_quantities()) names.emplace_back(entry.quantity.id);
  return names;
}

std::optional<double> check_input(const Field& field, const UncertainInput& input, Errors& errors) {
  return InputChecker(errors).check(field, input);
}

void check_central(const Scenario<double>& central, Errors& errors) {
  for (const Error& error : validate(central)) {
    errors.push_back(conflict(std::string(k_inputs),
                              {"各项取中位数时就已矛盾：" + error.message.zh,
                               "With every input at its median: " + error.message.en},
                              error.got, error.allowed));
  }
}

void check_correlation(const Correlation& correlation, const std::vector<std::string>& inputs,
                       Errors& errors) {
  CorrelationChecker(errors).check(correlation, inputs);
}

}  // namespace growth::json

namespace growth {
namespace {

using json::index_path;
using json::join_path;

void check_inputs(const Scenario<double>& scenario, const Uncertainty& uncertainty, Errors& errors) {
  const std::string at(json::k_inputs);
  const std::size_t before = errors.size();
  if (uncertainty.inputs.size() > k_most_uncertain_inputs) {
    errors.push_back(json::out_of_range(at, {}, static_cast<double>(uncertainty.inputs.size()),
                                        {"最多 64 个", "at most 64 entries"}));
    return;
  }
  Scenario<double> central = scenario;
  std::vector<std::string> seen;
  for (const UncertainInput& input : uncertainty.inputs) {
    const auto [field, value] = find_number(central, input.path);
    if (field == nullptr) {
      errors.push_back(
          json::unknown_field(join_path(at, input.path), input.path, "a numeric field", ""));
    } else if (std::find(seen.begin(), seen.end(), input.path) != seen.end()) {
      errors.push_back(
          json::conflict(join_path(at, input.path),
                         {"“" + input.path + "”写了两次。", "“" + input.path + "” is listed twice."},
                         input.path, "each path once"));
    } else if (const auto median = json::check_input(*field, input, errors)) {
      *value = *median;
    }
    seen.push_back(input.path);
  }
  if (errors.size() == before) json::check_central(central, errors);
}

void check_targets(const Uncertainty& uncertainty, Errors& errors) {
  if (uncertainty.targets.size() > k_most_targets) {
    errors.push_back(json::too_many_targets(uncertainty.targets.size()));
    return;
  }
  const std::vector<std::string> metrics = json::summary_names();
  for (std::size_t i = 0; i < uncertainty.targets.size(); ++i) {
    const Target& target = uncertainty.targets[i];
    const std::string at = index_path("uncertainty.targets", i);
    if (std::find(metrics.begin(), metrics.end(), target.metric) == metrics.end()) {
      errors.push_back(
          json::out_of_range(join_path(at, "metric"), {}, target.metric, json::one_of(metrics)));
    }
    if (!std::isfinite(target.at_least)) {
      errors.push_back(json::not_finite(join_path(at, "at_least"), target.at_least));
    }
  }
}

}  // namespace

Errors validate(const Scenario<double>& scenario, const Uncertainty& uncertainty) {
  Errors errors;
  const auto in_range = [&](std::string_view name, double value, Range range, bool whole) {
    if (value >= range.low && value <= range.high) return;
    if (!std::isfinite(value)) {
      errors.push_back(json::not_finite(join_path("uncertainty", name), value));
      return;
    }
    errors.push_back(json::out_of_range(join_path("uncertainty", name), {}, value,
                                        json::range_text(range, Unit::none, whole)));
  };
  in_range("trials", uncertainty.trials, json::k_trials_range, true);
  in_range("traffic_volatility", uncertainty.traffic_volatility, json::k_volatility_range, false);
  check_inputs(scenario, uncertainty, errors);
  json::check_correlation(uncertainty.correlation, analysis::paths_of(uncertainty), errors);
  check_targets(uncertainty, errors);
  return errors;
}

}  // namespace growth
