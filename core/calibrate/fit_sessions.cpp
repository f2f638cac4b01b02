#include <algorithm>
#include <cmath>
#include <limits>

#include "calibrate/channel_response.hpp"
#include "calibrate/poisson_identity.hpp"
#include "calibrate/room_leverage.hpp"
#include "calibrate/session_log.hpp"
#include "growth/fields.hpp"
#include "model/traffic.hpp"

namespace growth {

std::string_view not_learned_name(NotLearnedReason reason) {
  switch (reason) {
    case NotLearnedReason::missing_column: return "missing_column";
    case NotLearnedReason::too_few: return "too_few";
    case NotLearnedReason::no_viewers: return "no_viewers";
    case NotLearnedReason::no_variation: return "no_variation";
    case NotLearnedReason::collinear: return "collinear";
    case NotLearnedReason::boundary: return "boundary";
    case NotLearnedReason::out_of_range: return "out_of_range";
  }
  return "";
}

namespace calibrate {
namespace {

using enum NotLearnedReason;

constexpr double k_days_per_month = 30;
/// Half of a normal distribution about 0 whose 95 % point is a one-sided limit: limit over sd.
constexpr double k_half_normal_limit = 1.959963984540054;
constexpr double k_one_sided = 1.6448536269514722;

/// A mean or a ratio with its error.
struct Measured {
  double value{};
  double error{};
  std::size_t observations{};
};

/// Mean of what there is, with the error of a mean.
Measured mean_of(const std::vector<double>& values) {
  Measured mean;
  mean.observations = values.size();
  if (values.empty()) return mean;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) mean.value += value / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean.value) * (value - mean.value);
  if (values.size() > 1) mean.error = std::sqrt(squares / (n - 1) / n);
  return mean;
}

/// Σ above / Σ below, with the error of a ratio over sessions (Cochran 1977, 2.11).
Measured ratio_of(const std::vector<double>& above, const std::vector<double>& below) {
  double sum_above = 0;
  double sum_below = 0;
  for (std::size_t i = 0; i < above.size(); ++i) {
    sum_above += above[i];
    sum_below += below[i];
  }
  Measured ratio;
  ratio.observations = static_cast<std::size_t>(
      std::count_if(below.begin(), below.end(), [](double part) { return part > 0; }));
  if (!(sum_below > 0)) return ratio;
  ratio.value = sum_above / sum_below;
  double squares = 0;
  for (std::size_t i = 0; i < above.size(); ++i) {
    const double off = above[i] - ratio.value * below[i];
    squares += off * off;
  }
  const auto n = static_cast<double>(ratio.observations);
  if (ratio.observations > 1) ratio.error = std::sqrt(squares * n / (n - 1)) / sum_below;
  return ratio;
}

/// Puts what is learned where it belongs: into the scenario, the list and the uncertain inputs.
class Findings {
 public:
  explicit Findings(SessionsFit& result) : result_(result) {}

  /// A number within (0, 1): a beta distribution with this mean and error.
  bool share(const std::string& path, double value, double error) {
    std::optional<DistributionOfInput> distribution;
    if (value > 0 && value < 1 && error > 0) {
      const double concentration = value * (1 - value) / (error * error) - 1;
      // Wider than any rate can be: nearly nothing but 0 and 1.
      if (!(value * concentration > k_least_shape && (1 - value) * concentration > k_least_shape)) {
        not_learned(path, too_few,
                    {"数据太少，误差比数值本身还大得多。",
                     "There is too little data: the error is far larger than the value."});
        return false;
      }
      distribution = {DistributionKind::beta, {value, concentration}};
    }
    return put(path, value, error, distribution);
  }

  /// A number above 0: a lognormal distribution with this median.
  bool positive(const std::string& path, double value, double log_error) {
    std::optional<DistributionOfInput> distribution;
    if (value > 0 && log_error > 0) {
      distribution = {DistributionKind::lognormal, {value, log_error}};
    }
    return put(path, value, value * log_error, distribution);
  }

