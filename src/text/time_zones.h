// Time zones by their IANA names, from ICU's own data: the machine's need not be there.
//
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace parlor::text {

inline constexpr std::size_t kMaxZoneBytes = 64;

bool is_time_zone(std::string_view name);

// How far local time is ahead of UTC at `utc_ms` (milliseconds since 1970), in milliseconds. 0 for
// a name that is no zone's.
std::int64_t zone_offset_ms(std::string_view name, std::int64_t utc_ms);

}  // namespace parlor::text
