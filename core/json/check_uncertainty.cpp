// What no distribution, correlation or target may be, for those read and those made in C++ alike.
#include <algorithm>
#include <cmath>

#include "analysis/possible.hpp"
#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "growth/validate.hpp"
#include "json/document.hpp"
#include "json/problems.hpp"

namespace growth {
namespace {

using json::conflict;
using json::index_path;
using json::join_path;
using json::out_of_range;

class Checker {
 public:
  Checker(const Scenario<double>& scenario, Errors& errors) : scenario_(scenario), errors_(errors) {}

  void check(const Uncertainty& uncertainty) {
    for (const UncertainInput& input : uncertainty.inputs) check(input);
    if (errors_.empty()) check_correlation(uncertainty);
  }

 private:
  void check(const UncertainInput& input) {
    const std::string at = join_path("uncertainty.inputs", input.path);
    const Field* field = find_number(scenario_, input.path).field;
    if (field == nullptr) {
      errors_.push_back(json::unknown_field(at, input.path, "a numeric field", ""));
      return;
    }
    const auto& p = input.distribution.parameters;
    const std::size_t before = errors_.size();
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
        break;
      case DistributionKind::p10_p90: in_order(at, "p10", p[0], "p90", p[1], false); break;
    }
    if (errors_.size() > before) return;
    if (!analysis::leaves_probability(input.distribution, field->range)) {
      const Message range = json::range_text(field->range, field->unit);
      errors_.push_back(conflict(at,
                                 {"“" + std::string(field->label.zh) + "”只能在 " + range.zh +
                                      " 之间，这个分布几乎全落在外面。",
                                  "“" + std::string(field->label.en) + "” must lie in " + range.en +
                                      "; this distribution lies almost wholly outside."},
                                 {}, range.en));
    }
  }

  void in_order(const std::string& at, std::string_view low_name, double low,
                std::string_view high_name, double high, bool or_equal) {
    if (or_equal ? low <= high : low < high) return;
    const std::string than = or_equal ? "" : " = ";
    errors_.push_back(
        conflict(join_path(at, low_name),
                 {"“" + std::string(low_name) + "”不能大于" + (or_equal ? "" : "或等于") + "“" +
                      std::string(high_name) + "”（" + json::number_text(high) + "）。",
                  "“" + std::string(low_name) + "” must " + (or_equal ? "not be above" : "be below") +
                      " “" + std::string(high_name) + "” (" + json::number_text(high) + ")."},
                 low, (or_equal ? "at most " : "below ") + json::number_text(high)));
  }

  void positive(const std::string& at, std::string_view name, double value) {
    if (value > 0) return;
    errors_.push_back(out_of_range(join_path(at, name), {}, value, {"大于 0 的数", "above 0"}));
  }

  void check_correlation(const Uncertainty& uncertainty) {
    const Correlation& correlation = uncertainty.correlation;
    const std::string at = "uncertainty.correlation";
    const std::size_t n = correlation.paths.size();
    for (std::size_t i = 0; i < n; ++i) {
      const std::string& path = correlation.paths[i];
      const auto same = [&](const UncertainInput& input) { return input.path == path; };
      if (std::none_of(uncertainty.inputs.begin(), uncertainty.inputs.end(), same)) {
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
    if (!errors_.empty() || n == 0) return;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const double entry = correlation.matrix[i * n + j];
        const std::string path = index_path(index_path(at + ".matrix", i), j);
        if (i == j && entry != 1) {
          errors_.push_back(out_of_range(path, {}, entry, {"1（对角线）", "1 (the diagonal)"}));
        } else if (entry != correlation.matrix[j * n + i]) {
          errors_.push_back(
              conflict(path, {"相关矩阵要左下右上对称。", "The correlation matrix must be symmetric."},
                       entry, json::number_text(correlation.matrix[j * n + i])));
        }
      }
    }
    if (errors_.empty() && !analysis::is_positive_definite(correlation.matrix, n)) {
      errors_.push_back(conflict(
          at + ".matrix",
          {"这几个相关系数互相矛盾（矩阵不是正定的），把绝对值调小一些。",
           "These correlations contradict each other (the matrix is not positive definite); make them "
           "smaller."},
          {}, "a positive definite matrix"));
    }
  }

  Scenario<double> scenario_;
  Errors& errors_;
};

}  // namespace

Errors validate(const Scenario<double>& scenario, const Uncertainty& uncertainty) {
  Errors errors;
  Checker(scenario, errors).check(uncertainty);
  return errors;
}

}  // namespace growth