  /// A number that may be 0: a normal distribution, cut at the ends of the range.
  bool plain(const std::string& path, double value, double error) {
    std::optional<DistributionOfInput> distribution;
    if (error > 0) distribution = {DistributionKind::normal, {value, error}};
    return put(path, value, error, distribution);
  }

  /// At the lower end of its range, with 95 % certainty below `limit`.
  bool at_zero(const std::string& path, double limit) {
    const double sd = limit / k_half_normal_limit;
    return put(path, 0, {}, DistributionOfInput{DistributionKind::normal, {0, sd}});
  }

  /// What one observation or a decision says: no error.
  bool known(const std::string& path, double value) { return put(path, value, {}, {}); }

  void not_learned(const std::string& path, NotLearnedReason reason, Message message) {
    result_.not_learned.push_back({path, reason, std::move(message)});
  }

 private:
  /// Below it a beta distribution has nearly all its weight at an end.
  static constexpr double k_least_shape = 0.05;

  bool put(const std::string& path, double value, std::optional<double> error,
           std::optional<DistributionOfInput> distribution) {
    const auto [field, place] = find_number(result_.scenario, path);
    if (!(value >= field->range.low && value <= field->range.high)) {
      not_learned(
          path, out_of_range,
          {"算出来的数超出了“" + std::string(field->label.zh) + "”能取的范围，不可信。",
           "What the sessions say lies outside what “" + std::string(field->label.en) + "” can be."});
      return false;
    }
    *place = value;
    if (error && !(*error > 0)) error.reset();
    result_.learned.push_back({path, value, error, distribution});
    if (distribution && field->role != Role::decision) {
      result_.inputs.push_back({path, *distribution});
    }
    return true;
  }

  SessionsFit& result_;
};

Message too_few_sessions(std::size_t have, std::size_t need) {
  return {"只有 " + std::to_string(have) + " 场可用，至少要 " + std::to_string(need) + " 场。",
          "Only " + std::to_string(have) + " sessions can be used; at least " + std::to_string(need) +
              " are needed."};
}

constexpr Text k_no_such_column{"文件里没有这一列。", "The file has no such column."};
Message message_of(Text text) { return {std::string(text.zh), std::string(text.en)}; }

std::string channel_path(std::size_t index, const char* field) {
  return "channels[" + std::to_string(index) + "]." + field;
}

class SessionFitter {
 public:
  SessionFitter(const SessionLog& log, const SessionsRequest& request, SessionsFit& result)
      : log_(log), request_(request), result_(result), findings_(result) {}

  void run() {
    place_channels();
    average();
    fit_conversion();
    fit_room();
    for (std::size_t c = 0; c < log_.channels.size(); ++c) fit_channel(c);
    std::sort(result_.inputs.begin(), result_.inputs.end(),
              [](const UncertainInput& a, const UncertainInput& b) { return a.path < b.path; });
  }

 private:
  /// A place in the scenario for every channel of the log.
  void place_channels() {
    result_.has_channels = !log_.channels.empty();
    for (const SessionChannel& channel : log_.channels) {
      auto& channels = result_.scenario.channels;
      const auto found =
          std::find_if(channels.begin(), channels.end(),
                       [&](const Channel<double>& each) { return each.id == channel.id; });
      if (found != channels.end()) {
        places_.push_back(static_cast<std::size_t>(found - channels.begin()));
        continue;
      }
      if (channels.size() == k_most_channels || channel.id.size() > k_longest_id) {
        places_.push_back(std::nullopt);
        result_.warnings.push_back(
            {"channel_left_out",
             "channels",
             {"渠道“" + channel.id + "”没有算进去：最多 8 个渠道，名字最长 32 个字符。",
              "The channel “" + channel.id +
                  "” is left out: there are at most 8, with names of at most 32 characters."}});
        continue;
      }
      places_.push_back(channels.size());
      channels.emplace_back();
      channels.back().id = channel.id;
    }
  }

