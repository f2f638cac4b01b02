#include "json/read_uncertainty.hpp"

#include <algorithm>

#include "growth/fields.hpp"
#include "json/check_uncertainty.hpp"
#include "json/distribution.hpp"
#include "json/input_paths.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"

namespace growth::json {
namespace {

constexpr Range k_seed{0, 4294967295.0};
constexpr Range k_any_number{-1e15, 1e15};

const std::vector<std::string>& kind_names() {
  static const auto names = [] {
    std::vector<std::string> list;
    for (int i = 0; i <= static_cast<int>(DistributionKind::p10_p90); ++i) {
      list.emplace_back(distribution_name(static_cast<DistributionKind>(i)));
    }
    return list;
  }();
  return names;
}

/// The key that names a distribution's kind; the first is ours, the others are how people write it.
constexpr std::string_view k_kind_keys[] = {"dist", "type", "kind", "distribution"};

class UncertaintyReader {
 public:
  explicit UncertaintyReader(Draft& draft)
      : draft_(draft), errors_(draft.errors), paths_(draft.request.scenario) {}

  Uncertainty run() {
    const Json* object = find(draft_.request.root, k_path);
    if (!json::is_object({object, k_path}, errors_)) return {};
    refuse_unknown(
        *object, k_path,
        {"trials", "seed", "sampler", "traffic_volatility", "correlation", "inputs", "targets"},
        errors_);
    if (const auto trials = read_whole(member_of(*object, k_path, "trials"), k_trials_range, errors_)) {
      uncertainty_.trials = static_cast<int>(*trials);
    }
    if (const auto seed = read_whole(member_of(*object, k_path, "seed"), k_seed, errors_)) {
      uncertainty_.seed = static_cast<std::uint32_t>(*seed);
    }
    if (const auto sampler =
            read_choice(member_of(*object, k_path, "sampler"), {"sobol", "philox"}, errors_)) {
      uncertainty_.sampler = static_cast<Sampler>(*sampler);
    }
    if (const auto volatility = read_number(member_of(*object, k_path, "traffic_volatility"),
                                            k_volatility_range, errors_)) {
      uncertainty_.traffic_volatility = *volatility;
    }
    if (const Json* inputs = find(*object, "inputs")) read_inputs(*inputs);
    if (const Json* correlation = find(*object, "correlation")) read_correlation(*correlation);
    if (const Json* targets = find(*object, "targets")) read_targets(*targets);
    return std::move(uncertainty_);
  }

 private:
  static constexpr const char* k_path = "uncertainty";

  bool is_object(const Json& value, const std::string& path) {
    return json::is_object({&value, path}, errors_);
  }
  bool is_list(const Json& value, const std::string& path) {
    return json::is_list({&value, path}, errors_);
  }
  std::optional<double> required_number(const Json& object, std::string_view name,
                                        const std::string& path) {
    const Place place = member_of(object, path, name);
    is_there(place, {"数字", "a number"}, errors_);
    return read_number(place, k_any_number, errors_);
  }

  void report_path(const std::string& path, const std::string& at) {
    if (InputPaths::other(path) != nullptr) {
      errors_.push_back(
          conflict(at,
                   {"“" + path + "”是整数、列表或文字，不能设成不确定。",
                    "“" + path + "” is a whole number, a list or text; it cannot be uncertain."},
                   path, "a numeric field"));
    } else {
      errors_.push_back(
          unknown_field(at, path, "a numeric field", nearest_name(path, paths_.numbers())));
    }
  }

  void read_inputs(const Json& inputs) {
    const std::string at = "uncertainty.inputs";
    if (!is_object(inputs, at)) return;
    if (inputs.size() > k_most_uncertain_inputs) {
      errors_.push_back(out_of_range(at, {}, static_cast<double>(inputs.size()),
                                     {"最多 64 个", "at most 64 entries"}));
      return;
    }
    Scenario<double> central = draft_.request.scenario;
    const std::size_t before = errors_.size();
    for (const auto& [path, value] : inputs.get_ref<const Json::object_t&>()) {
      const std::string below = join_path(at, path);
      const auto [field, member] = find_number(central, path);
      if (field == nullptr && draft_.knows(path)) {
        report_path(path, below);
        continue;
      }
      if (!is_object(value, below)) continue;
      listed_.push_back(path);
      const auto distribution = read_distribution(value, below);
      if (!distribution || field == nullptr) continue;
      uncertainty_.inputs.push_back({path, *distribution});
      if (const auto median = check_input(*field, uncertainty_.inputs.back(), errors_)) {
        *member = *median;
      }
    }
    if (errors_.size() == before && draft_.legal) check_central(central, errors_);
    std::sort(uncertainty_.inputs.begin(), uncertainty_.inputs.end(),
              [](const UncertainInput& a, const UncertainInput& b) { return a.path < b.path; });
  }

