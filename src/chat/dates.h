// Days as numbers (0 = 1970-01-01) and as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace parlor::chat {

inline constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

// Of a moment in UTC, or of a local time that is carried as if it were UTC.
std::int64_t day_of(Timestamp at);

// "2026-12-25"; years 0 to 9999.
std::string spell_date(std::int64_t day);
std::optional<std::int64_t> parse_date(std::string_view text);

}  // namespace parlor::chat