  template <class Value>
  [[nodiscard]] std::vector<double> values(const Value& value) const {
    std::vector<double> list;
    for (const Session& session : log_.sessions) {
      if (const std::optional<double> each = value(session)) list.push_back(*each);
    }
    return list;
  }

  /// The mean of an indicator; nothing said where there is no such column.
  template <class Learn>
  void average_indicator(std::optional<double> Session::*member, const Learn& learn) {
    const Measured mean = mean_of(values([&](const Session& session) { return session.*member; }));
    if (mean.observations > 0) learn(mean);
  }

  void average() {
    if (log_.columns.gmv && log_.columns.orders) {
      const auto gmv = values([](const Session& s) { return std::optional(s.gmv); });
      const auto orders = values([](const Session& s) { return std::optional(s.orders); });
      const Measured value = ratio_of(gmv, orders);
      if (value.value > 0) {
        findings_.positive("orders.average_order_value", value.value, value.error / value.value);
      } else {
        findings_.not_learned("orders.average_order_value", too_few,
                              {"没有带金额的订单。", "There are no orders with a value."});
      }
    }
    average_frequency();
    average_indicator(&Session::hours, [&](const Measured& mean) {
      findings_.positive("live.hours_per_session", mean.value, mean.error / mean.value);
    });
    average_attendance();
    average_indicator(&Session::square_ctr, [&](const Measured& mean) {
      findings_.share("quality.square_ctr", mean.value, mean.error);
    });
    average_indicator(&Session::dwell_minutes, [&](const Measured& mean) {
      findings_.plain("quality.dwell_minutes", mean.value, mean.error);
    });
    average_indicator(&Session::interaction_rate, [&](const Measured& mean) {
      findings_.plain("quality.interaction_rate", mean.value, mean.error);
    });
    if (log_.columns.referral_viewers && log_.columns.private_viewers) {
      // The share who forward cannot be seen here; viewers per forward make up the product.
      const Measured product =
          ratio_of(values([](const Session& s) { return std::optional(s.referral_viewers); }),
                   values([](const Session& s) { return std::optional(s.private_viewers); }));
      const double share_rate = result_.scenario.private_domain.share_rate;
      if (product.value > 0 && share_rate > 0) {
        findings_.positive("private.viewers_per_share", product.value / share_rate,
                           product.error / product.value);
      }
    }
  }

  /// From the days between sessions.
  void average_frequency() {
    const Measured gap = mean_of(gaps());
    const double days = result_.to - result_.from;
    constexpr double k_least_days = 14;
    constexpr std::size_t k_least_gaps = 3;
    if (gap.observations < k_least_gaps || days < k_least_days) {
      findings_.not_learned(
          "live.sessions_per_month", too_few,
          {"至少要四场、跨两周，才看得出一个月播几场。",
           "It takes four sessions over two weeks to tell how many there are a month."});
      return;
    }
    findings_.positive("live.sessions_per_month", k_days_per_month / gap.value, gap.error / gap.value);
  }
  [[nodiscard]] std::vector<double> gaps() const {
    std::vector<double> days;
    for (std::size_t i = 1; i < log_.sessions.size(); ++i) {
      days.push_back(log_.sessions[i].day - log_.sessions[i - 1].day);
    }
    return days;
  }

  /// Private viewers over the pool, less what reach, fatigue and the length of a session take.
  void average_attendance() {
    if (!log_.columns.private_viewers) return;
    if (!request_.knows_pool) {
      findings_.not_learned("private.attend_rate", missing_column,
                            {"不知道私域有多少人，算不出进房率；填上私域用户再来。",
                             "Without the size of the pool there is no attendance rate; give "
                             "private.users."});
      return;
    }
    const Measured viewers =
        mean_of(values([](const Session& s) { return std::optional(s.private_viewers); }));
    PrivateDomain<double> pool = result_.scenario.private_domain;
    pool.attend_rate = 1;
    const double reached = pool.users * model::attendance(result_.scenario.live, pool);
    if (!(reached > 0) || !(viewers.value > 0)) {
      findings_.not_learned("private.attend_rate", no_viewers,
                            {"私域没有人进房。", "Nobody of the pool came into the room."});
      return;
    }
    findings_.share("private.attend_rate", viewers.value / reached, viewers.error / reached);
  }

