// When the people behind an inbox are there: a week of opening hours in the inbox's own time zone,
// with days on which it stays closed.
//
// Values and pure functions; zones come from the port TimeZones, so that rules need no calendar of
// the machine. An inbox without hours is always open.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxHolidays = 100;
inline constexpr int kMinutesOfDay = 24 * 60;

// Local minutes after midnight, 0 <= from < to <= 1440.
struct DailyHours {
  int from_minute = 0;
  int to_minute = 0;

  friend bool operator==(const DailyHours&, const DailyHours&) = default;
};

struct OpeningHours {
  std::string timezone = "UTC";                   // an IANA name: "Europe/Berlin"
  std::array<std::optional<DailyHours>, 7> week;  // Monday first; nothing = closed
  std::vector<std::string> holidays;              // local dates, "2026-12-25"; at most kMaxHolidays

  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

// Thread-safe.
class TimeZones {
 public:
  virtual ~TimeZones() = default;
  virtual bool knows(std::string_view timezone) const = 0;
  // How far its local time is ahead of UTC then, in milliseconds; 0 for a zone it does not know.
  virtual std::int64_t offset_ms(std::string_view timezone, Timestamp at) const = 0;
};

// "09:30" <-> 570; "24:00" is the end of the day. Nothing for anything else.
std::optional<int> parse_time_of_day(std::string_view text);
std::string spell_time_of_day(int minute);

// The hours as they are kept (holidays sorted, each once); invalid, naming the field, for a zone
// that is unknown, a day that ends before it begins, a date that is none or too many of them.
Result<OpeningHours> check_hours(OpeningHours hours, const TimeZones& zones);

struct Opening {
  bool open = true;
  std::optional<Timestamp> opens_at;  // the next time, when closed; nothing if never within a year
};

Opening opening_at(const std::optional<OpeningHours>& hours, Timestamp now, const TimeZones& zones);

}  // namespace parlor::chat
