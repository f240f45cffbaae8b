#include "dialects/order/iso_time.h"

#include "chat/dates.h"

namespace parlor::dialects::order {
namespace {

constexpr std::string_view kShape = "0000-00-00T00:00:00";
constexpr std::size_t kDateEnd = 10;

bool has_shape(std::string_view text) {
  if (text.size() < kShape.size() + 1 || text.back() != 'Z') return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0' ? !digit : text[i] != kShape[i]) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// ".984Z" -> 984, "Z" -> 0.
std::optional<int> read_milliseconds(std::string_view rest) {
  if (rest == "Z") return 0;
  if (rest.size() < 3 || rest.size() > 5 || rest.front() != '.') return std::nullopt;
  int value = 0;
  int scale = 1000;
  for (const char c : rest.substr(1, rest.size() - 2)) {
    if (c < '0' || c > '9') return std::nullopt;
    scale /= 10;
    value += (c - '0') * scale;
  }
  return value;
}

}  // namespace

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  if (!has_shape(text)) return std::nullopt;
  const auto day = chat::parse_date(text.substr(0, kDateEnd));
  const auto ms = read_milliseconds(text.substr(kShape.size()));
  const int hour = number_at(text, 11);
  const int minute = number_at(text, 14);
  const int second = number_at(text, 17);
  if (!day || !ms || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t seconds = (std::int64_t{hour} * 60 + minute) * 60 + second;
  return Timestamp{*day * chat::kDayMs + seconds * 1000 + *ms};
}

}  // namespace parlor::dialects::order
