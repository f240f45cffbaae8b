#include "dialects/order/iso_time.h"

#include <algorithm>

#include "chat/dates.h"

namespace parlor::dialects::order {
namespace {

constexpr std::string_view kShape = "0000-00-00T00:00:00";
constexpr std::size_t kDateEnd = 10;
constexpr std::size_t kMaxFractionDigits = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// Takes ".984" from the front: 984. Without a point, 0.
std::optional<int> take_milliseconds(std::string_view& rest) {
  if (!rest.starts_with('.')) return 0;
  rest.remove_prefix(1);
  const auto* end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const auto digits = static_cast<std::size_t>(end - rest.begin());
  if (digits == 0 || digits > kMaxFractionDigits) return std::nullopt;
  int value = 0;
  int scale = 1000;
  for (const char c : rest.substr(0, digits)) {
    scale /= 10;
    value += (c - '0') * scale;
  }
  rest.remove_prefix(digits);
  return value;
}

// "Z" -> 0, "+02:00" and "+0200" -> 120.
std::optional<int> offset_minutes(std::string_view zone) {
  if (zone == "Z") return 0;
  if (zone.empty() || (zone.front() != '+' && zone.front() != '-')) return std::nullopt;
  const bool is_east = zone.front() == '+';
  zone.remove_prefix(1);
  if (!has_shape(zone, "00:00") && !has_shape(zone, "0000")) return std::nullopt;
  const int hours = number_at(zone, 0);
  const int minutes = number_at(zone, zone.size() - 2);
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (hours * 60 + minutes) * (is_east ? 1 : -1);
}

}  // namespace

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  if (!has_shape(text.substr(0, kShape.size()), kShape)) return std::nullopt;
  auto rest = text.substr(kShape.size());
  const auto day = chat::parse_date(text.substr(0, kDateEnd));
  const auto ms = take_milliseconds(rest);
  const auto offset = offset_minutes(rest);
  const int hour = number_at(text, 11);
  const int minute = number_at(text, 14);
  const int second = number_at(text, 17);
  if (!day || !ms || !offset || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t minutes = std::int64_t{hour} * 60 + minute - *offset;
  return Timestamp{*day * chat::kDayMs + (minutes * 60 + second) * 1000 + *ms};
}

}  // namespace parlor::dialects::order
