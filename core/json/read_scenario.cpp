#include "json/read_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <type_traits>

#include "growth/fields.hpp"
#include "growth/validate.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"

namespace growth::json {
namespace {

constexpr Range k_seasonality_length{12, 12};
constexpr Range k_curve_length{0, k_longest_curve};
constexpr Range k_channels_length{0, k_most_channels};
constexpr std::size_t k_longest_channel_id = 32;
/// Of the list itself; its numbers are described by channel_fields().
constexpr Field k_channels{"channels",
                           Unit::none,
                           {0, 0},
                           {0, 0},
                           Role::decision,
                           Basis::assumed,
                           "",
                           {"付费渠道", "Paid channels"},
                           {}};

// ---------------------------------------------------------------- checks, for JSON and C++ alike

void check_number(const Field& field, const std::string& path, double value, bool whole,
                  Errors& errors) {
  if (!std::isfinite(value)) {
    errors.push_back(not_finite(path, value));
  } else if (value < field.range.low || value > field.range.high ||
             (whole && value != std::floor(value))) {
    errors.push_back(
        out_of_range(path, field.label, value, range_text(field.range, field.unit, whole)));
  }
}

void check_length(const Field& field, const std::string& path, std::size_t length, Range allowed,
                  Errors& errors) {
  const auto count = static_cast<double>(length);
  if (count >= allowed.low && count <= allowed.high) return;
  const Message range =
      allowed.low == allowed.high
          ? Message{number_text(allowed.low) + " 个", number_text(allowed.low) + " entries"}
          : Message{"最多 " + number_text(allowed.high) + " 个",
                    "at most " + number_text(allowed.high) + " entries"};
  errors.push_back(out_of_range(path, field.label, count, range));
}

template <class List>
void check_entries(const Field& field, const std::string& path, const List& list, Errors& errors) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    check_number(field, index_path(path, i), list[i], false, errors);
  }
}

void check_channel_id(const std::string& id, const std::string& path, Errors& errors) {
  const bool legal =
      !id.empty() && id.size() <= k_longest_channel_id && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      });
  if (!legal) {
    errors.push_back(out_of_range(path, {"渠道 id", "Channel id"}, given(Json(id)),
                                  {"1 到 32 个小写字母、数字或下划线", "[a-z0-9_]{1,32}"}));
  }
}

bool reported(const Errors& errors, std::string_view path) {
  return std::any_of(errors.begin(), errors.end(),
                     [&](const Error& error) { return error.path == path; });
}

/// Contradictions between fields; silent about fields that are already reported.
void check_relations(const Scenario<double>& scenario, Errors& errors) {
  const Live<double>& live = scenario.live;
  if (live.first_wave_min > live.first_wave_max && !reported(errors, "live.first_wave_min") &&
      !reported(errors, "live.first_wave_max")) {
    const std::string high = number_text(live.first_wave_max);
    errors.push_back(conflict(
        "live.first_wave_min",
        {"首波推流：新号的 " + number_text(live.first_wave_min) + " 比高权重的 " + high + " 还大。",
         "The first push of a new account, " + number_text(live.first_wave_min) +
             ", is above that of a trusted one, " + high + "."},
        live.first_wave_min, "at most live.first_wave_max, " + high));
  }
  const Indicators<double>& weight = scenario.quality.weight;
  const bool weights_reported = std::any_of(errors.begin(), errors.end(), [](const Error& error) {
    return error.path.rfind("quality.weight", 0) == 0;
  });
  if (!weights_reported && weight.private_viewers + weight.square_ctr + weight.dwell_minutes +
                                   weight.gpm + weight.interaction_rate <=
                               0) {
    errors.push_back(conflict("quality.weight",
                              {"五个指标的权重加起来是 0，至少一个要大于 0。",
                               "The five weights sum to 0; at least one must be positive."},
                              0.0, "a sum above 0"));
  }
  for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
    const std::string& id = scenario.channels[i].id;
    const auto first = std::find_if(scenario.channels.begin(), scenario.channels.end(),
                                    [&](const Channel<double>& channel) { return channel.id == id; });
    const std::string path = index_path("channels", i) + ".id";
    if (first != scenario.channels.begin() + static_cast<std::ptrdiff_t>(i) && !id.empty() &&
        !reported(errors, path)) {
      errors.push_back(
          conflict(path, {"渠道 id “" + id + "”重复了。", "Channel id “" + id + "” is used twice."}, id,
                   "unique ids"));
    }
  }
}