  /// A source of viewers whose orders are to be told apart.
  struct Source {
    std::string path;                    // of its conversion; of a channel the precision
    std::optional<std::size_t> channel;  // of the log
    double Session::*viewers{};
    [[nodiscard]] double of(const Session& session) const {
      return channel ? session.channels[*channel].viewers : session.*viewers;
    }
  };

  void fit_conversion() {
    std::vector<Source> sources;
    const auto add = [&](const char* path, bool has_column, double Session::*viewers) {
      if (!has_column || !log_.columns.orders) {
        findings_.not_learned(path, missing_column, message_of(k_no_such_column));
        return;
      }
      sources.push_back({path, {}, viewers});
    };
    add("conversion.private", log_.columns.private_viewers, &Session::private_viewers);
    add("conversion.referral", log_.columns.referral_viewers, &Session::referral_viewers);
    add("conversion.public", log_.columns.public_viewers, &Session::public_viewers);
    for (std::size_t c = 0; c < log_.channels.size(); ++c) {
      if (!log_.channels[c].has_viewers || !places_[c] || !log_.columns.orders) continue;
      sources.push_back({channel_path(*places_[c], "precision"), c, nullptr});
    }
    std::erase_if(sources, [&](const Source& source) { return !has_viewers(source); });
    if (sources.empty()) return;

    // Orders without a viewer of any source tell nothing, and neither do sessions without anybody.
    std::vector<const Session*> sessions;
    std::size_t orders_of_nobody = 0;
    for (const Session& session : log_.sessions) {
      const bool watched = std::any_of(sources.begin(), sources.end(),
                                       [&](const Source& source) { return source.of(session) > 0; });
      if (watched) sessions.push_back(&session);
      if (!watched && session.orders > 0) ++orders_of_nobody;
    }
    if (orders_of_nobody > 0) {
      const std::string count = std::to_string(orders_of_nobody);
      result_.warnings.push_back({"orders_without_viewers",
                                  "orders",
                                  {count + " 场有订单却没有观众来源，没有计入转化率。",
                                   count + " sessions have orders but no viewers by source; they do "
                                           "not count for conversion."}});
    }
    const std::size_t needed = std::max(k_least_sessions, 2 * sources.size());
    if (sessions.size() < needed) {
      for (const Source& source : sources) {
        findings_.not_learned(source.path, too_few, too_few_sessions(sessions.size(), needed));
      }
      return;
    }
    separate(sources, sessions);
  }

  [[nodiscard]] bool has_viewers(const Source& source) {
    const auto seen = static_cast<std::size_t>(
        std::count_if(log_.sessions.begin(), log_.sessions.end(),
                      [&](const Session& session) { return source.of(session) > 0; }));
    if (seen >= k_least_sessions_of_source) return true;
    findings_.not_learned(source.path, seen == 0 ? no_viewers : too_few,
                          too_few_sessions(seen, k_least_sessions_of_source));
    return false;
  }

  [[nodiscard]] static CountsBySource counts(const std::vector<Source>& sources,
                                             const std::vector<const Session*>& sessions) {
    CountsBySource data{sources.size(), {}, {}};
    for (const Session* session : sessions) {
      double viewers = 0;
      for (const Source& source : sources) viewers += source.of(*session);
      if (!(viewers > 0)) continue;
      for (const Source& source : sources) data.exposures.push_back(source.of(*session));
      data.counts.push_back(session->orders);
    }
    return data;
  }

