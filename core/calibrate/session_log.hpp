// A log of live sessions made clean: one entry per session, in the order of their dates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "growth/sessions.hpp"

namespace growth::calibrate {

/// A paid channel's part of a session.
struct ChannelSession {
  double viewers{};
  double spend{};  ///< ¥
};

/// Empty cells are 0 for viewers, orders and money, and nothing for indicators.
struct Session {
  Day day{};
  double viewers{};  ///< of all sources
  double private_viewers{};
  double referral_viewers{};
  double public_viewers{};
  std::vector<ChannelSession> channels;  ///< as SessionLog::channels
  double orders{};
  double gmv{};
  std::optional<double> hours;
  std::optional<double> square_ctr;
  std::optional<double> dwell_minutes;
  std::optional<double> interaction_rate;
  std::optional<double> gpm;  ///< of strangers
};

/// Which columns the log has.
struct SessionColumns {
  bool private_viewers{};
  bool referral_viewers{};
  bool public_viewers{};  ///< also where they are what is left of all viewers
  bool orders{};
  bool gmv{};
};

struct SessionChannel {
  std::string id;
  bool has_viewers{};
  bool has_spend{};
};

struct SessionLog {
  std::vector<Session> sessions;
  std::vector<SessionChannel> channels;
  SessionColumns columns;
  RecordsRead records;
};

/// Minutes of a cell that holds a time: a number of `minutes_per_unit`, `1:30:00`, `2:35` (hours and
/// minutes, or for `short_time` minutes and seconds), `3小时20分`, `3分20秒`. Nothing for anything
/// else.
[[nodiscard]] std::optional<double> minutes_in(std::string_view cell, double minutes_per_unit,
                                               bool short_time);

/// Reads the whole table. Errors as of RecordReader, and nothing left. Stopped: an empty list.
[[nodiscard]] Result<SessionLog> read_session_log(Table& table, const SessionsRequest& request,
                                                  const Progress& progress);

}  // namespace growth::calibrate
