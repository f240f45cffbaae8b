#include "store/sql/time_zones.h"

#include "text/time_zones.h"

namespace parlor::store::sql {

bool IcuTimeZones::knows(std::string_view timezone) const { return text::is_time_zone(timezone); }

std::int64_t IcuTimeZones::offset_ms(std::string_view timezone, Timestamp at) const {
  return text::zone_offset_ms(timezone, at.ms);
}

}  // namespace parlor::store::sql