  void separate(std::vector<Source> sources, const std::vector<const Session*>& sessions) {
    // Of sources that cannot be told apart one stays in, for the orders of them all, until the rest
    // can.
    std::vector<std::string> entangled;
    CountsBySource data = counts(sources, sessions);
    PoissonIdentityFit fit = fit_poisson_identity(data);
    for (Separability apart = separability(data, fit); apart.condition > k_worst_condition;
         apart = separability(data, fit)) {
      std::size_t least = sources.size();
      double least_viewers = std::numeric_limits<double>::infinity();
      for (std::size_t j = 0; j < sources.size(); ++j) {
        if (!apart.entangled[j]) continue;
        entangled.push_back(sources[j].path);
        double viewers = 0;
        for (std::size_t i = 0; i < data.rows(); ++i) viewers += data.exposure(i, j);
        if (viewers < least_viewers) {
          least_viewers = viewers;
          least = j;
        }
      }
      sources.erase(sources.begin() + static_cast<std::ptrdiff_t>(least));
      data = counts(sources, sessions);
      fit = fit_poisson_identity(data);
    }
    std::sort(entangled.begin(), entangled.end());
    entangled.erase(std::unique(entangled.begin(), entangled.end()), entangled.end());
    for (const std::string& path : entangled) {
      findings_.not_learned(
          path, collinear,
          {"这几个来源的人数总是一起涨跌，分不清各自带来多少订单。",
           "The viewers of these sources rise and fall together; whose the orders are "
           "cannot be told."});
    }
    result_.dispersion = fit.dispersion;
    for (const Session* session : sessions) {
      result_.dates.push_back(session->day);
      result_.observed.push_back(session->orders);
      double expected = 0;
      for (std::size_t j = 0; j < sources.size(); ++j)
        expected += fit.rates[j] * sources[j].of(*session);
      result_.predicted.push_back(expected);
    }
    std::optional<std::size_t> public_source;
    for (std::size_t j = 0; j < sources.size(); ++j) {
      if (std::binary_search(entangled.begin(), entangled.end(), sources[j].path)) continue;
      if (sources[j].path == "conversion.public") public_source = j;
      if (sources[j].channel) continue;
      learn_rate(sources[j].path, data, fit, j);
    }
    for (std::size_t j = 0; j < sources.size(); ++j) {
      if (!sources[j].channel ||
          std::binary_search(entangled.begin(), entangled.end(), sources[j].path)) {
        continue;
      }
      learn_precision(sources[j].path, fit, j, public_source);
    }
    if (result_.scenario.conversion.private_domain > 0 && result_.dispersion > 0 && !sources.empty()) {
      result_.warnings.push_back(
          {"repeat_orders_included",
           "conversion.private",
           {"订单里老客复购也算在内，学到的转化率会偏高；能只数新客就换成新客订单。",
            "Orders of returning customers count as well, which makes the rates too high; use orders "
            "of "
            "new customers if there are any."}});
    }
  }

  void learn_rate(const std::string& path, const CountsBySource& data, const PoissonIdentityFit& fit,
                  std::size_t source) {
    if (!fit.at_zero[source]) {
      findings_.share(path, fit.rates[source],
                      std::sqrt(fit.covariance[source * data.sources + source]));
      return;
    }
    const double limit = upper_limit(data, fit, source);
    if (!(limit < 1)) {
      findings_.not_learned(
          path, boundary,
          {"这个来源看不到订单，人数也太少，说不出上限。",
           "No orders are seen of this source, and its viewers are too few for a limit."});
      return;
    }
    findings_.at_zero(path, limit);
  }

  /// How well a channel hits the target group: its conversion over that of strangers.
  void learn_precision(const std::string& path, const PoissonIdentityFit& fit, std::size_t source,
                       std::optional<std::size_t> public_source) {
    const std::size_t n = fit.rates.size();
    if (!public_source || fit.at_zero[*public_source] || fit.at_zero[source]) {
      findings_.not_learned(
          path, boundary,
          {"渠道或公域看不到转化，比不出精准度。",
           "Without conversion of the channel and of strangers there is no precision."});
      return;
    }
    const std::size_t p = *public_source;
    const double own = fit.rates[source];
    const double strangers = fit.rates[p];
    const double value = own / strangers * result_.scenario.audience.reference_purity;
    const double log_variance = fit.covariance[source * n + source] / (own * own) +
                                fit.covariance[p * n + p] / (strangers * strangers) -
                                2 * fit.covariance[source * n + p] / (own * strangers);
    const double error = value * std::sqrt(std::max(0.0, log_variance));
    findings_.share(path, value, error);
  }

