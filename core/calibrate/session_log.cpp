#include "calibrate/session_log.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "calibrate/cells.hpp"
#include "calibrate/record_reader.hpp"

namespace growth::calibrate {
namespace {

constexpr std::size_t k_rows_per_report = 4096;
/// More than any room, order book or till can hold: keeps every sum finite.
constexpr double k_largest = 1e12;
/// Viewers of all sources together may differ from the total by this share before it is said.
constexpr double k_total_slack = 0.05;

/// What stands behind "viewers_" or "spend_" of a field, where it is a channel's.
std::string_view channel_of(std::string_view field, std::string_view prefix) {
  if (field.size() <= prefix.size() || field.substr(0, prefix.size()) != prefix) return {};
  const std::string_view id = field.substr(prefix.size());
  return id == "private" || id == "referral" || id == "public" ? std::string_view() : id;
}

/// Whether a column's name says that its numbers are in this unit.
bool names_unit(std::string_view name, std::initializer_list<std::string_view> words) {
  const std::string plain = folded(name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

/// Minutes in one unit of a column, `usual` where its name names none.
double unit_of(std::string_view name, double usual) {
  if (names_unit(name, {"秒", "second", "(s)"})) return 1.0 / 60;
  if (names_unit(name, {"分钟", "minute", "(min", "_min", "mins"})) return 1;
  if (names_unit(name, {"小时", "hour", "(h"})) return 60;
  return usual;
}

class SessionReader {
 public:
  explicit SessionReader(const RecordReader& reader, std::optional<Day> today)
      : order_(reader.date_order()), today_(today) {
    const auto column = [&](std::string_view field) { return reader.column(field); };
    const auto& columns = reader.recognition().columns;
    date_ = column("date");
    session_ = column("session");
    total_ = column("viewers");
    numbers_ = {{column("viewers_private"), &Session::private_viewers},
                {column("viewers_referral"), &Session::referral_viewers},
                {column("viewers_public"), &Session::public_viewers},
                {column("orders"), &Session::orders},
                {column("gmv"), &Session::gmv}};
    indicators_ = {{column("square_ctr"), &Session::square_ctr},
                   {column("interaction_rate"), &Session::interaction_rate},
                   {column("gpm"), &Session::gpm}};
    interactions_ = column("interactions");
    hours_ = column("hours");
    dwell_ = column("dwell_minutes");
    if (hours_) hours_unit_ = unit_of(columns[*hours_].name, 60);
    if (dwell_) dwell_unit_ = unit_of(columns[*dwell_].name, 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string_view viewers = channel_of(columns[i].field, "viewers_");
      const std::string_view spend = channel_of(columns[i].field, "spend_");
      if (!viewers.empty()) channel(viewers).viewers = i;
      if (!spend.empty()) channel(spend).spend = i;
    }
    // A log of one channel may just say "spend".
    if (channels_.size() == 1 && !channels_[0].spend) channels_[0].spend = column("spend");
  }

  void read(const Row& row, DropLog& drops) {
    const std::string_view date = cell_of(row, date_);
    if (date.empty()) return drops.add(DropReason::missing_date, row.number);
    const auto day = day_in(date, order_);
    if (!day) return drops.add(DropReason::bad_date, row.number);
    if (today_ && *day > *today_) return drops.add(DropReason::future_date, row.number);
    Session session;
    session.day = *day;
    bool good = true;
    const auto amount = [&](std::optional<std::size_t> column) {
      const std::string_view cell = cell_of(row, column);
      if (cell.empty()) return 0.0;
      const auto number = number_in(cell);
      if (!number || !(number->value >= 0 && number->value <= k_largest)) {
        good = false;
        return 0.0;
      }
      return number->value;
    };
    for (const auto& [column, member] : numbers_) session.*member = amount(column);
    for (const ChannelColumns& columns : channels_) {
      session.channels.push_back({amount(columns.viewers), amount(columns.spend)});
    }
    for (const auto& [column, member] : indicators_) {
      const double value = amount(column);
      if (!cell_of(row, column).empty()) session.*member = value;
    }
    const auto time = [&](std::optional<std::size_t> column, double unit, bool short_time) {
      std::optional<double> minutes;
      const std::string_view cell = cell_of(row, column);
      if (cell.empty()) return minutes;
      minutes = minutes_in(cell, unit, short_time);
      good = good && minutes.has_value();
      return minutes;
    };
    session.dwell_minutes = time(dwell_, dwell_unit_, true);
    session.hours = time(hours_, hours_unit_, false);
    if (session.hours) *session.hours /= 60;
    // A session of no length, or of more than a day, is a slip of the pen.
    if (session.hours && !(*session.hours > 0 && *session.hours <= 24)) good = false;
    const double total = amount(total_);
    const double interactions = amount(interactions_);
    if (!good) return drops.add(DropReason::bad_number, row.number);
    add_up(session, total, !cell_of(row, total_).empty());
    if (!session.interaction_rate && session.viewers > 0 && !cell_of(row, interactions_).empty()) {
      session.interaction_rate = interactions / session.viewers;
    }
    if (!seen_.insert(key_of(row)).second) {
      return drops.add(DropReason::duplicate_record, row.number);
    }
    sessions_.push_back(std::move(session));
  }

  void finish(SessionLog& log) {
    log.columns = {numbers_[0].column.has_value(), numbers_[1].column.has_value(),
                   numbers_[2].column.has_value() || total_.has_value(), numbers_[3].column.has_value(),
                   numbers_[4].column.has_value()};
    // What is left of a total is public only where the private viewers are known.
    if (!numbers_[2].column && !numbers_[0].column) log.columns.public_viewers = false;
    for (const ChannelColumns& channel : channels_) {
      log.channels.push_back({channel.id, channel.viewers.has_value(), channel.spend.has_value()});
    }
    as_shares();
    std::stable_sort(sessions_.begin(), sessions_.end(),
                     [](const Session& a, const Session& b) { return a.day < b.day; });
    log.sessions = std::move(sessions_);
    const std::string of = std::to_string(totals_);
    if (off_ > 0) {
      log.records.warnings.push_back(
          {"viewers_do_not_add_up",
           "viewers",
           {std::to_string(off_) + " 场（共 " + of + " 场）各来源人数之和与总观看差 5% 以上。",
            "In " + std::to_string(off_) + " of " + of +
                " sessions the sources differ from all viewers by more than 5 %."}});
    }
    if (log.columns.public_viewers && !numbers_[2].column) {
      log.records.warnings.push_back(
          {"public_is_the_rest",
           "viewers_public",
           {"没有公域观看这一列，用总观看减去其他来源。",
            "There is no column of public viewers; they are all viewers less the other sources."}});
    }
  }

 private:
  struct ChannelColumns {
    std::string id;
    std::optional<std::size_t> viewers;
    std::optional<std::size_t> spend;
  };
  struct NumberColumn {
    std::optional<std::size_t> column;
    double Session::*member;
  };
  struct IndicatorColumn {
    std::optional<std::size_t> column;
    std::optional<double> Session::*member;
  };

  ChannelColumns& channel(std::string_view id) {
    const auto found = std::find_if(channels_.begin(), channels_.end(),
                                    [&](const ChannelColumns& channel) { return channel.id == id; });
    if (found != channels_.end()) return *found;
    return channels_.emplace_back(ChannelColumns{std::string(id), {}, {}});
  }

  /// Viewers of all sources, and public ones as the rest where they have no column.
  void add_up(Session& session, double total, bool has_total) {
    double others = session.private_viewers + session.referral_viewers;
    for (const ChannelSession& channel : session.channels) others += channel.viewers;
    if (has_total && !numbers_[2].column && numbers_[0].column) {
      session.public_viewers = std::max(0.0, total - others);
    }
    const double sum = others + session.public_viewers;
    session.viewers = has_total ? total : sum;
    const bool all_sources = numbers_[0].column && (numbers_[2].column || total_);
    if (!has_total || !all_sources) return;
    ++totals_;
    if (std::abs(sum - total) > k_total_slack * std::max(total, 1.0)) ++off_;
  }

  /// Some write a click-through of 23 % as 23.
  void as_shares() {
    const bool percent = std::any_of(sessions_.begin(), sessions_.end(), [](const Session& session) {
      return session.square_ctr && *session.square_ctr > 1;
    });
    if (!percent) return;
    for (Session& session : sessions_) {
      if (!session.square_ctr) continue;
      *session.square_ctr /= 100;
      if (*session.square_ctr > 1) session.square_ctr.reset();
    }
  }

  /// What makes a session itself: its id, else everything that is said of it.
  [[nodiscard]] std::string key_of(const Row& row) const {
    const std::string_view id = cell_of(row, session_);
    if (!id.empty()) return std::string(id);
    std::string key;
    for (const std::string_view cell : row.cells) (key += trimmed(cell)) += '\n';
    return key;
  }

  DateOrder order_;
  std::optional<Day> today_;
  std::optional<std::size_t> date_, session_, total_, interactions_, hours_, dwell_;
  double hours_unit_{60};
  double dwell_unit_{1};
  std::vector<NumberColumn> numbers_;
  std::vector<IndicatorColumn> indicators_;
  std::vector<ChannelColumns> channels_;
  std::vector<Session> sessions_;
  std::set<std::string> seen_;
  std::size_t totals_{};
  std::size_t off_{};
};

}  // namespace

std::optional<double> minutes_in(std::string_view cell, double minutes_per_unit, bool short_time) {
  if (const auto number = number_in(cell)) {
    if (!(number->value >= 0 && number->value <= k_largest)) return {};
    return number->value * minutes_per_unit;
  }
  // Parts of a time: digits, then what they count.
  const std::string text = folded(trimmed(cell));
  std::vector<double> parts;
  double counted = 0;
  bool words = false;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t begin = i;
    double value = 0;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') value = value * 10 + (text[i++] - '0');
    if (i == begin || i - begin > 6) return {};
    struct Unit {
      std::string_view word;
      double minutes;
    };
    constexpr Unit k_units[] = {{"个小时", 60}, {"小时", 60},       {"时", 60},       {"分钟", 1},
                                {"分", 1},      {"秒钟", 1.0 / 60}, {"秒", 1.0 / 60}, {"h", 60},
                                {"min", 1},     {"m", 1},           {"s", 1.0 / 60}};
    const auto unit = std::find_if(std::begin(k_units), std::end(k_units), [&](const Unit& each) {
      return text.compare(i, each.word.size(), each.word) == 0;
    });
    if (unit != std::end(k_units)) {
      words = true;
      counted += value * unit->minutes;
      i += unit->word.size();
      while (i < text.size() && text[i] == ' ') ++i;
      continue;
    }
    parts.push_back(value);
    if (i == text.size()) break;
    if (text[i] != ':' || ++i == text.size()) return {};
  }
  if (words) return parts.empty() ? std::optional<double>(counted) : std::nullopt;
  if (parts.size() == 3) return parts[0] * 60 + parts[1] + parts[2] / 60;
  if (parts.size() != 2) return {};
  return short_time ? parts[0] + parts[1] / 60 : parts[0] * 60 + parts[1];
}

Result<SessionLog> read_session_log(Table& table, const SessionsRequest& request,
                                    const Progress& progress) {
  RecordReader reader(table, RecordKind::sessions);
  if (Errors errors = reader.open(request.columns, request.date_order); !errors.empty()) return errors;
  SessionReader sessions(reader, request.today);
  Row row;
  while (reader.next(row)) {
    sessions.read(row, reader.drops());
    if (progress && reader.rows() % k_rows_per_report == 0 && !progress(reader.share_read())) {
      return Errors{};
    }
  }
  if (!reader.errors().empty()) return reader.errors();
  SessionLog log;
  sessions.finish(log);
  if (log.sessions.empty()) {
    return Errors{bad_csv(0, 0,
                          {"没有一行能当作一场直播：请检查日期和各列数字。",
                           "no row could be read as a session; check the dates and numbers."},
                          "", "rows with a date and numbers not below 0")};
  }
  RecordsRead records = reader.records();
  records.warnings.insert(records.warnings.end(), log.records.warnings.begin(),
                          log.records.warnings.end());
  log.records = std::move(records);
  return log;
}

}  // namespace growth::calibrate
