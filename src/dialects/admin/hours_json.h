// Opening hours as administration writes them:
//
//   {"timezone":"Europe/Berlin", "week":[["09:00","17:00"], …, null, null],
//   "holidays":["2026-12-25"]}
//
// The week has seven days, Monday first; null or [] is a day that stays closed. Hours that are null
// are no hours: the inbox is always open.
#pragma once

#include <boost/json/value.hpp>
#include <optional>

#include "chat/opening_hours.h"
#include "dialects/common/json_fields.h"

namespace parlor::dialects::admin {

boost::json::value hours_json(const std::optional<chat::OpeningHours>& hours);

// invalid, naming the field. Whether the hours make sense is chat's to say (check_hours).
Result<chat::OpeningHours> decode_hours(const boost::json::object& object);

}  // namespace parlor::dialects::admin