  void fit_room() {
    constexpr const char* k_benchmark = "quality.benchmark_reproduction";
    constexpr const char* k_elasticity = "quality.reproduction_elasticity";
    if (!log_.columns.private_viewers || !log_.columns.public_viewers) {
      for (const char* path : {k_benchmark, k_elasticity}) {
        findings_.not_learned(path, missing_column, message_of(k_no_such_column));
      }
      return;
    }
    const Scenario<double>& scenario = result_.scenario;
    const std::vector<RoomSession> sessions = room_sessions();
    if (sessions.size() < k_least_sessions) {
      for (const char* path : {k_benchmark, k_elasticity}) {
        findings_.not_learned(path, too_few, too_few_sessions(sessions.size(), k_least_sessions));
      }
      return;
    }
    std::vector<double> qualities;
    for (const RoomSession& session : sessions) qualities.push_back(session.log_quality);
    const double spread = mean_of(qualities).error * std::sqrt(static_cast<double>(sessions.size()));
    constexpr double k_least_spread = 0.05;
    constexpr double k_largest_error = 1;
    std::optional<RoomLeverage> fit;
    if (spread >= k_least_spread) {
      fit = fit_room_leverage(sessions, scenario.live, scenario.quality);
    } else {
      findings_.not_learned(k_elasticity, no_variation,
                            {"各场质量差不多，看不出质量变好推流会多多少。",
                             "The sessions are alike in quality; what better quality brings cannot be "
                             "seen."});
    }
    if (spread >= k_least_spread && (!fit || fit->elasticity_error > k_largest_error)) {
      fit.reset();
      findings_.not_learned(k_elasticity, too_few,
                            {"各场起伏太大或场次太少，弹性看不准。",
                             "Sessions scatter too much, or are too few, to tell the elasticity."});
    }
    Quality<double> quality = scenario.quality;
    if (fit && fit->elasticity < 0) {
      quality.reproduction_elasticity = 0;
      const double limit =
          std::max(fit->elasticity, -0.5 * fit->elasticity_error) + k_one_sided * fit->elasticity_error;
      findings_.at_zero(k_elasticity, limit);
      fit.reset();
    }
    if (fit && !findings_.plain(k_elasticity, fit->elasticity, fit->elasticity_error)) fit.reset();
    if (!fit) fit = fit_benchmark_reproduction(sessions, scenario.live, quality);
    if (!fit) {
      findings_.not_learned(k_benchmark, boundary,
                            {"推不出再生数：公域人数和首波推流对不上。",
                             "The public viewers do not fit the first pushes; there is no reproduction "
                             "number."});
      return;
    }
    const double benchmark = num::exp(fit->log_benchmark);
    const double of_gpm = fit->elasticity * log_error_of_quality();
    const double log_error =
        std::sqrt(fit->log_benchmark_error * fit->log_benchmark_error + of_gpm * of_gpm);
    findings_.share(k_benchmark, benchmark, benchmark * log_error);
  }

  /// Error of ln Q that all sessions have in common: that of what strangers order, where the log has no
  /// GPM of theirs.
  [[nodiscard]] double log_error_of_quality() const {
    const bool observed = std::any_of(log_.sessions.begin(), log_.sessions.end(),
                                      [](const Session& session) { return session.gpm.has_value(); });
    if (observed) return 0;
    double variance = 0;
    for (const LearnedInput& input : result_.learned) {
      const bool counts =
          input.path == "conversion.public" || input.path == "orders.average_order_value";
      if (!counts || !input.standard_error || !(input.value > 0)) continue;
      const double relative = *input.standard_error / input.value;
      variance += relative * relative;
    }
    const Indicators<double>& weight = result_.scenario.quality.weight;
    return weight.gpm /
           (weight.private_viewers + weight.square_ctr + weight.dwell_minutes + weight.gpm +
            weight.interaction_rate) *
           std::sqrt(variance);
  }