/// Position of a path in the documentation, so that errors come in field order.
std::size_t rank(std::string_view path) {
  static const std::vector<std::string> order = [] {
    std::vector<std::string> paths{"schema", "name"};
    for (const FieldEntry& entry : fields()) {
      const std::string_view field_path = entry.field.path;
      if (field_path == "vouchers.opening_balance") paths.emplace_back("channels");
      if (field_path == "incentives.scale") {
        paths.emplace_back("incentives.stages");
        paths.emplace_back("incentives.programmes");
      }
      paths.emplace_back(field_path);
    }
    return paths;
  }();
  const auto below = [](std::string_view inner, std::string_view outer) {
    return inner.size() > outer.size() && inner.substr(0, outer.size()) == outer &&
           (inner[outer.size()] == '.' || inner[outer.size()] == '[');
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    // What follows begins alike, and of hostile keys there are many.
    if (path.substr(0, 1) != std::string_view(order[i]).substr(0, 1)) continue;
    if (path == order[i] || below(path, order[i]) || below(order[i], path)) return i;
  }
  return order.size();
}

void sort_by_field(Errors& errors) {
  // Position and original index: the order of problems of one field stays.
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t i = 0; i < errors.size(); ++i) order.emplace_back(rank(errors[i].path), i);
  std::sort(order.begin(), order.end());
  Errors sorted;
  for (const auto& [position, i] : order) sorted.push_back(std::move(errors[i]));
  errors = std::move(sorted);
}

// ---------------------------------------------------------------- reading

