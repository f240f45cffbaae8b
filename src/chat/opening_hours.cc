#include "chat/opening_hours.h"

#include <algorithm>

#include "chat/dates.h"

namespace parlor::chat {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kDaysAhead = 366;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 1970-01-01 was a Thursday.
std::size_t weekday_of(std::int64_t day) { return static_cast<std::size_t>((day % 7 + 10) % 7); }

// The moment at which clocks of the zone show that time. Twice in an hour that is repeated: the
// first. A time that is skipped is read as if the clocks had not been moved yet.
Timestamp utc_of(Timestamp local, const std::string& zone, const TimeZones& zones) {
  const auto before = local + -zones.offset_ms(zone, local + -kDayMs);
  if (before + zones.offset_ms(zone, before) == local) return before;
  const auto after = local + -zones.offset_ms(zone, local + kDayMs);
  return after + zones.offset_ms(zone, after) == local ? after : before;
}

}  // namespace

std::optional<int> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0, 1, 3, 4})
    if (!is_digit(text[at])) return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  const int all = hour * 60 + minute;
  if (minute >= 60 || all > kMinutesOfDay) return std::nullopt;
  return all;
}

std::string spell_time_of_day(int minute) {
  std::string text = "00:00";
  const int hour = minute / 60;
  text[0] = static_cast<char>('0' + hour / 10);
  text[1] = static_cast<char>('0' + hour % 10);
  text[3] = static_cast<char>('0' + minute % 60 / 10);
  text[4] = static_cast<char>('0' + minute % 60 % 10);
  return text;
}

Result<OpeningHours> check_hours(OpeningHours hours, const TimeZones& zones) {
  if (!zones.knows(hours.timezone)) {
    return fail(ErrorCode::invalid,
                "hours.timezone must be the name of a time zone, such as Europe/Berlin");
  }
  for (const auto& day : hours.week) {
    if (!day) continue;
    if (day->from_minute < 0 || day->from_minute >= day->to_minute ||
        day->to_minute > kMinutesOfDay) {
      return fail(ErrorCode::invalid,
                  "hours.week: a day opens before it closes, between 00:00 and 24:00");
    }
  }
  std::sort(hours.holidays.begin(), hours.holidays.end());
  hours.holidays.erase(std::unique(hours.holidays.begin(), hours.holidays.end()),
                       hours.holidays.end());
  if (hours.holidays.size() > kMaxHolidays) {
    return fail(ErrorCode::invalid,
                "hours.holidays has at most " + std::to_string(kMaxHolidays) + " dates");
  }
  for (const std::string& date : hours.holidays) {
    if (!parse_date(date)) {
      return fail(ErrorCode::invalid, "hours.holidays must be dates, such as 2026-12-25");
    }
  }
  return hours;
}

Opening opening_at(const std::optional<OpeningHours>& hours, Timestamp now,
                   const TimeZones& zones) {
  if (!hours) return {};
  const auto local = now + zones.offset_ms(hours->timezone, now);
  const auto today = day_of(local);
  for (auto day = today; day <= today + kDaysAhead; ++day) {
    const auto& daily = hours->week[weekday_of(day)];
    if (!daily ||
        std::binary_search(hours->holidays.begin(), hours->holidays.end(), spell_date(day)))
      continue;
    const auto moment = [&](int minute) {
      return utc_of(Timestamp{day * kDayMs + minute * kMinuteMs}, hours->timezone, zones);
    };
    const auto opens = moment(daily->from_minute);
    if (now < opens) return {false, opens};
    if (now < moment(daily->to_minute)) return {};
  }
  return {false, std::nullopt};
}

}  // namespace parlor::chat