  /// {"dist": "pert", "low": …} or {"pert": {"low": …}}.
  std::optional<DistributionOfInput> read_distribution(const Json& object, const std::string& path) {
    for (const std::string_view key : k_kind_keys) {
      const Json* kind = find(object, key);
      if (kind == nullptr) continue;
      const auto found = read_choice({kind, join_path(path, key)}, kind_names(), errors_);
      if (!found) return {};
      return read_parameters(object, path, static_cast<DistributionKind>(*found), std::string(key));
    }
    if (object.size() == 1) {
      const auto& [name, parameters] = *object.get_ref<const Json::object_t&>().begin();
      const auto found = std::find(kind_names().begin(), kind_names().end(), name);
      if (found != kind_names().end()) {
        const std::string at = join_path(path, name);
        if (!is_object(parameters, at)) return {};
        return read_parameters(parameters, at,
                               static_cast<DistributionKind>(found - kind_names().begin()), "");
      }
    }
    errors_.push_back(missing(join_path(path, k_kind_keys[0]), one_of(kind_names())));
    return {};
  }

  std::optional<DistributionOfInput> read_parameters(const Json& object, const std::string& path,
                                                     DistributionKind kind,
                                                     const std::string& kind_key) {
    const std::vector<std::string> names = parameter_names(kind);
    std::vector<std::string> known = names;
    if (!kind_key.empty()) known.push_back(kind_key);
    const std::size_t before = errors_.size();
    refuse_unknown(object, path, known, errors_);
    DistributionOfInput distribution{kind, {}};
    for (std::size_t i = 0; i < names.size(); ++i) {
      distribution.parameters[i] = required_number(object, names[i], path).value_or(0);
    }
    if (errors_.size() > before) return {};
    return distribution;
  }

  void read_correlation(const Json& object) {
    const std::string at = "uncertainty.correlation";
    if (!is_object(object, at)) return;
    const std::size_t before = errors_.size();
    refuse_unknown(object, at, {"paths", "matrix"}, errors_);
    for (const std::string_view name : {"paths", "matrix"}) {
      if (!is_there(member_of(object, at, name), {"列表", "a list"}, errors_)) return;
    }
    const Json& paths = *find(object, "paths");
    const Json& matrix = *find(object, "matrix");
    if (!is_list(paths, at + ".paths") || !is_list(matrix, at + ".matrix")) return;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::string* path = read_text(entry_of(paths, at + ".paths", i), errors_);
      if (path != nullptr) uncertainty_.correlation.paths.push_back(*path);
    }
    const auto wanted_length = [&](const Json& list, const std::string& path) {
      if (list.size() == paths.size()) return true;
      const std::string count = std::to_string(paths.size());
      errors_.push_back(out_of_range(path, {}, static_cast<double>(list.size()),
                                     {count + " 个", count + " entries"}));
      return false;
    };
    if (!wanted_length(matrix, at + ".matrix")) return;
    for (std::size_t i = 0; i < matrix.size(); ++i) {
      const std::string row = index_path(at + ".matrix", i);
      if (!is_list(matrix[i], row) || !wanted_length(matrix[i], row)) continue;
      for (std::size_t j = 0; j < matrix[i].size(); ++j) {
        uncertainty_.correlation.matrix.push_back(
            read_number(entry_of(matrix[i], row, j), {-1, 1}, errors_).value_or(0));
      }
    }
    if (errors_.size() == before) check_correlation(uncertainty_.correlation, listed_, errors_);
  }

  void read_targets(const Json& list) {
    const std::string at = "uncertainty.targets";
    if (!is_list(list, at)) return;
    if (list.size() > k_most_targets) {
      errors_.push_back(too_many_targets(list.size()));
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string path = index_path(at, i);
      if (!is_object(list[i], path)) continue;
      refuse_unknown(list[i], path, {"metric", "at_least"}, errors_);
      Target target;
      const Place metric = member_of(list[i], path, "metric");
      is_there(metric, one_of(summary_names()), errors_);
      if (const auto name = read_summary_metric(metric, errors_)) target.metric = *name;
      target.at_least = required_number(list[i], "at_least", path).value_or(0);
      uncertainty_.targets.push_back(std::move(target));
    }
  }

  Draft& draft_;
  Errors& errors_;
  InputPaths paths_;
  Uncertainty uncertainty_;
  std::vector<std::string> listed_;  // inputs that are named, whether or not they are in order
};

}  // namespace

std::optional<std::string> read_summary_metric(const Place& place, Errors& errors) {
  const std::vector<std::string> names = summary_names();
  const auto position = read_choice(place, names, errors);
  if (!position) return {};
  return names[*position];
}

Uncertainty read_uncertainty(Draft& draft) { return UncertaintyReader(draft).run(); }

Uncertainty required_uncertainty(Draft& draft) {
  is_there(member_of(draft.request.root, {}, "uncertainty"),
           {"各个拿不准的数有多不准", "what is uncertain, and how much"}, draft.errors);
  return read_uncertainty(draft);
}

}  // namespace growth::json