/// The names each object of a scenario may hold, by the object's path.
const std::map<std::string, std::vector<std::string>, std::less<>>& known_members() {
  static const auto members = [] {
    std::map<std::string, std::vector<std::string>, std::less<>> found;
    const auto add = [&](const std::string& parent, const std::string& name) {
      auto& names = found[parent];
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    add("", "schema");
    add("", "name");
    for (const FieldEntry& entry : fields()) {
      std::string path(entry.field.path);
      for (;;) {
        const std::size_t dot = path.rfind('.');
        const std::string parent = dot == std::string::npos ? "" : path.substr(0, dot);
        add(parent, path.substr(dot == std::string::npos ? 0 : dot + 1));
        if (parent.empty()) break;
        path = parent;
      }
    }
    add("", "channels");
    for (const std::string_view key : k_request_keys) add("", std::string(key));
    add("incentives", "stages");
    add("incentives", "programmes");
    return found;
  }();
  return members;
}

class Reader {
 public:
  Reader(const Document& document, const std::vector<std::string>& known_packs, Errors& errors)
      : document_(document), known_packs_(known_packs), errors_(errors) {
    errors_ = document.errors;
  }

  Scenario<double> run() {
    const Json& root = document_.root;
    if (!root.is_object()) {
      errors_.push_back(wrong_type("", {"方案", "scenario"}, k_an_object, given(root)));
      return std::move(scenario_);
    }
    read_head(root);
    for (const FieldEntry& entry : fields()) {
      const Json* value = locate(entry.field.path);
      if (value == nullptr) continue;
      const std::string path(entry.field.path);
      std::visit(
          [&](const auto& access) { read_field(entry.field, path, *value, access.write(scenario_)); },
          entry.access);
    }
    if (const Json* channels = locate("channels")) read_channels(*channels);
    read_programmes();
    for (const auto& [path, names] : known_members()) refuse_unknown(path, names);
    check_relations(scenario_, errors_);
    if (!errors_.empty()) sort_by_field(errors_);
    return std::move(scenario_);
  }

 private:
  /// The value at a dotted path; null where it or an object above it is absent. An object above that
  /// is something else is reported, once.
  const Json* locate(std::string_view path) {
    const Json* value = &document_.root;
    for (std::size_t begin = 0;;) {
      const std::size_t dot = path.find('.', begin);
      value = find(*value, path.substr(begin, dot - begin));
      if (value == nullptr || dot == std::string_view::npos) return value;
      if (!value->is_object()) {
        const std::string parent(path.substr(0, dot));
        if (!reported(errors_, parent)) {
          errors_.push_back(wrong_type(parent, {}, k_an_object, given(*value)));
        }
        return nullptr;
      }
      begin = dot + 1;
    }
  }

  [[nodiscard]] bool skip(const std::string& path) const { return document_.bad_paths.count(path) > 0; }

  std::optional<double> number(const Field& field, const std::string& path, const Json& value,
                               bool whole) {
    if (skip(path)) return {};
    if (!value.is_number()) {
      errors_.push_back(wrong_type(path, field.label, k_a_number, given(value)));
      return {};
    }
    const std::size_t before = errors_.size();
    const double read = value.get<double>();
    check_number(field, path, read, whole, errors_);
    if (errors_.size() > before) return {};
    return read;
  }

  void read_field(const Field& field, const std::string& path, const Json& value, double& member) {
    if (const auto read = number(field, path, value, false)) member = *read;
  }
  void read_field(const Field& field, const std::string& path, const Json& value, int& member) {
    if (const auto read = number(field, path, value, true)) member = static_cast<int>(*read);
  }
  std::optional<std::vector<double>> read_list(const Field& field, const std::string& path,
                                               const Json& value, Range length) {
    if (!value.is_array()) {
      errors_.push_back(wrong_type(path, field.label, k_a_list, given(value)));
      return {};
    }
    const std::size_t before = errors_.size();
    check_length(field, path, value.size(), length, errors_);
    std::vector<double> read;
    const std::size_t most =
        std::min(value.size(), static_cast<std::size_t>(length.high));  // the rest is reported above
    for (std::size_t i = 0; i < most; ++i) {
      if (const auto entry = number(field, index_path(path, i), value[i], false)) {
        read.push_back(*entry);
      }
    }
    if (errors_.size() > before || read.size() != value.size()) return {};
    return read;
  }
  void read_field(const Field& field, const std::string& path, const Json& value,
                  std::array<double, 12>& member) {
    if (const auto read = read_list(field, path, value, k_seasonality_length)) {
      std::copy(read->begin(), read->end(), member.begin());
    }
  }
  void read_field(const Field& field, const std::string& path, const Json& value, Curve& member) {
    if (auto read = read_list(field, path, value, k_curve_length)) member = std::move(read);
  }
  void read_field(const Field& field, const std::string& path, const Json& value,
                  std::vector<std::string>& member) {
    if (!value.is_array()) {
      errors_.push_back(wrong_type(path, field.label, k_a_list, given(value)));
      return;
    }
    member.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i].is_string()) {
        member.push_back(value[i].get<std::string>());
      } else {
        errors_.push_back(wrong_type(index_path(path, i), field.label, k_a_text, given(value[i])));
      }
    }
  }
  void read_field(const Field& field, const std::string& path, const Json& value, std::string& member) {
    if (skip(path)) return;
    if (!value.is_string()) {
      errors_.push_back(wrong_type(path, field.label, k_a_text, given(value)));
      return;
    }
    const std::string& id = value.get_ref<const std::string&>();
    if (id != "none" && std::find(known_packs_.begin(), known_packs_.end(), id) == known_packs_.end()) {
      std::vector<std::string> allowed{"none"};
      allowed.insert(allowed.end(), known_packs_.begin(), known_packs_.end());
      errors_.push_back(out_of_range(path, field.label, given(value), one_of(allowed)));
      return;
    }
    member = id;
  }

  void read_head(const Json& root) {
    if (const Json* schema = find(root, "schema")) {
      if (!schema->is_string()) {
        errors_.push_back(wrong_type("schema", {}, k_a_text, given(*schema)));
      } else if (*schema != k_scenario_schema) {
        errors_.push_back(
            out_of_range("schema", {}, given(*schema), one_of({std::string(k_scenario_schema)})));
      }
    }
    if (const Json* name = find(root, "name")) {
      if (name->is_string()) {
        scenario_.name = name->get<std::string>();
      } else {
        errors_.push_back(wrong_type("name", {"方案名", "Name"}, k_a_text, given(*name)));
      }
    }
  }

  void read_channels(const Json& list) {
    if (!list.is_array()) {
      errors_.push_back(wrong_type("channels", k_channels.label, k_a_list, given(list)));
      return;
    }
    check_length(k_channels, "channels", list.size(), k_channels_length, errors_);
    scenario_.channels.clear();
    for (std::size_t i = 0; i < std::min(list.size(), k_most_channels); ++i) {
      scenario_.channels.push_back(read_channel(list[i], index_path("channels", i)));
    }
  }

  Channel<double> read_channel(const Json& object, const std::string& path) {
    Channel<double> channel;
    if (!object.is_object()) {
      errors_.push_back(wrong_type(path, {"渠道", "Channel"}, k_an_object, given(object)));
      return channel;
    }
    std::vector<std::string> names{"id"};
    const std::string id_path = path + ".id";
    if (const Json* id = find(object, "id"); id == nullptr) {
      errors_.push_back(missing(id_path, {"渠道 id", "[a-z0-9_]{1,32}"}));
    } else if (!id->is_string()) {
      errors_.push_back(wrong_type(id_path, {"渠道 id", "Channel id"}, k_a_text, given(*id)));
    } else if (!skip(id_path)) {
      channel.id = id->get<std::string>();
      check_channel_id(channel.id, id_path, errors_);
    }
    for (const auto& [field, access] : channel_fields()) {
      names.emplace_back(field.path);
      const std::string field_path = join_path(path, field.path);
      if (const Json* value = find(object, field.path)) {
        read_field(field, field_path, *value, access.write(channel));
      } else if (field.path == "cost_per_viewer" || field.path == "half_saturation" ||
                 field.path == "precision") {
        errors_.push_back(missing(field_path, range_text(field.range, field.unit)));
      }
    }
    json::refuse_unknown(object, path, names, errors_);
    return channel;
  }

  void read_programmes() {
    const Json* stages = locate("incentives.stages");
    const Json* programmes = locate("incentives.programmes");
    if (stages == nullptr && programmes == nullptr) return;
    scenario_.incentives.own = read_incentives(stages, programmes, "incentives", errors_);
    const std::string& pack = scenario_.incentives.pack;
    if (pack != "none") {
      const char* path = programmes != nullptr ? "incentives.programmes" : "incentives.stages";
      errors_.push_back(
          conflict(path,
                   {"自写的计划和政策包“" + pack + "”不能同时用，请留一个。",
                    "Programmes of your own and the pack “" + pack + "” exclude each other; keep one."},
                   pack, "incentives.pack \"none\" beside inline programmes"));
    }
  }

  void refuse_unknown(const std::string& path, const std::vector<std::string>& names) {
    const Json* object = path.empty() ? &document_.root : locate(path);
    if (object != nullptr) json::refuse_unknown(*object, path, names, errors_);
  }

  const Document& document_;
  const std::vector<std::string>& known_packs_;
  Errors& errors_;
  Scenario<double> scenario_;
};

}  // namespace

