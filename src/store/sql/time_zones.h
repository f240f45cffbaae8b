// The port chat::TimeZones over ICU's data.
#pragma once

#include "chat/opening_hours.h"

namespace parlor::store::sql {

class IcuTimeZones final : public chat::TimeZones {
 public:
  bool knows(std::string_view timezone) const override;
  std::int64_t offset_ms(std::string_view timezone, Timestamp at) const override;
};

}  // namespace parlor::store::sql