  /// Sessions with a second wave, by the inputs of the scenario where the log is silent.
  [[nodiscard]] std::vector<RoomSession> room_sessions() const {
    const Scenario<double>& scenario = result_.scenario;
    const Live<double>& live = scenario.live;
    const double usual_gpm =
        1000 * scenario.conversion.public_domain * scenario.orders.average_order_value;
    std::vector<RoomSession> list;
    for (const Session& session : log_.sessions) {
      RoomSession room;
      room.waves = session.hours.value_or(live.hours_per_session) * 60 / live.wave_minutes;
      room.first_push =
          model::first_push(live.first_wave_min, live.first_wave_max - live.first_wave_min,
                            live.account_weight, session.private_viewers);
      room.public_viewers = session.public_viewers;
      if (!(room.waves > 1) || !(room.first_push > 0)) continue;
      Quality<double> quality = scenario.quality;
      quality.square_ctr = session.square_ctr.value_or(quality.square_ctr);
      quality.dwell_minutes = session.dwell_minutes.value_or(quality.dwell_minutes);
      quality.interaction_rate = session.interaction_rate.value_or(quality.interaction_rate);
      room.log_quality = model::RoomQuality<double>(quality).log_quality(
          session.private_viewers, session.gpm.value_or(usual_gpm));
      list.push_back(room);
    }
    return list;
  }

  /// From the first session to the last, and until the next would be.
  [[nodiscard]] double days_covered() const {
    const double days = result_.to - result_.from;
    return days + std::max(1.0, mean_of(gaps()).value);
  }

  /// Months of 30 days from the first session on; what is left after the last whole one is a month of
  /// its own share of 30 days, or part of the one before where it is short.
  [[nodiscard]] std::vector<SpendPeriod> months_of(std::size_t channel) const {
    constexpr double k_shortest_rest = 10;
    const double days = days_covered();
    double whole = std::floor(days / k_days_per_month);
    const double rest = days - whole * k_days_per_month;
    const bool own = whole == 0 || rest >= k_shortest_rest;
    std::vector<SpendPeriod> months(static_cast<std::size_t>(whole) + (own ? 1 : 0), {1, 0, 0});
    months.back().months = own ? rest / k_days_per_month : 1 + rest / k_days_per_month;
    for (const Session& session : log_.sessions) {
      const auto month =
          std::min(months.size() - 1, static_cast<std::size_t>((session.day - result_.from) / 30));
      months[month].spend += session.channels[channel].spend;
      months[month].viewers += session.channels[channel].viewers;
    }
    return months;
  }