Result<Scenario<double>> read_scenario(const Document& document,
                                       const std::vector<std::string>& known_packs) {
  Errors errors;
  Scenario<double> scenario = read_scenario(document, known_packs, errors);
  if (!errors.empty()) return errors;
  return scenario;
}

Scenario<double> read_scenario(const Document& document, const std::vector<std::string>& known_packs,
                               Errors& errors) {
  return Reader(document, known_packs, errors).run();
}

}  // namespace growth::json

namespace growth {

Errors validate(const Scenario<double>& scenario) {
  using namespace json;
  Errors errors;
  for (const FieldEntry& entry : fields()) {
    const Field& field = entry.field;
    const std::string path(field.path);
    std::visit(
        [&](const auto& access) {
          const auto& value = access.read(scenario);
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_arithmetic_v<Value>) {
            check_number(field, path, static_cast<double>(value), std::is_integral_v<Value>, errors);
          } else if constexpr (std::is_same_v<Value, std::array<double, 12>>) {
            check_entries(field, path, value, errors);
          } else if constexpr (std::is_same_v<Value, Curve>) {
            if (!value) return;
            check_length(field, path, value->size(), k_curve_length, errors);
            check_entries(field, path, *value, errors);
          }
        },
        entry.access);
  }
  check_length(k_channels, "channels", scenario.channels.size(), k_channels_length, errors);
  for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
    const std::string path = index_path("channels", i);
    check_channel_id(scenario.channels[i].id, path + ".id", errors);
    for (const auto& [field, access] : channel_fields()) {
      check_number(field, join_path(path, field.path), access.read(scenario.channels[i]), false,
                   errors);
    }
  }
  if (scenario.incentives.own) {
    check_incentives(*scenario.incentives.own, "incentives", errors);
  }
  check_relations(scenario, errors);
  sort_by_field(errors);
  return errors;
}

}  // namespace growth
