#include "chat/dates.h"

#include <chrono>

namespace parlor::chat {

namespace {

constexpr std::size_t kDateLength = 10;

// The number that these digits say; nothing when one of them is none.
std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::int64_t day_of(Timestamp at) { return (at.ms >= 0 ? at.ms : at.ms - kDayMs + 1) / kDayMs; }

std::string spell_date(std::int64_t day) {
  return to_iso8601(Timestamp{day * kDayMs}).substr(0, kDateLength);
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != kDateLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto years = number(text.substr(0, 4));
  const auto months = number(text.substr(5, 2));
  const auto days = number(text.substr(8, 2));
  if (!years || !months || !days) return std::nullopt;
  const year_month_day date(year(*years), month(static_cast<unsigned>(*months)),
                            day(static_cast<unsigned>(*days)));
  if (!date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch().count();
}

}  // namespace parlor::chat