  void fit_channel(std::size_t c) {
    if (!places_[c]) return;
    const std::size_t place = *places_[c];
    const std::string cost = channel_path(place, "cost_per_viewer");
    const std::string half = channel_path(place, "half_saturation");
    if (!log_.channels[c].has_viewers || !log_.channels[c].has_spend) {
      for (const std::string& path : {cost, half}) {
        findings_.not_learned(path, missing_column,
                              {"要同时有这个渠道的花费和观众两列。",
                               "It takes both columns of the channel, spend and viewers."});
      }
      return;
    }
    std::vector<SpendPeriod> months = months_of(c);
    double spend = 0;
    double time = 0;
    for (const SpendPeriod& month : months) {
      spend += month.spend;
      time += month.months;
    }
    constexpr double k_least_time = 0.5;  // of a month
    if (time < k_least_time) {
      for (const std::string& path : {cost, half}) {
        findings_.not_learned(path, too_few,
                              {"记录不到半个月，看不出每月投放的效果。",
                               "Less than half a month is recorded; the response is one of monthly "
                               "spend."});
      }
      return;
    }
    findings_.known(channel_path(place, "monthly_spend"), spend / time);
    std::erase_if(months, [](const SpendPeriod& month) { return !(month.spend > 0); });
    const Channel<double> preset = result_.scenario.channels[place];
    const auto response = saturation(months, half);
    const auto price =
        response ? response : fit_cost_per_viewer(months, preset.half_saturation, preset.shape);
    if (!price) {
      findings_.not_learned(
          cost, no_viewers,
          {"这个渠道没有花费或没有带来观众。", "The channel has no spend or brought no viewers."});
      return;
    }
    findings_.positive(cost, price->cost_per_viewer, price->log_cost_error);
    if (!response) return;
    findings_.positive(half, response->half_saturation, response->log_half_error);
    if (response->shape_error > 0) {
      findings_.plain(channel_path(place, "shape"), response->shape, response->shape_error);
    } else if (preset.shape != response->shape) {
      findings_.known(channel_path(place, "shape"), response->shape);
    }
  }

  /// The response with its bend, where the months show one.
  std::optional<ChannelResponse> saturation(const std::vector<SpendPeriod>& months,
                                            const std::string& path) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const SpendPeriod& month : months) {
      least = std::min(least, month.spend / month.months);
      most = std::max(most, month.spend / month.months);
    }
    if (months.size() < k_least_months) {
      findings_.not_learned(
          path, too_few,
          {"有投放的月份只有 " + std::to_string(months.size()) + " 个，至少要 4 个才看得出边际递减。",
           "Only " + std::to_string(months.size()) +
               " months have spend; it takes 4 to see diminishing returns."});
      return {};
    }
    constexpr double k_least_ratio = 2;
    constexpr double k_least_ratio_of_s_curve = 4;
    if (!(most >= k_least_ratio * least)) {
      findings_.not_learned(path, no_variation,
                            {"每月花得差不多，看不出多花会怎样；最多的月份至少要是最少的两倍。",
                             "Spend hardly varies; the highest month has to be twice the lowest to see "
                             "what more would bring."});
      return {};
    }
    std::optional<ChannelResponse> response = fit_saturation(months);
    if (months.size() >= k_least_months_of_s_curve && most >= k_least_ratio_of_s_curve * least) {
      const auto s_curve = fit_s_curve(months);
      // Twice the gain in likelihood against its 95 % point (chi-squared, one degree of freedom).
      constexpr double k_significant = 3.841458820694124;
      if (s_curve && (!response || 2 * (s_curve->objective - response->objective) >
                                       k_significant * s_curve->dispersion)) {
        response = s_curve;
      }
    }
    constexpr double k_largest_log_error = 1;
    if (!response || response->log_half_error > k_largest_log_error) {
      findings_.not_learned(
          path, boundary,
          {"花得越多观众几乎同比例增加，还没看到饱和。",
           "Viewers still rise about in proportion to spend; no saturation is seen."});
      return {};
    }
    return response;
  }

  static constexpr std::size_t k_longest_id = 32;

  const SessionLog& log_;
  const SessionsRequest& request_;
  SessionsFit& result_;
  Findings findings_;
  std::vector<std::optional<std::size_t>> places_;  // of the log's channels in the scenario
};

}  // namespace
}  // namespace calibrate

Result<SessionsFit> fit_sessions(Table& table, const SessionsRequest& request,
                                 const Execution& execution) {
  using namespace calibrate;
  Result<SessionLog> read = read_session_log(table, request, execution.progress);
  if (!read.ok()) return read.errors();
  const SessionLog& log = read.value();
  SessionsFit result;
  result.records = log.records;
  result.warnings = log.records.warnings;
  result.sessions = log.sessions.size();
  result.from = log.sessions.front().day;
  result.to = log.sessions.back().day;
  result.scenario = request.scenario;
  SessionFitter(log, request, result).run();
  return result;
}

}  // namespace growth
